use std::sync::Arc;

use super::{PeriodSet, PlaceId, ProjectId, Symbol};

/// What a resource row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 人员: a person or a team of like people.
    Staff,
    /// 场地: a room or several like rooms.
    Venue,
    /// 资金: a fund.
    Fund,
    /// 物资: a stock.
    Goods,
}

/// One row of `resources 资源清单`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// 编号.
    pub id: String,
    /// 名称, blank if none.
    pub title: String,
    /// Row as the planner sees it.
    pub row: u32,
    /// 类型.
    pub kind: Kind,
    /// 岗位: staff: roles; venue: its kinds; goods: its items; sorted.
    pub roles: Arc<[Symbol]>,
    /// 技能 with validity; sorted by tag; a tag given twice holds in both sets of periods.
    pub skills: Arc<[Skill]>,
    /// 单位: its organisation.
    pub org: Option<Symbol>,
    /// 地点; `None` is anywhere (always `None` for funds and goods).
    pub place: Option<PlaceId>,
    /// 可达分钟 (the setting filled in).
    pub reach_minutes: i64,
    /// 人数: like members or rooms, numbered 1…count.
    pub count: i64,
    /// 可用时段: staff and venues: when available; funds and goods: start periods it may pay for.
    pub periods: PeriodSet,
    /// 每期上限: load (venues: sessions) one member carries in a period.
    pub per_period: i64,
    /// 总上限: over the horizon.
    pub total: Option<i64>,
    /// 数额: fen, or items shared by all items of the row; 0 for staff and venues.
    pub amount: i64,
    /// 指定项目: allow-list; sorted.
    pub projects: Option<Arc<[ProjectId]>>,
    /// 排除项目: deny-list; sorted.
    pub exclude: Arc<[ProjectId]>,
    /// 用途: met when the project offers one of them; `None` is any; sorted.
    pub services: Option<Arc<[Symbol]>>,
    /// 服务地点: as written (a parent stands for its leaves); `None` is any; sorted.
    pub places: Option<Arc<[PlaceId]>>,
    /// 座位 of a venue; `None` is no limit.
    pub seats: Option<i64>,
    /// 费用 in fen: staff: a unit of load; venue: a session and period.
    pub cost_fen: i64,
    /// 偏好: services; sorted.
    pub prefers_services: Arc<[Symbol]>,
    /// 偏好: projects; sorted.
    pub prefers_projects: Arc<[ProjectId]>,
}

/// A skill and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// The tag.
    pub tag: Symbol,
    /// The periods in which it is valid.
    pub periods: PeriodSet,
}
