//! One level of one piece: best-bound branch and bound with plunging.
//!
//! Values that the levels above must keep stand in the relaxation as rows. A node is pruned only by a bound (or a
//! refutation) that has been evaluated in integers; where the simplex cannot give one, the node is branched on until
//! every decision is fixed, and then judged exactly.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::super::formulate::Formulation;
use super::super::lp::{Basis, Columns, LinearProgram, Outcome, Simplex};
use super::super::program::{Column, FREE, Role, Row};
use super::bound::{Rows, divisor, prove, refutes};
use super::settle::settle;

/// How far from an integer a value may be to count as one.
const INTEGRAL: f64 = 1e-6;

/// What a node costs beside the simplex: its proof, in iterations.
const ITERATIONS_OF_A_NODE: u64 = 12;

/// See [`LevelSearch`]'s patience.
const MOST_PATIENCE: u64 = 20_000;

/// The search for the best value of one level.
pub struct LevelSearch {
    level: usize,
    simplex: Simplex,
    columns: Vec<Vec<(Row, i64)>>,
    row_lower: Vec<i64>,
    row_upper: Vec<i64>,
    objective: Vec<i64>,
    step: i64,
    root_lower: Vec<i64>,
    root_upper: Vec<i64>,
    open: BinaryHeap<Node>,
    current: Option<Node>,
    applied: Vec<u32>,
    sequence: u64,
    nodes: u64,
    /// A bound of nodes that could be neither searched nor pruned.
    lost: Option<i64>,
    /// Iterations a relaxation gets at least: a simplex that is interrupted starts its perturbation anew, so a large one
    /// is given more each time.
    patience: u64,
    done: bool,
    /// What guided construction may use: the last fractional solution of an unbranched node.
    guide: Option<Vec<f64>>,
}

// The snapshot is shared between two children; it never leaves the thread that owns the search.
struct Node {
    bound: i64,
    depth: u32,
    sequence: u64,
    changes: Option<Arc<Change>>,
    basis: Option<Arc<Basis>>,
}

struct Change {
    column: u32,
    lower: i64,
    upper: i64,
    before: Option<Arc<Change>>,
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.bound, self.depth, other.sequence).cmp(&(other.bound, other.depth, self.sequence))
    }
}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}

impl LevelSearch {
    /// Prepares a level; `keep` are the values the levels above must keep (for the piece, constants left out).
    pub fn new(formulation: &Formulation, level: usize, keep: &[i64]) -> Self {
        let program = &formulation.program;
        let count = program.columns();
        let objective = program.objectives[level].by_column(count);
        let mut columns: Vec<Vec<(Row, i64)>> =
            (0..count).map(|c| program.column_of(Column(c as u32)).to_vec()).collect();
        let mut row_lower = program.row_lower.clone();
        let mut row_upper = program.row_upper.clone();
        for (above, value) in keep.iter().enumerate() {
            let row = Row(row_lower.len() as u32);
            for (column, amount) in &program.objectives[above].entries {
                columns[column.index()].push((row, *amount));
            }
            row_lower.push(*value);
            row_upper.push(FREE);
        }
        let mut matrix = Columns { starts: vec![0], ..Columns::default() };
        for entries in &columns {
            for (row, value) in entries {
                matrix.rows.push(row.index());
                matrix.values.push(*value as f64);
            }
            matrix.starts.push(matrix.rows.len());
        }
        let finite = |v: &i64| if v.abs() == FREE { f64::INFINITY * v.signum() as f64 } else { *v as f64 };
        let linear = LinearProgram {
            columns: matrix,
            objective: objective.iter().map(|c| *c as f64).collect(),
            lower: program.lower.iter().map(|v| *v as f64).collect(),
            upper: program.upper.iter().map(|v| *v as f64).collect(),
            row_lower: row_lower.iter().map(finite).collect(),
            row_upper: row_upper.iter().map(finite).collect(),
        };
        let constant_free = &program.objectives[level].entries;
        LevelSearch {
            level,
            simplex: Simplex::new(&linear),
            columns,
            row_lower,
            row_upper,
            step: divisor(constant_free),
            objective,
            root_lower: program.lower.clone(),
            root_upper: program.upper.clone(),
            open: BinaryHeap::new(),
            current: Some(Node { bound: i64::MAX, depth: 0, sequence: 0, changes: None, basis: None }),
            applied: Vec::new(),
            sequence: 0,
            nodes: 0,
            lost: None,
            patience: 100,
            done: false,
            guide: None,
        }
    }

    /// Whether the value of the incumbent is proven best (or there is provably none).
    pub fn done(&self) -> bool {
        self.done && self.lost.is_none()
    }

    /// Whether there is nothing left to search.
    pub fn exhausted(&self) -> bool {
        self.done
    }

    /// Nodes looked at.
    pub fn nodes(&self) -> u64 {
        self.nodes
    }

    /// Simplex iterations so far.
    pub fn iterations(&self) -> u64 {
        self.simplex.iterations()
    }

    /// The fractional solution of the root, once.
    pub fn take_guide(&mut self) -> Option<Vec<f64>> {
        self.guide.take()
    }

    /// A bound of the level's value (constants left out) over everything not yet searched, at least the incumbent's.
    pub fn bound(&self, incumbent: Option<i64>) -> i64 {
        let open = self.open.peek().map(|n| n.bound).into_iter();
        let current = self.current.as_ref().map(|n| n.bound).into_iter();
        open.chain(current).chain(self.lost).chain(incumbent).max().unwrap_or(i64::MIN)
    }

    /// Works for about so many simplex iterations. `offer` is told every complete point found, and answers with the
    /// incumbent's value on this level.
    pub fn step(
        &mut self,
        formulation: &Formulation,
        iterations: u64,
        incumbent: &mut Option<i64>,
        offer: &mut dyn FnMut(Vec<i64>) -> Option<i64>,
    ) {
        let mut end = self.simplex.iterations() + iterations;
        while !self.done && self.simplex.iterations() < end {
            end = end.saturating_sub(ITERATIONS_OF_A_NODE);
            if self.current.is_none() {
                match self.open.pop() {
                    Some(node) if incumbent.is_none_or(|best| node.bound > best) => self.enter(node),
                    _ => {
                        self.open.clear();
                        self.done = true;
                        return;
                    }
                }
            }
            let left = end.saturating_sub(self.simplex.iterations()).max(1);
            if !self.visit(formulation, left, incumbent, offer) {
                return;
            }
        }
    }

    fn enter(&mut self, node: Node) {
        for column in self.applied.drain(..) {
            let (lower, upper) = (self.root_lower[column as usize], self.root_upper[column as usize]);
            self.simplex.set_bounds(column as usize, lower as f64, upper as f64);
        }
        let mut change = node.changes.clone();
        let mut seen: Vec<u32> = Vec::new();
        while let Some(now) = change {
            if !seen.contains(&now.column) {
                seen.push(now.column);
                self.simplex.set_bounds(now.column as usize, now.lower as f64, now.upper as f64);
            }
            change = now.before.clone();
        }
        self.applied = seen;
        if let Some(basis) = &node.basis {
            self.simplex.restore(basis);
        }
        self.current = Some(node);
    }

    /// The bounds of the current node.
    fn bounds(&self, changes: &Option<Arc<Change>>) -> (Vec<i64>, Vec<i64>) {
        let (mut lower, mut upper) = (self.root_lower.clone(), self.root_upper.clone());
        let mut seen: Vec<u32> = Vec::new();
        let mut change = changes.clone();
        while let Some(now) = change {
            if !seen.contains(&now.column) {
                seen.push(now.column);
                lower[now.column as usize] = now.lower;
                upper[now.column as usize] = now.upper;
            }
            change = now.before.clone();
        }
        (lower, upper)
    }

    /// Solves the current node's relaxation and prunes or branches. `false` if the budget ran out on the way.
    fn visit(
        &mut self,
        formulation: &Formulation,
        budget: u64,
        incumbent: &mut Option<i64>,
        offer: &mut dyn FnMut(Vec<i64>) -> Option<i64>,
    ) -> bool {
        let changes = self.current.as_ref().expect("a node was entered").changes.clone();
        let outcome = self.simplex.solve(budget.max(self.patience));
        if outcome == Outcome::IterationLimit {
            self.patience = (self.patience * 2).min(MOST_PATIENCE);
            return false;
        }
        self.nodes += 1;
        let mut node = self.current.take().expect("a node was entered");
        let (lower, upper) = self.bounds(&changes);
        let rows = Rows { columns: &self.columns, lower: &self.row_lower, upper: &self.row_upper };
        if outcome == Outcome::Infeasible
            && self.simplex.farkas().is_some_and(|farkas| refutes(&lower, &upper, &rows, farkas))
        {
            return true;
        }
        let proof = prove(&self.objective, &lower, &upper, &rows, self.simplex.duals());
        if let Some(proof) = &proof {
            let bound = proof.bound.div_euclid(self.step) * self.step;
            node.bound = node.bound.min(bound);
        }
        if incumbent.is_some_and(|best| node.bound <= best) {
            return true;
        }
        let usable = outcome == Outcome::Optimal;
        let fractional = self.pick(formulation, usable, &lower, &upper);
        if usable && node.depth == 0 {
            self.guide = Some(self.simplex.x().to_vec());
            if let (Some(proof), Some(best)) = (&proof, *incumbent) {
                self.tighten(proof, best);
            }
        }
        let (column, value) = match fractional {
            Pick::Branch(column, value) => (column, value),
            Pick::Integral(open) => {
                let x: Vec<i64> =
                    if usable { self.simplex.x().iter().map(|v| v.round() as i64).collect() } else { lower.clone() };
                let x: Vec<i64> = x.iter().zip(lower.iter().zip(&upper)).map(|(v, (l, u))| *v.clamp(l, u)).collect();
                let mut value = None;
                if let Some(x) = settle(formulation, x) {
                    value = Some(formulation.program.objectives[self.level].gain(&x));
                    *incumbent = offer(x);
                }
                if incumbent.is_some_and(|best| node.bound <= best) {
                    return true;
                }
                match open {
                    Some(column) => (column, lower[column] as f64 + (upper[column] - lower[column]) as f64 / 2.0),
                    // Everything is decided: the exact judgement above is final.
                    None => {
                        let _ = value;
                        return true;
                    }
                }
            }
        };
        self.branch(node, column, value, lower[column], upper[column]);
        true
    }

    /// Fixes columns that no better point can move, by reduced costs (root only).
    fn tighten(&mut self, proof: &super::bound::Proof, best: i64) {
        let target = (i128::from(best) + i128::from(self.step)) << proof.bits;
        for column in 0..self.objective.len() {
            let (low, high) = (self.root_lower[column], self.root_upper[column]);
            let cost = proof.reduced[column];
            if low == high || cost == 0 {
                continue;
            }
            // Moving k steps from the better end loses k × |cost|.
            let room = proof.exact - target;
            let steps = if room < 0 { 0 } else { room / cost.abs() };
            let Ok(steps) = i64::try_from(steps) else { continue };
            let (new_low, new_high) = if cost > 0 {
                (low.max(high.saturating_sub(steps)), high)
            } else {
                (low, high.min(low.saturating_add(steps)))
            };
            if (new_low, new_high) != (low, high) {
                self.root_lower[column] = new_low;
                self.root_upper[column] = new_high;
                self.simplex.set_bounds(column, new_low as f64, new_high as f64);
            }
        }
    }

    fn pick(&self, formulation: &Formulation, usable: bool, lower: &[i64], upper: &[i64]) -> Pick {
        let role = &formulation.program.role;
        let x = self.simplex.x();
        let mut best: Option<(Role, f64, usize)> = None;
        let mut open: Option<(Role, usize)> = None;
        for column in 0..role.len() {
            if lower[column] == upper[column] || matches!(role[column], Role::Flow | Role::Derived) {
                continue;
            }
            if open.is_none_or(|o| role[column] < o.0) {
                open = Some((role[column], column));
            }
            if !usable {
                continue;
            }
            let fraction = (x[column] - x[column].round()).abs();
            if fraction > INTEGRAL {
                let better =
                    best.is_none_or(|(r, f, _)| role[column] < r || (role[column] == r && fraction > f + 1e-9));
                if better {
                    best = Some((role[column], fraction, column));
                }
            }
        }
        match best {
            Some((_, _, column)) => Pick::Branch(column, x[column]),
            None => Pick::Integral(open.map(|o| o.1)),
        }
    }

    fn branch(&mut self, node: Node, column: usize, value: f64, lower: i64, upper: i64) {
        let down = (value.floor() as i64).clamp(lower, upper - 1);
        let basis = Some(Arc::new(self.simplex.basis()));
        let mut child = |lower: i64, upper: i64| {
            self.sequence += 1;
            let before = node.changes.clone();
            Node {
                bound: node.bound,
                depth: node.depth + 1,
                sequence: self.sequence,
                changes: Some(Arc::new(Change { column: column as u32, lower, upper, before })),
                basis: basis.clone(),
            }
        };
        let (below, above) = (child(lower, down), child(down + 1, upper));
        let up_first = value - down as f64 > 0.4;
        let (dive, wait) = if up_first { (above, below) } else { (below, above) };
        self.open.push(wait);
        // Plunge: the child's bounds differ from the parent's by one column, the basis is still warm.
        self.enter_child(dive, column);
    }

    fn enter_child(&mut self, node: Node, column: usize) {
        let change = node.changes.as_ref().expect("a child has a change");
        self.simplex.set_bounds(column, change.lower as f64, change.upper as f64);
        if !self.applied.contains(&(column as u32)) {
            self.applied.push(column as u32);
        }
        self.current = Some(node);
    }
}

enum Pick {
    /// Branch on a fractional column at its value.
    Branch(usize, f64),
    /// Every decision is integral; the column still open, if any.
    Integral(Option<usize>),
}
