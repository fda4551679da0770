use std::sync::Arc;

use super::{PeriodSet, PlaceId, ProjectId, ResourceId, Symbol};

/// What a rule counts or limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// 场次.
    Sessions,
    /// 数量.
    Units,
    /// 项目数: distinct projects.
    Projects,
    /// 机构数: distinct leads.
    Orgs,
    /// 比例.
    Ratio,
    /// 连续.
    Window,
}

/// A key of which a count rule counts each combination apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PerKey {
    /// 地点: leaf places, `online` excepted.
    Place,
    /// 时段.
    Period,
    /// 项目.
    Project,
    /// 机构: leads.
    Org,
    /// 服务.
    Service,
    /// A kind of period tag such as `quarter`.
    Tag(Symbol),
}

/// One row of `rules 规则`. Filters are any-of; `None` lets everything pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// 编号.
    pub id: String,
    /// Row as the planner sees it.
    pub row: u32,
    /// 规则.
    pub kind: RuleKind,
    /// 项目; sorted.
    pub projects: Option<Arc<[ProjectId]>>,
    /// 服务类别 by name (without the word `theme`); sorted. `None` only if the column is blank; with `theme` alone it is empty.
    pub services: Option<Arc<[Symbol]>>,
    /// The word `theme` (主题) stands in `services`: the theme of the session's start period.
    pub theme: bool,
    /// 机构: leads; sorted.
    pub orgs: Option<Arc<[Symbol]>>,
    /// 地点 as written (a parent stands for its leaves); sorted.
    pub places: Option<Arc<[PlaceId]>>,
    /// 时段: start periods.
    pub periods: PeriodSet,
    /// 岗位; sorted.
    pub roles: Option<Arc<[Symbol]>>,
    /// 技能; sorted.
    pub skills: Option<Arc<[Symbol]>>,
    /// 资源; sorted.
    pub resources: Option<Arc<[ResourceId]>>,
    /// 单位 of needs; sorted.
    pub units: Option<Arc<[Symbol]>>,
    /// 对象 of needs; sorted.
    pub audience: Option<Arc<[Symbol]>>,
    /// 每; sorted, distinct.
    pub per: Vec<PerKey>,
    /// 下限: a quota.
    pub min: Option<i64>,
    /// 上限.
    pub max: Option<i64>,
    /// 对照.
    pub against: Option<Against>,
    /// 窗口 in periods.
    pub window: Option<i64>,
    /// 权重 of one missing in the second level.
    pub weight: i64,
}

/// `role[skill+skill]`; the role may be blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// The role of the post filled.
    pub role: Option<Symbol>,
    /// Skills the member holds in that period, all of them; sorted.
    pub skills: Arc<[Symbol]>,
}
