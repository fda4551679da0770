//! How many changes every plan makes at least where seats can only be filled by those who leave others.
//!
//! Whoever takes a seat that was left and can carry no more leaves another seat, and so on, until someone is free or a
//! session ends, which gives up units. In each cell the seats of a role are filled by as many as its sessions have: a flow,
//! of which the cost is the changes. It is bounded by prices (Lagrange): one for every seat that is left, one for the load
//! of every row that is full. Whatever the prices, what is added up here in integers is no more than any plan pays; those
//! taken are the lengths of the shortest chains.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::counts::cell_of;
use super::least::Least;
use super::mend::frozen;
use super::seats::{capacity, may_sit};
use super::spare::{Cell, runs};
use crate::lists::{Case, Kind, PeriodId, Post, ResourceId, Symbol};
use crate::model::members_of_post;
use crate::plan::Plan;

/// A change, in units of prices.
const CHANGE: i128 = 5_040;
/// Posts of cells, and ways to fill them, that are looked at; beyond these nothing is asked.
const MOST_NODES: usize = 4_000;
const MOST_WAYS: usize = 200_000;
/// Rounds in which prices settle.
const ROUNDS: usize = 40;

/// What is full: a row over all periods, or in one.
type Full = (ResourceId, Option<PeriodId>);

/// The seats of a post in the sessions of a cell.
struct Node {
    cell: Cell,
    post: u32,
    /// Seats of one session.
    each: i64,
    /// Load of a seat in a period, at least.
    load: i64,
    /// Member-sessions of rows that may still sit in these sessions.
    held: BTreeMap<ResourceId, i64>,
    /// Those of others.
    gone: i64,
    /// What is full of those who may take a seat, where nobody could beside all that they have.
    full: Vec<Full>,
    /// Other posts of the cell where someone sits who could change over, which is no change.
    beside: Vec<usize>,
    /// What it costs to leave a seat; 0 where somebody could take it, or that was not looked at.
    price: i128,
}

impl Node {
    fn new(case: &Case, cell: Cell, post: &Post, groups: &Groups) -> Self {
        let project = &case.projects[cell.0.index()];
        let alike = project.posts.iter().filter(|other| groups.of(other.role) == groups.of(post.role));
        Node {
            cell,
            post: post.number,
            each: members_of_post(post, project.size),
            load: alike.map(|post| post.load).min().unwrap_or(0),
            held: BTreeMap::new(),
            gone: 0,
            full: Vec::new(),
            beside: Vec::new(),
            price: 0,
        }
    }
}

/// A number of units and member-sessions that every plan gives up.
pub(super) fn moves(least: &Least, previous: &Plan) -> i64 {
    let mut flow = Flow::new(least, previous);
    flow.explore();
    flow.settle();
    i64::try_from((flow.cost().max(0) + CHANGE - 1) / CHANGE).unwrap_or(0)
}

struct Flow<'a> {
    least: &'a Least<'a>,
    nodes: Vec<Node>,
    of_cell: BTreeMap<Cell, Vec<usize>>,
    /// Nodes in which each row has seats.
    of_row: BTreeMap<ResourceId, Vec<usize>>,
    /// What each row can carry beside them; less than nothing where it can not carry even these.
    left: BTreeMap<Full, i128>,
    prices: BTreeMap<Full, i128>,
}

impl<'a> Flow<'a> {
    fn new(least: &'a Least<'a>, previous: &Plan) -> Self {
        let case = least.case;
        let (nodes, of_cell, of_row, left, prices) = Default::default();
        let mut flow = Flow { least, nodes, of_cell, of_row, left, prices };
        let groups = Groups::new(case);
        let mut known: BTreeMap<(Cell, u32), usize> = BTreeMap::new();
        for session in previous.sessions.iter().filter(|session| !frozen(case, session)) {
            let Some(cell) = cell_of(case, session) else { continue };
            let project = &case.projects[cell.0.index()];
            // In turns members come and go within a session.
            if project.posts.iter().any(|post| post.rotate) {
                continue;
            }
            let mut seated: BTreeSet<(&str, i64)> = BTreeSet::new();
            for seat in &session.staff {
                let post = project.posts.iter().find(|post| post.number == seat.post);
                let Some(post) = post.filter(|_| seated.insert((&seat.resource, seat.member))) else { continue };
                let at = *known.entry((cell, post.number)).or_insert_with(|| {
                    flow.nodes.push(Node::new(case, cell, post, &groups));
                    flow.nodes.len() - 1
                });
                let stays = case.resource(&seat.resource).filter(|row| {
                    let sits = |post: &Post| may_sit(least, cell, post, *row);
                    flow.nodes[at].held.contains_key(row) || project.posts.iter().any(sits)
                });
                match stays {
                    Some(row) => *flow.nodes[at].held.entry(row).or_default() += 1,
                    None => flow.nodes[at].gone += 1,
                }
            }
        }
        for at in 0..flow.nodes.len() {
            let node = &flow.nodes[at];
            flow.of_cell.entry(node.cell).or_default().push(at);
            for (row, n) in &node.held {
                flow.of_row.entry(*row).or_default().push(at);
                let whens = [None].into_iter().chain(runs_of(case, node.cell).map(Some));
                for when in whens {
                    let of_all = || i128::from(capacity(least, *row, when));
                    let load = flow.load(at, when) * i128::from(*n);
                    *flow.left.entry((*row, when)).or_insert_with(of_all) -= load;
                }
            }
        }
        flow
    }

    /// The load of a seat over all periods, or in one.
    fn load(&self, at: usize, when: Option<PeriodId>) -> i128 {
        let node = &self.nodes[at];
        let times = if when.is_none() { self.least.case.projects[node.cell.0.index()].span } else { 1 };
        i128::from(node.load) * i128::from(times)
    }

    fn hinders(&self, at: usize, row: ResourceId) -> Hindered {
        let whens = [None].into_iter().chain(runs_of(self.least.case, self.nodes[at].cell).map(Some));
        let mut found = Hindered::Free;
        for full in whens.map(|when| (row, when)) {
            let (most, load) = (self.most(full), self.load(at, full.1));
            if most < load {
                return Hindered::Never;
            }
            if self.left.get(&full).copied().unwrap_or(most) < load && matches!(found, Hindered::Free) {
                found = Hindered::Full(full);
            }
        }
        found
    }

    /// Looks at seats that are left, and from there at those that may be left to fill them.
    fn explore(&mut self) {
        let left = (0..self.nodes.len()).filter(|at| self.nodes[*at].gone > 0);
        let mut seen: BTreeSet<usize> = left.chain(self.over().flat_map(|full| self.seats(full))).collect();
        let (mut queue, mut ways): (VecDeque<usize>, usize) = (seen.iter().copied().collect(), 0);
        while let Some(at) = queue.pop_front().filter(|_| ways < MOST_WAYS) {
            let Some(full) = self.fills(at, &mut ways) else { continue };
            let beside = self.beside(at);
            let left = full.iter().flat_map(|full| self.seats(*full)).chain(beside.iter().copied());
            for next in left.collect::<Vec<_>>() {
                if seen.len() < MOST_NODES && seen.insert(next) {
                    queue.push_back(next);
                }
            }
            let price = self.of_end(at);
            let node = &mut self.nodes[at];
            (node.full, node.beside, node.price) = (full.into_iter().collect(), beside, price);
        }
    }

    fn post(&self, at: usize) -> Option<&'a Post> {
        let project = &self.least.case.projects[self.nodes[at].cell.0.index()];
        project.posts.iter().find(|post| post.number == self.nodes[at].post)
    }

    /// What is full of those who may take a seat; `None` where somebody could, or ending its session costs nothing.
    fn fills(&self, at: usize, ways: &mut usize) -> Option<BTreeSet<Full>> {
        let (least, node) = (self.least, &self.nodes[at]);
        let post = self.post(at).filter(|_| self.of_end(at) > 0)?;
        let rows = least.nearby.reaching(least.case, &least.geography, post.role, node.cell.1);
        *ways += rows.len();
        let mut full = BTreeSet::new();
        for row in rows.iter().filter(|row| may_sit(least, node.cell, post, **row)) {
            match self.hinders(at, *row) {
                Hindered::Full(found) => _ = full.insert(found),
                Hindered::Never => {}
                Hindered::Free => return None,
            }
        }
        Some(full)
    }

    /// Other posts of the cell where someone sits who may fill this one.
    fn beside(&self, at: usize) -> Vec<usize> {
        let (cell, post) = (self.nodes[at].cell, self.post(at));
        let sits = |row: &ResourceId| post.is_some_and(|post| may_sit(self.least, cell, post, *row));
        let others = self.of_cell[&cell].iter().copied().filter(|other| *other != at);
        others.filter(|other| self.nodes[*other].held.keys().any(sits)).collect()
    }

    /// What a member of a row is worth in a cell: the most that a seat costs that it may fill.
    fn worth(&self, cell: Cell, row: ResourceId) -> i128 {
        let dear = self.of_cell[&cell].iter().filter(|at| self.nodes[**at].price > 0);
        let sits = dear.filter(|at| self.post(**at).is_some_and(|post| may_sit(self.least, cell, post, row)));
        sits.map(|at| self.nodes[*at].price).max().unwrap_or(0)
    }

    /// What rows can carry even less of than they have; of periods that a session may share, one.
    fn over(&self) -> impl Iterator<Item = Full> + '_ {
        let long = |row: ResourceId| {
            self.of_row[&row].iter().any(|at| self.least.case.projects[self.nodes[*at].cell.0.index()].span > 1)
        };
        self.left.iter().filter(|(_, left)| **left < 0).map(|(full, _)| *full).filter(move |(row, when)| {
            let of_row = self.left.range((*row, None)..).take_while(|(full, _)| full.0 == *row);
            let mut over = of_row.filter(|(_, left)| **left < 0);
            let all = self.left.get(&(*row, None)).is_some_and(|left| *left < 0);
            when.is_none() || (!all && (!long(*row) || over.next().is_some_and(|(full, _)| full.1 == *when)))
        })
    }

    /// Nodes where a row has seats that count in what is full.
    fn seats(&self, (row, when): Full) -> impl Iterator<Item = usize> + '_ {
        let mine = self.of_row.get(&row).map_or(&[][..], Vec::as_slice).iter().copied();
        mine.filter(move |at| when.is_none_or(|when| runs_of(self.least.case, self.nodes[*at].cell).any(|p| p == when)))
    }

    /// What every seat of a session must cost at most where ending the session costs so much.
    fn of_end(&self, at: usize) -> i128 {
        let cell = self.nodes[at].cell;
        let project = &self.least.case.projects[cell.0.index()];
        let all = project.posts.iter().map(|post| members_of_post(post, project.size)).fold(0, i64::saturating_add);
        i128::from(self.units_lost(cell, 1)) * CHANGE / i128::from(all.max(1))
    }

    /// Units that a cell gives up with so many sessions fewer.
    fn units_lost(&self, cell: Cell, fewer: i64) -> i64 {
        let stand = self.least.cells[&cell];
        let size = self.least.case.projects[cell.0.index()].size;
        stand.units.saturating_sub((stand.sessions - fewer).max(0).saturating_mul(size)).max(0)
    }

    /// Lowers prices until none is more than the change and the price of a seat left instead.
    fn settle(&mut self) {
        let mut priced: BTreeSet<Full> = self.nodes.iter().flat_map(|node| &node.full).copied().collect();
        priced.extend(self.over().collect::<Vec<_>>());
        for _ in 0..ROUNDS {
            for full in &priced {
                let instead =
                    self.seats(*full).map(|at| (CHANGE + self.nodes[at].price) / self.load(at, full.1).max(1));
                self.prices.insert(*full, instead.min().unwrap_or(0));
            }
            let lower = |at: usize| {
                let node = &self.nodes[at];
                let others = node.beside.iter().map(|at| self.nodes[*at].price);
                let instead = node.full.iter().map(|full| self.prices[full] * self.load(at, full.1));
                instead.chain(others).fold(node.price, i128::min)
            };
            let found: Vec<i128> = (0..self.nodes.len()).map(lower).collect();
            let mut settled = true;
            for (node, price) in self.nodes.iter_mut().zip(found) {
                settled &= node.price == price;
                node.price = price;
            }
            if settled {
                break;
            }
        }
        for full in self.over().collect::<Vec<_>>() {
            let least = self.prices[&full];
            let each = |at: usize| (CHANGE + self.nodes[at].price) / self.load(at, full.1).max(1);
            let prices: BTreeSet<i128> = self.seats(full).map(each).filter(|price| *price >= least).collect();
            let worth = |price: i128| {
                let kept = self.seats(full).map(|at| {
                    let node = &self.nodes[at];
                    let n = i128::from(node.held[&full.0]);
                    n * (CHANGE + node.price - self.load(at, full.1) * price).min(0)
                });
                kept.sum::<i128>() - price * self.left[&full]
            };
            let best = prices.into_iter().max_by_key(|price| worth(*price));
            self.prices.insert(full, best.unwrap_or(least));
        }
    }

    /// What every plan pays at least at these prices, whatever they are as long as no seat costs more than the load of any
    /// that may take it.
    fn cost(&self) -> i128 {
        let mut sum: i128 = 0;
        let mut of_row: BTreeMap<ResourceId, Vec<(Full, i128)>> = BTreeMap::new();
        for (full, price) in &self.prices {
            sum -= price * self.left.get(full).copied().unwrap_or_else(|| self.most(*full));
            of_row.entry(full.0).or_default().push((*full, *price));
        }
        for (row, prices) in &of_row {
            for at in self.of_row.get(row).into_iter().flatten() {
                let counts = prices.iter().filter(|(full, _)| self.seats(*full).any(|seat| seat == *at));
                let paid: i128 = counts.map(|(full, price)| price * self.load(*at, full.1)).sum();
                let node = &self.nodes[*at];
                sum += i128::from(node.held[row]) * (CHANGE + self.worth(node.cell, *row) - paid).min(0);
            }
        }
        let mut asked: BTreeMap<Cell, i128> = BTreeMap::new();
        for (cell, nodes) in &self.of_cell {
            let sessions = i128::from(self.least.cells[cell].sessions);
            for node in nodes.iter().map(|at| &self.nodes[*at]) {
                let price = i128::from(node.each) * node.price;
                // What the seats cost, less what those who have them are worth.
                sum += i128::from(node.gone) * CHANGE + price * sessions;
                *asked.entry(*cell).or_default() += price;
            }
        }
        for (cell, _) in asked.iter().filter(|(_, price)| **price > 0) {
            for node in self.of_cell[cell].iter().map(|at| &self.nodes[*at]) {
                let worth = node.held.iter().map(|(row, n)| i128::from(*n) * self.worth(*cell, *row));
                sum -= worth.sum::<i128>();
            }
        }
        for (cell, price) in asked.into_iter().filter(|(_, price)| *price > 0) {
            let ends = (0..=self.least.cells[&cell].sessions)
                .map(|fewer| i128::from(self.units_lost(cell, fewer)) * CHANGE - i128::from(fewer) * price);
            sum += ends.min().unwrap_or(0);
        }
        sum
    }

    fn most(&self, (row, when): Full) -> i128 {
        i128::from(capacity(self.least, row, when))
    }
}

/// What becomes of a row that is asked to take a seat.
enum Hindered {
    /// It can.
    Free,
    /// It could if it had not all that it has.
    Full(Full),
    /// It could not even then.
    Never,
}

/// Roles that some row has beside one another count as one: its members may change between them.
struct Groups(BTreeMap<Symbol, Symbol>);

impl Groups {
    fn new(case: &Case) -> Self {
        let mut of: BTreeMap<Symbol, Symbol> = BTreeMap::new();
        let staff = || case.resources.iter().filter(|row| row.kind == Kind::Staff);
        staff().flat_map(|row| row.roles.iter()).for_each(|role| _ = of.insert(*role, *role));
        for roles in staff().map(|row| &row.roles).filter(|roles| roles.len() > 1) {
            let mine: BTreeSet<Symbol> = roles.iter().map(|role| of[role]).collect();
            let first = of[&roles[0]];
            of.values_mut().filter(|group| mine.contains(group)).for_each(|group| *group = first);
        }
        Groups(of)
    }

    fn of(&self, role: Symbol) -> Symbol {
        self.0.get(&role).copied().unwrap_or(role)
    }
}

fn runs_of(case: &Case, cell: Cell) -> impl Iterator<Item = PeriodId> + use<> {
    runs(&case.projects[cell.0.index()], cell.2).map(PeriodId::from)
}
