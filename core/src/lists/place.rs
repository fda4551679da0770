use super::PlaceId;
use super::Symbol;

/// One row of `places 地点`. The reserved place `online` (线上) stands in the table like any other, with row 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// 编号, unique.
    pub id: String,
    /// 名称, blank if none.
    pub title: String,
    /// Row as the planner sees it; 0 for an inferred place.
    pub row: u32,
    /// 类型.
    pub kind: Option<Symbol>,
    /// 上级; parents form a forest.
    pub parent: Option<PlaceId>,
    /// 纬度 and 经度 in degrees, both or neither.
    pub coordinates: Option<(f64, f64)>,
}

/// One row of `travel 路程`, as written: it holds for the way back too unless that has a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TravelRow {
    /// Row as the planner sees it.
    pub row: u32,
    /// 起点.
    pub from: PlaceId,
    /// 终点.
    pub to: PlaceId,
    /// 分钟.
    pub minutes: i64,
}
