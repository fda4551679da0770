use std::sync::Arc;

use super::{PeriodSet, PlaceId, Symbol};

/// One row of `projects 项目清单`, with its posts (its `staffing` column first, then its rows of `requirements`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// 编号.
    pub id: String,
    /// 名称, blank if none.
    pub title: String,
    /// Row as the planner sees it.
    pub row: u32,
    /// 服务类别: what it offers; sorted, not empty.
    pub services: Arc<[Symbol]>,
    /// 对象; empty is anyone; sorted.
    pub audience: Arc<[Symbol]>,
    /// 单位: serves only needs of this unit; `None` is any.
    pub unit: Option<Symbol>,
    /// 领办.
    pub lead: Option<Symbol>,
    /// 联办; sorted.
    pub partners: Arc<[Symbol]>,
    /// 地点: base; `None` is anywhere.
    pub place: Option<PlaceId>,
    /// 可达分钟: how far from its base sessions are held (the setting filled in).
    pub reach_minutes: i64,
    /// 服务地点: allow-list as written (a parent stands for its leaves); `None` is any; sorted.
    pub places: Option<Arc<[PlaceId]>>,
    /// 线上: held at the reserved place `online`.
    pub online: bool,
    /// 时段: when a session may start.
    pub periods: PeriodSet,
    /// 跨期: consecutive periods a session runs, ≥ 1.
    pub span: i64,
    /// 每场人数, ≥ 1.
    pub size: i64,
    /// 最少人数.
    pub min_size: i64,
    /// 总场次上限.
    pub max_sessions: Option<i64>,
    /// 总场次下限: only if held at all.
    pub min_sessions: i64,
    /// 每地每期上限: sessions of one cell.
    pub max_per_cell: Option<i64>,
    /// 启动费 in fen.
    pub launch_cost_fen: i64,
    /// 每场费 in fen.
    pub session_cost_fen: i64,
    /// 每人费 in fen.
    pub unit_cost_fen: i64,
    /// 物资.
    pub goods: Arc<[ProjectGoods]>,
    /// 岗位, numbered from 1 in this order.
    pub posts: Vec<Post>,
    /// 场地类型: any one of these kinds; empty is none needed; sorted.
    pub venue: Arc<[Symbol]>,
    /// 准入: skills every member of its sessions must hold; sorted.
    pub clearance: Arc<[Symbol]>,
    /// 质量分: points a unit, −1000 to 1000.
    pub quality: i64,
}

/// Goods a project takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectGoods {
    /// The item.
    pub item: Symbol,
    /// How many, ≥ 1.
    pub n: i64,
    /// `item:n/人`: per unit served rather than per session.
    pub per_unit: bool,
}

/// One post 岗位 of every session of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The number in the plan, from 1.
    pub number: u32,
    /// Row of `requirements`; `None` if it comes from the `staffing` column.
    pub row: Option<u32>,
    /// 岗位.
    pub role: Symbol,
    /// 技能: all of them; sorted.
    pub skills: Arc<[Symbol]>,
    /// 人数: per session, or for each started `per_units` of the project's size.
    pub count: i64,
    /// 每几人.
    pub per_units: Option<i64>,
    /// 候补: stand-bys booked on top.
    pub reserve: i64,
    /// 工时: load one member carries in each period served, ≥ 0.
    pub load: i64,
    /// 轮值: may change from period to period of a span.
    pub rotate: bool,
    /// 单位: whose staff may fill it; `None` is anyone's.
    pub orgs: Option<PostOrgs>,
}

/// Whose staff may fill a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostOrgs {
    /// `own`: the project's lead and partners.
    pub own: bool,
    /// Organisations by name; sorted.
    pub named: Arc<[Symbol]>,
}
