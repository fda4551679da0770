//! One piece on its way through the levels.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use super::assign::AssignSearch;
use super::construct::{Built, construct};
use super::flow::FlowSearch;
use super::pieces::Piece;
use super::price::{From, PriceSearch, Start};
use super::program::{Program, Role};
use super::search::LevelSearch;
use super::search::bound::{Rows, descend, divisor, prove};
use crate::model::Roster;

/// Columns up to which a piece is given to branch and bound on the simplex from the start; others are priced first.
const SIMPLEX_COLUMNS: usize = 400;
/// Columns up to which the simplex seeks a first plan, and bounds a level by itself.
const ROOT_COLUMNS: usize = 2_500;
/// Columns and entries up to which the simplex may close the gap that prices leave.
const CLOSING_COLUMNS: usize = 40_000;
const CLOSING_ENTRIES: usize = 250_000;
/// Steps of branch and bound on one level of one piece.
const CLOSING_STEPS: u64 = 10_000;
/// Elementary operations a step stands for: iterations of the simplex cost about one for each row and column.
const WORK_OF_A_STEP: u64 = 60_000;
/// Sweeps of dual descent for pieces the simplex is not given.
const SWEEPS: usize = 6;

/// A complete point of a piece.
#[derive(Clone, Debug)]
pub struct Point {
    /// The point.
    pub x: Vec<i64>,
    /// Its value on each level (constants of the whole left out).
    pub values: Vec<i64>,
    /// The sessions as built, where sums alone do not tell.
    pub sessions: Option<Vec<Built>>,
}

/// Whether a level of a piece is of a kind that has a search of its own.
enum Special {
    /// Not looked at yet.
    Untried,
    /// It is more than that.
    No,
    /// Generalized assignment.
    Assign(Box<AssignSearch>),
    /// Plain transportation.
    Flow(Box<FlowSearch>),
}

/// A piece, its best point and what has been proven.
pub(super) struct Part {
    pub(super) piece: Piece,
    pub(super) best: Option<Point>,
    pub(super) impossible: bool,
    pub(super) nodes: u64,
    pub(super) iterations: u64,
    pub(super) rounds: u64,
    search: Option<LevelSearch>,
    /// Steps of branch and bound on this level.
    searched: u64,
    prices: Option<Box<PriceSearch>>,
    special: Special,
    /// Where the prices of the level above ended.
    above: Option<Vec<f64>>,
    seed: u64,
    /// Bounds of closed levels.
    bounds: Vec<i64>,
    /// Levels that are finished: proven, or nothing more to try.
    finished: Vec<bool>,
    trivial: bool,
    /// Bounds whatever the levels above, and the prices of rows that prove them, once computed.
    free: Vec<OnceLock<(i64, Vec<f64>)>>,
    roster: Roster,
    exact: Arc<[bool]>,
}

impl Part {
    pub(super) fn new(piece: Piece, roster: &Roster, exact: &Arc<[bool]>, seed: u64) -> Self {
        let formulation = &piece.formulation;
        let levels = formulation.program.objectives.len();
        let trivial = formulation.program.columns() == 0;
        let mut part = Part {
            piece,
            best: None,
            impossible: false,
            nodes: 0,
            iterations: 0,
            rounds: 0,
            search: None,
            searched: 0,
            prices: None,
            special: Special::Untried,
            above: None,
            seed,
            bounds: Vec::new(),
            finished: vec![false; levels],
            trivial,
            free: (0..levels).map(|_| OnceLock::new()).collect(),
            roster: roster.clone_empty(),
            exact: Arc::clone(exact),
        };
        part.begin();
        part
    }

    /// A first plan: built session by session, or none at all where a network begins with everybody at home.
    fn begin(&mut self) {
        let formulation = Arc::clone(&self.piece.formulation);
        if !formulation.plain && self.build(None) {
            return;
        }
        let nothing = vec![0; formulation.program.columns()];
        if let Some(x) = super::search::settle::settle(&formulation, nothing) {
            let none = (!formulation.exact).then(Vec::new);
            self.offer(x, none);
        }
        if formulation.plain && !self.finished.is_empty() {
            self.specialise(0);
        }
    }

    /// Takes a point if it is better, level by level.
    fn offer(&mut self, x: Vec<i64>, sessions: Option<Vec<Built>>) {
        let values = values(&self.piece.formulation.program, &x);
        if self.best.as_ref().is_none_or(|best| values > best.values) {
            self.best = Some(Point { x, values, sessions });
        }
    }

    /// Whether branch and bound on the simplex is worth starting.
    fn closable(&self) -> bool {
        let program = &self.piece.formulation.program;
        program.columns() <= CLOSING_COLUMNS && program.entries() <= CLOSING_ENTRIES
    }

    /// Whether the piece is too large for the simplex to bound a level by itself.
    pub(super) fn large(&self) -> bool {
        self.piece.formulation.program.columns() > ROOT_COLUMNS
    }

    /// Whether prices come first.
    fn priced(&self) -> bool {
        let most = if self.best.is_some() { SIMPLEX_COLUMNS } else { ROOT_COLUMNS };
        let begun = self.search.is_some() && self.prices.is_none();
        !begun && self.piece.formulation.program.columns() > most
    }

    /// Works on a level for about so many steps; returns the steps done.
    pub(super) fn work(&mut self, level: usize, steps: u64) -> u64 {
        if self.finished[level] {
            return 0;
        }
        if self.trivial {
            self.finished[level] = true;
            return 1;
        }
        if let Some(done) = self.special(level, steps) {
            return done;
        }
        if self.priced() {
            match self.price(level, steps) {
                Some(done) => return done,
                None if self.closable() && self.value(level).is_none_or(|v| v < self.bound(level)) => {}
                None => {
                    self.finished[level] = true;
                    return 1;
                }
            }
        }
        #[cfg(feature = "highs")]
        if self.search.is_none() && self.piece.formulation.exact {
            let keep: Vec<i64> = self.best.as_ref().map_or(Vec::new(), |b| b.values[..level].to_vec());
            if let Some(x) = super::suggest::suggest(&self.piece.formulation, level, &keep) {
                self.offer(x, None);
            }
        }
        let keep: Vec<i64> = self.best.as_ref().map_or(Vec::new(), |b| b.values[..level].to_vec());
        let formulation = &self.piece.formulation;
        let mut search = self.search.take().unwrap_or_else(|| LevelSearch::new(formulation, level, &keep));
        let size = (formulation.program.columns() + formulation.program.rows()) as u64;
        let iterations = (steps * WORK_OF_A_STEP / (size + 1)).max(1);
        let before = (search.nodes(), search.iterations());
        let exact = formulation.exact;
        let mut incumbent = self.value(level);
        let mut best = self.best.clone();
        search.step(formulation, iterations, &mut incumbent, &mut |x| {
            // A point of sums that cannot be dealt out is no plan: only the bound of such a piece counts.
            if exact {
                let values = values(&formulation.program, &x);
                if best.as_ref().is_none_or(|b| values > b.values) {
                    best = Some(Point { x, values, sessions: None });
                }
            }
            best.as_ref().map(|b| b.values[level])
        });
        let guide = search.take_guide();
        self.best = best;
        if let Some(guide) = guide.filter(|_| exact) {
            self.build(Some(&guide));
        }
        self.nodes += search.nodes() - before.0;
        self.iterations += search.iterations() - before.1;
        let root_only = !exact && search.nodes() > 0;
        self.searched += steps;
        if search.exhausted() || root_only || self.searched >= CLOSING_STEPS {
            self.finished[level] = true;
            if search.done() && self.best.is_none() {
                self.impossible = true;
            }
        }
        let done = (search.iterations() - before.1) * (size + 1) / WORK_OF_A_STEP;
        self.search = Some(search);
        steps.max(done)
    }

    /// Looks whether a level is of a kind that has a search of its own, once there is a plan.
    fn specialise(&mut self, level: usize) {
        let Some(best) = &self.best else { return };
        let formulation = &self.piece.formulation;
        let assign = || AssignSearch::new(formulation, level, &best.values[..level], &best.x, self.seed);
        self.special = match FlowSearch::new(formulation, level) {
            Some(search) => Special::Flow(Box::new(search)),
            None => assign().map_or(Special::No, |search| Special::Assign(Box::new(search))),
        };
    }

    /// Works on a level that has a search of its own; `None` if it has none.
    fn special(&mut self, level: usize, steps: u64) -> Option<u64> {
        if matches!(self.special, Special::Untried) {
            self.specialise(level);
        }
        let formulation = &self.piece.formulation;
        let (mut work, mut better) = (0, None);
        match &mut self.special {
            Special::Untried | Special::No => return None,
            Special::Assign(search) => {
                let (nodes, rounds) = (search.nodes(), search.rounds());
                while work < steps * WORK_OF_A_STEP && !search.done() {
                    let turn = search.step(formulation, steps * WORK_OF_A_STEP - work);
                    work += turn.work;
                    better = turn.better.or(better);
                }
                self.nodes += search.nodes() - nodes;
                self.rounds += search.rounds() - rounds;
                self.finished[level] = search.done();
            }
            Special::Flow(search) => {
                (work, better) = search.step(formulation, steps * WORK_OF_A_STEP);
                if search.done() {
                    self.finished[level] = better.is_some();
                    if better.is_none() {
                        self.special = Special::No;
                    }
                }
            }
        }
        if let Some(x) = better {
            let none = (!self.piece.formulation.exact).then(Vec::new);
            self.offer(x, none);
        }
        Some((work / WORK_OF_A_STEP).max(1))
    }

    /// Works on prices; `None` when they have nothing more to give.
    fn price(&mut self, level: usize, steps: u64) -> Option<u64> {
        if self.value(level).is_some_and(|v| v >= self.bound(level)) {
            return None;
        }
        let mut prices = match self.prices.take() {
            Some(prices) => prices,
            None => {
                let keep = self.best.as_ref().map_or(&[][..], |b| &b.values[..level]);
                let x = self.best.as_ref().map(|b| &b.x[..]);
                let descended = &self.descended(level).1;
                let start = Start { keep, x, prices: self.above.as_deref(), descended, seed: self.seed };
                Box::new(PriceSearch::new(&self.piece.formulation, level, &start)?)
            }
        };
        let before = prices.rounds();
        let mut work = 0;
        while work < steps * WORK_OF_A_STEP && !prices.exhausted() {
            let from = self.best.as_ref().map(|best| From {
                x: &best.x,
                sessions: best.sessions.as_deref(),
                roster: &self.roster,
                exact: &self.exact,
            });
            let turn = prices.step(from.as_ref(), steps * WORK_OF_A_STEP - work);
            work += turn.work;
            if let Some(found) = turn.better {
                let sessions = (!self.piece.formulation.exact).then_some(found.sessions);
                self.offer(found.x, sessions);
            }
            if turn.guide {
                self.build(Some(prices.guide()));
            }
            if self.value(level).is_some_and(|v| v >= prices.bound()) {
                break;
            }
        }
        self.rounds += prices.rounds() - before;
        let exhausted = prices.exhausted();
        self.prices = Some(prices);
        (work > 0 && !exhausted).then_some((work / WORK_OF_A_STEP).max(1))
    }

    /// Builds a plan, along the relaxation's solution if there is one; whether it keeps every row.
    fn build(&mut self, guide: Option<&[f64]>) -> bool {
        let built = construct(&self.piece.formulation, self.roster.clone_empty(), &self.exact, guide);
        let sessions = (!self.piece.formulation.exact).then_some(built.sessions);
        if built.sound {
            self.offer(built.x, sessions);
        }
        built.sound
    }

    pub(super) fn finished(&self, level: usize) -> bool {
        self.finished[level]
    }

    pub(super) fn value(&self, level: usize) -> Option<i64> {
        self.best.as_ref().map(|b| b.values[level])
    }

    pub(super) fn bound(&self, level: usize) -> i64 {
        if let Some(bound) = self.bounds.get(level) {
            return *bound;
        }
        let mut bound = match (&self.special, &self.search) {
            (Special::Flow(flow), _) => flow.bound(),
            (_, Some(search)) if search.nodes() > 0 || search.exhausted() => search.bound(self.value(level)),
            _ if self.prices.is_some() => i64::MAX,
            _ => self.free_bound(level),
        };
        if let Some(prices) = &self.prices {
            bound = bound.min(prices.bound()).min(self.free_bound(level));
        }
        if let Special::Assign(assign) = &self.special {
            bound = bound.min(assign.bound());
        }
        bound.max(self.value(level).unwrap_or(i64::MIN))
    }

    /// A bound of a level whatever the levels above.
    pub(super) fn free_bound(&self, level: usize) -> i64 {
        self.descended(level).0
    }

    fn descended(&self, level: usize) -> &(i64, Vec<f64>) {
        self.free[level].get_or_init(|| self.descend(level))
    }

    fn descend(&self, level: usize) -> (i64, Vec<f64>) {
        if self.trivial {
            return (0, Vec::new());
        }
        let program = &self.piece.formulation.program;
        let objective = program.objectives[level].by_column(program.columns());
        if objective.iter().all(|c| *c == 0) {
            return (0, Vec::new());
        }
        let rows = Rows { columns: program, lower: &program.row_lower, upper: &program.row_upper };
        // Packing rows first, long before short: a fund or a quantity says more than the links of one slot.
        let natural: Vec<usize> = (0..program.rows()).collect();
        let mut by_length = natural.clone();
        by_length.sort_by_key(|&row| {
            let entries = program.row_of(row);
            (entries.iter().any(|e| e.1 < 0), Reverse(entries.len()))
        });
        // What needs ask for says most where every place may serve them.
        let mut asked_first = by_length.clone();
        asked_first.sort_by_key(|&row| program.row_of(row).iter().any(|e| program.role[e.0.index()] != Role::Units));
        let descend_in = |order: &[usize]| descend(program, &objective, order, SWEEPS);
        let step = divisor(&program.objectives[level].entries);
        [vec![0.0; program.rows()], descend_in(&natural), descend_in(&by_length), descend_in(&asked_first)]
            .into_iter()
            .filter_map(|y| {
                let proof = prove(&objective, &program.lower, &program.upper, &rows, &y)?;
                Some((proof.bound.div_euclid(step) * step, y))
            })
            .min_by_key(|proven| proven.0)
            .unwrap_or((i64::MAX / 4, Vec::new()))
    }

    /// Replaces the bound of a level by one that does not lean on the levels above.
    pub(super) fn loosen(&mut self, level: usize) {
        let mut bound = self.free_bound(level);
        if self.piece.formulation.program.columns() <= ROOT_COLUMNS && !self.trivial {
            let formulation = &self.piece.formulation;
            let mut search = LevelSearch::new(formulation, level, &[]);
            let mut none = None;
            search.step(formulation, ROOT_ITERATIONS, &mut none, &mut |_| None);
            if search.nodes() > 0 {
                bound = bound.min(search.bound(None));
            }
        }
        self.bounds.push(bound.max(self.value(level).unwrap_or(i64::MIN)));
    }

    /// Whether a level above is not proven.
    pub(super) fn open_above(&self, level: usize) -> bool {
        (0..level).any(|above| self.value(above).is_none_or(|v| v < self.bounds[above]))
    }

    /// Ends a level.
    pub(super) fn close(&mut self, level: usize) {
        if self.bounds.len() == level {
            self.bounds.push(self.bound(level));
        }
        self.search = None;
        let special = std::mem::replace(&mut self.special, Special::Untried);
        if let Special::Flow(mut search) = special
            && level + 1 < self.finished.len()
            && search.turn_to(&self.piece.formulation, level + 1)
        {
            self.special = Special::Flow(search);
        }
        self.searched = 0;
        self.above = self.prices.take().map(|p| p.into_prices());
    }
}

/// Iterations spent on the root of a bound that does not lean on the levels above.
const ROOT_ITERATIONS: u64 = 2_000;

fn values(program: &Program, x: &[i64]) -> Vec<i64> {
    program.objectives.iter().map(|o| o.gain(x)).collect()
}
