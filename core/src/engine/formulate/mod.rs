//! Writes a [`Model`] down as an integer program, one family of constraints a file.
//!
//! Sessions of a cell are one *slot* with a count where any sums of units and members can be dealt out to sessions
//! afterwards, and slots of one session each where they cannot (a whole family, two needs of one person, seats of
//! different size, ratios, rotating posts). The rows are strong and disaggregated: `x ≤ min(q, size) z` for every need, but
//! where the whole is a network.

mod levels;
mod packing;
mod pins;
mod plain;
mod quantities;
mod rules;
mod slots;
mod staff;
mod supplies;

pub use supplies::restricted_first;

use std::collections::BTreeMap;

use super::program::{Column, Program, Row};
use crate::lists::{NeedId, PeriodId, ResourceId, Symbol, Term};
use crate::model::{ClassId, Model, Request};

/// Passes over all rows that close decisions: what a fund cannot pay for shows after two, supplies and then demands.
const CLOSINGS: usize = 2;

/// A program and what its columns stand for.
pub struct Formulation {
    /// The program.
    pub program: Program,
    /// Sessions that could be held.
    pub slots: Vec<Slot>,
    /// Groups of demands with their supplies.
    pub groups: Vec<FlowGroup>,
    /// Whether every solution of the program can be dealt out to sessions and members.
    pub exact: bool,
    /// Whether it is plain transportation, with no more rows than a network needs.
    pub plain: bool,
    /// Unweighted terms that some level values: entries and constant.
    pub terms: BTreeMap<Term, super::program::Objective>,
    /// Fix pins: columns that count, and how many are wanted (facts taken off).
    pub fixes: Vec<Fix>,
    /// Quotas: the columns that count and the missing column.
    pub quotas: Vec<Quota>,
    /// The held indicator of each project that has one, with the sessions it still needs at least.
    pub held: BTreeMap<crate::lists::ProjectId, Held>,
}

impl Formulation {
    /// Whether sessions only give seats to units: nobody serves, no rooms, no flows, and no pin or quota asks for anything.
    pub fn only_seats(&self) -> bool {
        self.exact
            && self.groups.is_empty()
            && self.fixes.is_empty()
            && self.quotas.is_empty()
            && self.slots.iter().all(|slot| slot.staff.is_empty() && slot.rooms.is_empty())
            && self.program.lower.iter().all(|lower| *lower == 0)
    }
}

/// Sessions of one cell that are alike: at most `many` of them.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The position of the cell in the model.
    pub cell: usize,
    /// How many sessions at most.
    pub many: i64,
    /// Seats of a session.
    pub size: i64,
    /// Units a session needs at least.
    pub least: i64,
    /// Members of a session in each post.
    pub members: Vec<i64>,
    /// Whether a room is needed.
    pub roomed: bool,
    /// Start and end (exclusive) of the periods taken.
    pub span: (usize, usize),
    /// Whether any sums over the slot can be dealt out to its sessions.
    pub exact: bool,
    /// How many are held.
    pub held: Column,
    /// Who is served.
    pub units: Vec<UnitColumn>,
    /// Who serves.
    pub staff: Vec<StaffColumn>,
    /// Where.
    pub rooms: Vec<(ClassId, Column)>,
}

impl Slot {
    /// Every column of its sessions: how many, who is served, who serves, where.
    pub fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        [self.held]
            .into_iter()
            .chain(self.units.iter().map(|u| u.column))
            .chain(self.staff.iter().map(|s| s.column))
            .chain(self.rooms.iter().map(|r| r.1))
    }

    /// What so many members at a position of `staff` ask of the roster.
    pub fn request(&self, position: usize, members: usize) -> Request {
        let staff = &self.staff[position];
        let periods = staff.period.map_or(self.span, |p| (p.index(), p.index() + 1));
        Request { class: staff.class, members, periods, load: staff.load }
    }
}

/// Units of a need in a slot.
#[derive(Clone, Copy, Debug)]
pub struct UnitColumn {
    /// The offer's position in the cell.
    pub offer: usize,
    /// The need.
    pub need: NeedId,
    /// The column; a step of it is `scale` units.
    pub column: Column,
    /// 1, or the whole quantity of a `whole` need.
    pub scale: i64,
    /// Seats one unit takes.
    pub seats: i64,
    /// Steps of the column a single session can hold.
    pub a_session: i64,
}

/// Members of a class in a post of a slot.
#[derive(Clone, Copy, Debug)]
pub struct StaffColumn {
    /// The post's position in the project.
    pub post: usize,
    /// The class.
    pub class: ClassId,
    /// For a rotating post: the period served.
    pub period: Option<PeriodId>,
    /// The column.
    pub column: Column,
    /// Load in each period served.
    pub load: i64,
    /// How many members the class has.
    pub count: i64,
}

/// Demands that the same supplies may meet.
#[derive(Clone, Debug)]
pub struct FlowGroup {
    /// The item; `None` is money.
    pub item: Option<Symbol>,
    /// The supplies, with the column of what flows (`None` where there is one supply only).
    pub supplies: Vec<(ResourceId, Option<Column>)>,
    /// The row `Σ flow = demand`, where there are flow columns.
    pub row: Option<Row>,
}

/// A fix pin.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The position among the case's pins.
    pub pin: usize,
    /// What counts.
    pub of: Vec<(Column, i64)>,
    /// How much is wanted.
    pub count: i64,
}

/// A quota of one combination.
#[derive(Clone, Debug)]
pub struct Quota {
    /// The position of the rule.
    pub rule: usize,
    /// The combination.
    pub combination: crate::model::Combination,
    /// What counts.
    pub of: Vec<(Column, i64)>,
    /// What is wanted, facts taken off.
    pub target: i64,
    /// Weight of one missing.
    pub weight: i64,
}

/// A project's held indicator.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The indicator.
    pub column: Column,
    /// New sessions it needs at least if it has any.
    pub min_sessions: i64,
}

/// What the families share while the program is written.
struct Draft<'m, 'case> {
    model: &'m Model<'case>,
    plain: bool,
    program: Program,
    slots: Vec<Slot>,
    groups: Vec<FlowGroup>,
    terms: BTreeMap<Term, super::program::Objective>,
    held: BTreeMap<crate::lists::ProjectId, Held>,
    fixes: Vec<Fix>,
    quotas: Vec<Quota>,
}

impl Draft<'_, '_> {
    fn value(&mut self, term: Term, column: Column, amount: i64) {
        if let Some(objective) = self.terms.get_mut(&term).filter(|_| amount != 0) {
            objective.entries.push((column, amount));
        }
    }

    fn constant(&mut self, term: Term, amount: i64) {
        if let Some(objective) = self.terms.get_mut(&term) {
            objective.constant += amount;
        }
    }

    fn need_of(&self, slot: &Slot, unit: &UnitColumn) -> NeedId {
        self.model.cells[slot.cell].offers[unit.offer].need
    }
}

/// Writes the program of a model.
pub fn formulate(model: &Model) -> Formulation {
    let levels = &model.case.settings.levels;
    let mut draft = Draft {
        model,
        plain: plain::plain(model),
        program: Program::default(),
        slots: Vec::new(),
        groups: Vec::new(),
        terms: levels.iter().flatten().map(|t| (*t, super::program::Objective::default())).collect(),
        held: BTreeMap::new(),
        fixes: Vec::new(),
        quotas: Vec::new(),
    };
    slots::write(&mut draft);
    quantities::write(&mut draft);
    staff::write(&mut draft);
    packing::write(&mut draft);
    supplies::write(&mut draft);
    rules::write(&mut draft);
    pins::write(&mut draft);
    levels::write(&mut draft);
    draft.program.finish();
    if !draft.plain {
        (0..CLOSINGS).for_each(|_| draft.program.close_hopeless());
    }
    let exact = draft.slots.iter().all(|s| s.exact);
    Formulation {
        program: draft.program,
        slots: draft.slots,
        groups: draft.groups,
        exact,
        plain: draft.plain,
        terms: draft.terms,
        fixes: draft.fixes,
        quotas: draft.quotas,
        held: draft.held,
    }
}
