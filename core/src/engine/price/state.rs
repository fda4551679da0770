//! A point in motion: columns with the activity of every row, indicators and derived columns that follow, and the
//! value of every level, all kept up to date step by step.

use std::sync::Arc;

use super::super::formulate::Formulation;
use super::super::program::{Column, Derived, FREE, Keep, Program, Role};

/// A point that can take steps and take them back.
#[derive(Clone)]
pub struct State {
    formulation: Arc<Formulation>,
    wiring: Arc<Wiring>,
    /// The point.
    pub x: Vec<i64>,
    /// Its value on each level.
    pub values: Vec<i64>,
    /// What every column is worth after prices, and the point at these.
    net: Arc<[i64]>,
    /// What the point is worth after prices: what it uses of scarce things is paid for.
    pub after_prices: i128,
    activity: Vec<i64>,
    /// How many columns hold an indicator up.
    support: Vec<u32>,
    sums: Vec<i64>,
    log: Vec<(u32, i64)>,
    /// Every change since the last `keep`.
    trail: Vec<(u32, i64)>,
    touched: Vec<u32>,
    stamp: Vec<u32>,
    now: u32,
}

/// What follows from what: the same for every point.
struct Wiring {
    /// Worth of each column, level by level.
    worth: Vec<Vec<i64>>,
    /// Derived columns that follow each column: (derived, coefficient), as a sorted list.
    hooks: Vec<(u32, u32, i64)>,
    hooked: Vec<bool>,
    /// Columns that raise indicators.
    linked: Vec<bool>,
    /// Rows that hold a column down until its indicator is raised: the indicator, and by how much it lifts the limit.
    waiting: Vec<Option<(Column, i64)>>,
}

impl State {
    /// Starts from a complete point.
    pub fn new(formulation: &Arc<Formulation>, x: &[i64], levels: usize) -> Self {
        let program = &formulation.program;
        let worth = program.objectives[..levels].iter().map(|level| level.by_column(program.columns())).collect();
        let mut hooks = Vec::new();
        let mut sums = vec![0i64; program.derived.len()];
        for (index, derived) in program.derived.iter().enumerate() {
            let mut hook = |column: Column, value: i64| {
                hooks.push((column.0, index as u32, value));
                sums[index] += value * x[column.index()];
            };
            match derived {
                Derived::Sum { of, .. } => of.iter().for_each(|c| hook(*c, 1)),
                Derived::Fill { of, .. } | Derived::Missing { of, .. } => of.iter().for_each(|(c, a)| hook(*c, *a)),
                Derived::Together { units, with, .. } => {
                    hook(*units, 0);
                    with.iter().for_each(|c| hook(*c, 0));
                }
            }
        }
        hooks.sort_unstable();
        let mut hooked = vec![false; program.columns()];
        hooks.iter().for_each(|h| hooked[h.0 as usize] = true);
        let mut linked = vec![false; program.columns()];
        program.links.iter().for_each(|l| linked[l.0.index()] = true);
        let waiting = (0..program.rows()).map(|row| waits(program, row)).collect();
        let mut support = vec![0u32; program.columns()];
        for &(column, indicator) in &program.links {
            support[indicator.index()] += u32::from(x[column.index()] > 0);
        }
        let mut activity = vec![0i64; program.rows()];
        for (row, activity) in activity.iter_mut().enumerate() {
            *activity = program.row_of(row).iter().map(|(c, a)| a * x[c.index()]).sum();
        }
        State {
            formulation: Arc::clone(formulation),
            wiring: Arc::new(Wiring { worth, hooks, hooked, linked, waiting }),
            values: program.objectives[..levels].iter().map(|o| o.gain(x)).collect(),
            net: Arc::default(),
            after_prices: 0,
            x: x.to_vec(),
            activity,
            support,
            sums,
            log: Vec::new(),
            trail: Vec::new(),
            touched: Vec::new(),
            stamp: vec![0; program.rows()],
            now: 1,
        }
    }

    /// Looks at the point through prices: what every column is worth after them.
    pub fn weigh(&mut self, net: &[i64]) {
        self.net = net.into();
        self.after_prices = self.x.iter().zip(net).map(|(x, net)| i128::from(*x) * i128::from(*net)).sum();
    }

    /// Columns that have changed since the last `keep`.
    pub fn changed(&self) -> impl Iterator<Item = u32> + '_ {
        self.trail.iter().map(|t| t.0)
    }

    /// Forgets the log: everything so far stays.
    pub fn keep(&mut self) {
        self.log.clear();
        self.trail.clear();
        self.touched.clear();
        self.now += 1;
    }

    /// A mark in the log.
    pub fn mark(&self) -> usize {
        self.log.len()
    }

    /// Steps since a mark.
    pub fn since(&self, mark: usize) -> &[(u32, i64)] {
        &self.log[mark..]
    }

    /// Takes back everything since a mark.
    pub fn undo(&mut self, mark: usize) {
        while self.log.len() > mark {
            if let Some((column, amount)) = self.log.pop() {
                self.shift(column, -amount);
            }
        }
    }

    /// Takes a step.
    pub fn step(&mut self, column: u32, amount: i64) {
        self.log.push((column, amount));
        self.shift(column, amount);
    }

    /// The activity of a row.
    pub fn activity(&self, row: u32) -> i64 {
        self.activity[row as usize]
    }

    /// How far a column can rise before an upper limit is broken; indicators that it raises rise with it, where they may.
    pub fn room(&self, column: u32) -> i64 {
        let index = column as usize;
        let program = &self.formulation.program;
        let mut room = program.upper[index] - self.x[index];
        for (row, value) in program.column_of(Column(column)) {
            if room <= 0 {
                return 0;
            }
            let upper = program.row_upper[row.index()];
            if *value > 0 && upper != FREE {
                let mut left = upper - self.activity[row.index()];
                if left < *value
                    && let Some((indicator, lift)) = self.wiring.waiting[row.index()]
                    && self.x[indicator.index()] == 0
                {
                    left += lift;
                }
                room = room.min(if *value == 1 { left } else { left.div_euclid(*value) });
            }
        }
        if room > 0 && self.wiring.linked[index] && !program.links_of(Column(column)).all(|i| self.may_stand(i)) {
            return 0;
        }
        room.max(0)
    }

    /// Whether a column raises indicators.
    pub fn raises(&self, column: Column) -> bool {
        self.wiring.linked[column.index()]
    }

    /// Whether an indicator stands or may be raised.
    fn may_stand(&self, indicator: Column) -> bool {
        let program = &self.formulation.program;
        self.x[indicator.index()] > 0
            || program.upper[indicator.index()] > 0
                && program.column_of(indicator).iter().all(|(row, value)| {
                    let upper = program.row_upper[row.index()];
                    let judged = *value > 0 && upper != FREE && program.keep[row.index()] != Keep::AtEnd;
                    !judged || upper - self.activity[row.index()] >= *value
                })
    }

    /// Whether every row that was touched since the last `keep` holds.
    pub fn sound(&self) -> bool {
        let program = &self.formulation.program;
        self.touched.iter().all(|row| {
            let row = *row as usize;
            program.row_lower[row] <= self.activity[row] && self.activity[row] <= program.row_upper[row]
        })
    }

    fn shift(&mut self, column: u32, amount: i64) {
        let index = column as usize;
        let before = self.x[index];
        self.trail.push((column, amount));
        self.x[index] += amount;
        for (value, worth) in self.values.iter_mut().zip(&self.wiring.worth) {
            *value += worth[index] * amount;
        }
        if let Some(net) = self.net.get(index) {
            self.after_prices += i128::from(*net) * i128::from(amount);
        }
        let program = &self.formulation.program;
        for (row, value) in program.column_of(Column(column)) {
            let row = row.index();
            self.activity[row] += value * amount;
            if self.stamp[row] != self.now {
                self.stamp[row] = self.now;
                self.touched.push(row as u32);
            }
        }
        let decided = !matches!(program.role[index], Role::Indicator | Role::Derived | Role::Total | Role::Flow);
        if decided && (before > 0) != (before + amount > 0) {
            self.raise_or_lower(column, amount > 0);
        }
        if self.wiring.hooked[index] {
            self.follow(column, amount);
        }
    }

    /// Indicators stand while a column linked to them does.
    fn raise_or_lower(&mut self, column: u32, up: bool) {
        let links = |state: &Self, at: usize| state.formulation.program.links.get(at).copied();
        let mut at = self.formulation.program.links.partition_point(|l| l.0.0 < column);
        while let Some((_, indicator)) = links(self, at).filter(|l| l.0.0 == column) {
            let support = &mut self.support[indicator.index()];
            if up {
                *support += 1;
            } else {
                *support -= 1;
            }
            let wanted = i64::from(*support > 0).max(self.formulation.program.lower[indicator.index()]);
            self.set(indicator, wanted);
            at += 1;
        }
    }

    fn follow(&mut self, column: u32, amount: i64) {
        let wiring = Arc::clone(&self.wiring);
        let formulation = Arc::clone(&self.formulation);
        let program = &formulation.program;
        let from = wiring.hooks.partition_point(|h| h.0 < column);
        for &(_, derived, value) in wiring.hooks[from..].iter().take_while(|h| h.0 == column) {
            let index = derived as usize;
            self.sums[index] += value * amount;
            let sum = self.sums[index];
            match &program.derived[index] {
                Derived::Sum { column, .. } => self.set(*column, sum),
                Derived::Missing { column, target, .. } => {
                    self.set(*column, (target - sum).clamp(0, program.upper[column.index()]));
                }
                Derived::Fill { columns, constant, .. } => {
                    let mut left = constant + sum;
                    for column in columns {
                        let take = left.clamp(0, program.upper[column.index()]);
                        self.set(*column, take);
                        left -= take;
                    }
                }
                Derived::Together { column, units, scale, with } => {
                    let there = with.iter().any(|c| self.x[c.index()] > 0);
                    self.set(*column, if there { scale * self.x[units.index()] } else { 0 });
                }
            }
        }
    }

    fn set(&mut self, column: Column, value: i64) {
        let change = value - self.x[column.index()];
        if change != 0 {
            self.shift(column.0, change);
        }
    }
}

/// The indicator that a row of two columns waits for, and by how much it lifts the row's limit.
fn waits(program: &Program, row: usize) -> Option<(Column, i64)> {
    let [one, other] = program.row_of(row) else { return None };
    let pair = |column: &(Column, i64), indicator: &(Column, i64)| {
        let linked = program.links.binary_search(&(column.0, indicator.0)).is_ok();
        (linked && column.1 > 0 && indicator.1 < 0).then_some((indicator.0, -indicator.1))
    };
    pair(one, other).or_else(|| pair(other, one))
}
