use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    Need, NeedId, Period, PeriodId, Place, PlaceId, Project, ProjectId, Resource, ResourceId, Rule, Settings, Symbol,
    Symbols, TravelRow,
};
use crate::plan::Plan;

/// One case: the three lists and the tables beside them, validated and normalised.
#[derive(Clone, Debug)]
pub struct Case {
    /// The words used.
    pub symbols: Symbols,
    /// 需求清单, by id.
    pub needs: Vec<Need>,
    /// 项目清单, by id.
    pub projects: Vec<Project>,
    /// 资源清单, by id.
    pub resources: Vec<Resource>,
    /// Where their ids stand: a plan names thousands of them.
    pub order: IdOrder,
    /// 地点, by id; holds `online`.
    pub places: Vec<Place>,
    /// The reserved place `online`.
    pub online: PlaceId,
    /// 路程, by (from, to).
    pub travel: Vec<TravelRow>,
    /// 时段, in time order; at least one.
    pub periods: Vec<Period>,
    /// 适配, by (need, project).
    pub fits: Vec<Fit>,
    /// 规则, by id.
    pub rules: Vec<Rule>,
    /// 指定, by content.
    pub pins: Vec<Pin>,
    /// 设置.
    pub settings: Settings,
    /// 上期方案; it may name ids that the lists no longer have.
    pub previous: Option<Arc<Plan>>,
    /// Positions in `previous.sessions` of sessions that stay as they are, like facts, although they start after the
    /// freeze. No sheet says this: it is how a part of a plan is solved again with the rest held fixed.
    pub kept: BTreeSet<usize>,
    /// SHA-256 of the normalised case, lower-case hex.
    pub hash: String,
}

/// One row of `fit 适配`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Row as the planner sees it.
    pub row: u32,
    /// 需求.
    pub need: NeedId,
    /// 项目.
    pub project: ProjectId,
    /// 分数.
    pub worth: FitWorth,
    /// 占位: seats that one unit takes, ≥ 1.
    pub load: i64,
}

/// The `points` of a fit row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FitWorth {
    /// Points a unit.
    Points(i64),
    /// `x`: the pair is excluded.
    Excluded,
}

/// Whether a pin asks for something or forbids it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PinMode {
    /// 指定: at least `count`.
    Fix,
    /// 禁止: none.
    Forbid,
}

/// One row of `pins 指定`; a blank column is any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Row as the planner sees it.
    pub row: u32,
    /// 方式.
    pub mode: PinMode,
    /// 需求.
    pub need: Option<NeedId>,
    /// 项目.
    pub project: Option<ProjectId>,
    /// 地点 as written (a parent stands for its leaves).
    pub place: Option<PlaceId>,
    /// 时段: the start period.
    pub period: Option<PeriodId>,
    /// 资源: staff or a venue.
    pub resource: Option<ResourceId>,
    /// 数量: units if `need` is filled, else member-sessions if `resource` is, else sessions.
    pub count: i64,
}

impl Case {
    /// The text of a word of this case.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    /// The need with this id.
    pub fn need(&self, id: &str) -> Option<NeedId> {
        by_id(&self.needs, id, |r| &r.id).map(NeedId::from)
    }

    /// The project with this id.
    pub fn project(&self, id: &str) -> Option<ProjectId> {
        by_id(&self.projects, id, |r| &r.id).map(ProjectId::from)
    }

    /// The resource with this id.
    pub fn resource(&self, id: &str) -> Option<ResourceId> {
        let at = self.order.first(id);
        let there = self.resources.get(at).is_some_and(|row| row.id == id);
        if there { Some(at.into()) } else { by_id(&self.resources, id, |r| &r.id).map(ResourceId::from) }
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Option<PlaceId> {
        by_id(&self.places, id, |r| &r.id).map(PlaceId::from)
    }

    /// The period with this id. Periods stand in time order, so this is a walk.
    pub fn period(&self, id: &str) -> Option<PeriodId> {
        self.periods.iter().position(|p| p.id == id).map(PeriodId::from)
    }
}

/// The beginnings of sorted ids, side by side: looked through much sooner than the rows. A row that is found there may have
/// changed since; without them rows are found all the same.
#[derive(Clone, Debug, Default)]
pub struct IdOrder(Arc<[u128]>);

impl IdOrder {
    /// Of sorted ids.
    pub fn new<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        IdOrder(ids.map(beginning).collect())
    }

    /// The first position of an id that begins like this one.
    fn first(&self, id: &str) -> usize {
        let wanted = beginning(id);
        self.0.partition_point(|known| *known < wanted)
    }
}

/// The first 16 bytes, in the order of code points.
fn beginning(id: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(id.bytes()).for_each(|(to, from)| *to = from);
    u128::from_be_bytes(bytes)
}

/// Finds a row in a table that is sorted by id.
fn by_id<'a, R>(rows: &'a [R], id: &str, key: impl Fn(&'a R) -> &'a str) -> Option<usize> {
    rows.binary_search_by(|row| key(row).cmp(id)).ok()
}
