use std::sync::Arc;

use super::{PeriodSet, PlaceId, ProjectId, Symbol};

/// One row of `needs 需求清单`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// 编号: pseudonymous, never a child's name.
    pub id: String,
    /// 名称, blank if none.
    pub title: String,
    /// Row as the planner sees it.
    pub row: u32,
    /// 地点: where the beneficiaries are; a parent stands for all leaves below it.
    pub place: PlaceId,
    /// 服务类别: any one of them will do; sorted, not empty.
    pub services: Arc<[Symbol]>,
    /// 数量: units wanted, ≥ 1.
    pub quantity: i64,
    /// 单位 (default 人次).
    pub unit: Symbol,
    /// 优先级: weight of one unit, 1 to 1000.
    pub priority: i64,
    /// 必须: counted in the first level too.
    pub must: bool,
    /// 整体: all units in one session, or none.
    pub whole: bool,
    /// 同一项目: all units from one project.
    pub one_project: bool,
    /// 时段: when a session for it may start.
    pub periods: PeriodSet,
    /// 每期上限: at most so many units by start period.
    pub per_period: Option<i64>,
    /// 可达分钟: how far its beneficiaries travel.
    pub reach_minutes: i64,
    /// 对象; sorted.
    pub audience: Arc<[Symbol]>,
    /// 指定项目: allow-list; `None` is any; sorted.
    pub projects: Option<Arc<[ProjectId]>>,
    /// 排除项目: deny-list; sorted.
    pub exclude: Arc<[ProjectId]>,
    /// 人员.
    pub person: Option<Symbol>,
    /// 分组 (default the id of its place).
    pub group: Symbol,
    /// 物资: items per unit served; sorted by item.
    pub goods: Arc<[ItemCount]>,
}

/// So many of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemCount {
    /// The item.
    pub item: Symbol,
    /// How many, ≥ 1.
    pub n: i64,
}
