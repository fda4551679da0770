//! Transportation by the primal network simplex: sources give what they have to sinks of limited room, each unit over an arc
//! that is worth something; nobody has to be served and no room has to be used.
//!
//! A root takes what stays at home and what was served, so that the basis is a tree on sources, sinks and root. The tree is
//! kept strongly feasible, which rules out cycling; arcs are priced in blocks. Sources: Cunningham, *A network simplex
//! method* (1976); Ahuja, Magnanti & Orlin, *Network flows* (1993), chapter 11; Király & Kovács, *Efficient implementations
//! of minimum-cost flow algorithms* (2012), for pricing in blocks.

/// An arc from a source to a sink.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) source: u32,
    pub(super) sink: u32,
    /// What a unit is worth.
    pub(super) worth: i64,
    /// Units at most.
    pub(super) most: i64,
}

const ROOT: usize = 0;
const NONE: u32 = u32::MAX;
/// Arcs looked at in one go: this, or the square root of their number if that is more.
const BLOCK: usize = 50;

/// Where an arc stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the basis.
    Tree,
    /// Without flow.
    Empty,
    /// Full.
    Full,
    /// Without flow for good, since a level above would lose by any.
    Shut,
    /// Full for good, likewise.
    Kept,
}

impl State {
    /// What a unit more of what is left of its cost gains, where its flow may change.
    fn sign(self) -> i64 {
        match self {
            State::Tree | State::Shut | State::Kept => 0,
            State::Empty => -1,
            State::Full => 1,
        }
    }
}

/// A node of the tree.
#[derive(Clone, Copy)]
struct Node {
    parent: u32,
    /// The arc to the parent.
    arc: u32,
    /// Whether that arc leads to the parent.
    up: bool,
    depth: u32,
    child: u32,
    next: u32,
    before: u32,
}

/// The network with its basis. Nodes: the root, the sources, the sinks. Arcs: those given, then one from each source and
/// from each sink to the root.
pub(super) struct Network {
    from: Vec<u32>,
    to: Vec<u32>,
    cost: Vec<i64>,
    most: Vec<i64>,
    flow: Vec<i64>,
    state: Vec<State>,
    nodes: Vec<Node>,
    /// Dual value of each node: an arc's cost less its own end's, plus its start's, is what is left of it. They stand by
    /// themselves, since pricing looks at hardly anything else.
    price: Vec<i64>,
    supply: Vec<i64>,
    given: usize,
    next: usize,
    stack: Vec<u32>,
    optimal: bool,
}

impl Network {
    /// Everybody at home.
    pub(super) fn new(supply: &[i64], room: &[i64], arcs: &[Arc]) -> Self {
        let count = 1 + supply.len() + room.len();
        let homes = supply.iter().chain(room);
        let mut network = Network {
            from: arcs.iter().map(|a| 1 + a.source).chain(1..count as u32).collect(),
            to: arcs.iter().map(|a| (1 + supply.len()) as u32 + a.sink).chain(homes.clone().map(|_| 0)).collect(),
            cost: arcs.iter().map(|a| -a.worth).chain(homes.clone().map(|_| 0)).collect(),
            most: arcs.iter().map(|a| a.most).chain(homes.copied()).collect(),
            flow: arcs.iter().map(|_| 0).chain(supply.iter().copied()).chain(room.iter().map(|_| 0)).collect(),
            state: arcs.iter().map(|_| State::Empty).chain((1..count).map(|_| State::Tree)).collect(),
            nodes: Vec::with_capacity(count),
            price: vec![0; count],
            supply: supply.to_vec(),
            given: arcs.len(),
            next: 0,
            stack: Vec::new(),
            optimal: false,
        };
        // What can stay at home is never too much, so that the source's own arc is never full.
        let home = i64::MAX / 4;
        network.most[arcs.len()..arcs.len() + supply.len()].iter_mut().for_each(|most| *most = home);
        let lone = Node { parent: NONE, arc: NONE, up: true, depth: 0, child: NONE, next: NONE, before: NONE };
        network.nodes.resize(count, lone);
        for node in 1..count {
            network.nodes[node].arc = (arcs.len() + node - 1) as u32;
            network.hang(node, ROOT);
            network.nodes[node].depth = 1;
        }
        network
    }

    /// Whether nothing better is left.
    pub(super) fn optimal(&self) -> bool {
        self.optimal
    }

    /// Units on each given arc.
    pub(super) fn flow(&self) -> &[i64] {
        &self.flow[..self.given]
    }

    /// What no flow exceeds, as dual values prove it; at any time, though well only in the end.
    pub(super) fn bound(&self) -> i64 {
        let sources = self.price[1..].iter().zip(&self.supply);
        let served: i128 = sources.map(|(price, supply)| i128::from(*price) * i128::from(*supply)).sum();
        let homes = self.given..self.given + self.supply.len();
        let moved = (0..self.cost.len()).map(|arc| {
            let most = if homes.contains(&arc) { self.supply[arc - self.given] } else { self.most[arc] };
            let lost = match self.state[arc] {
                State::Shut => 0,
                State::Kept => self.reduced(arc),
                State::Tree | State::Empty | State::Full => self.reduced(arc).min(0),
            };
            i128::from(lost) * i128::from(most)
        });
        i64::try_from(served - moved.sum::<i128>()).unwrap_or(i64::MAX / 4)
    }

    /// Goes on from the best flow with other worths of the given arcs, among the flows that are as good by the worths so
    /// far: these are the flows in which whatever would lose by moving stays as it is (complementary slackness).
    pub(super) fn turn_to(&mut self, worths: &[i64]) {
        for arc in 0..self.cost.len() {
            if self.reduced(arc) != 0 {
                self.state[arc] = match self.state[arc] {
                    State::Empty => State::Shut,
                    State::Full => State::Kept,
                    other => other,
                };
            }
        }
        self.cost.iter_mut().zip(worths).for_each(|(cost, worth)| *cost = -worth);
        self.stack.push(ROOT as u32);
        while let Some(node) = self.stack.pop() {
            let above = self.price[node as usize];
            let mut child = self.nodes[node as usize].child;
            while child != NONE {
                let Node { arc, up, next, .. } = self.nodes[child as usize];
                let cost = self.cost[arc as usize];
                self.price[child as usize] = if up { above - cost } else { above + cost };
                self.stack.push(child);
                child = next;
            }
        }
        self.optimal = false;
    }

    /// Pivots until about so many elementary operations are done; returns how many were.
    pub(super) fn work(&mut self, budget: u64) -> u64 {
        let mut work = 0;
        while work < budget && !self.optimal {
            match self.entering(&mut work) {
                Some(arc) => self.pivot(arc, &mut work),
                None => self.optimal = true,
            }
        }
        work
    }

    fn reduced(&self, arc: usize) -> i64 {
        self.cost[arc] + self.price[self.from[arc] as usize] - self.price[self.to[arc] as usize]
    }

    /// The arc that gains most in the next block that has one.
    fn entering(&mut self, work: &mut u64) -> Option<usize> {
        let count = self.cost.len();
        let block = BLOCK.max((count as f64).sqrt() as usize);
        let (mut most, mut best) = (0, 0);
        let (mut arc, mut looked) = (self.next, 0);
        while looked < count && most == 0 {
            let end = count.min(looked + block);
            for _ in looked..end {
                let gain = self.state[arc].sign() * self.reduced(arc);
                if gain > most {
                    (most, best) = (gain, arc);
                }
                arc = if arc + 1 == count { 0 } else { arc + 1 };
            }
            looked = end;
        }
        *work += looked as u64;
        self.next = arc;
        (most > 0).then_some(best)
    }

    /// Brings an arc into the basis.
    fn pivot(&mut self, arc: usize, work: &mut u64) {
        let (from, to) = (self.from[arc] as usize, self.to[arc] as usize);
        // Flow goes from `first` over the arc to `second`, and back through the tree.
        let forwards = self.state[arc] == State::Empty;
        let (first, second) = if forwards { (from, to) } else { (to, from) };
        let join = self.join(first, second);
        let mut amount = self.most[arc];
        let mut leaving: Option<(usize, bool)> = None;
        let room = |network: &Network, node: usize, against: bool| {
            let Node { arc, up, .. } = network.nodes[node];
            let arc = arc as usize;
            if up == against { network.flow[arc] } else { network.most[arc] - network.flow[arc] }
        };
        let mut node = first;
        while node != join {
            let left = room(self, node, true);
            if left < amount {
                (amount, leaving) = (left, Some((node, true)));
            }
            node = self.nodes[node].parent as usize;
            *work += 1;
        }
        node = second;
        while node != join {
            let left = room(self, node, false);
            // The last of several in the direction of the cycle keeps the tree strongly feasible.
            if left <= amount {
                (amount, leaving) = (left, Some((node, false)));
            }
            node = self.nodes[node].parent as usize;
            *work += 1;
        }
        if amount > 0 {
            self.flow[arc] += if forwards { amount } else { -amount };
            for (end, against) in [(first, true), (second, false)] {
                let mut node = end;
                while node != join {
                    let Node { arc, up, parent, .. } = self.nodes[node];
                    self.flow[arc as usize] += if up == against { -amount } else { amount };
                    node = parent as usize;
                }
            }
        }
        let Some((out, on_first)) = leaving else {
            self.state[arc] = if forwards { State::Full } else { State::Empty };
            return;
        };
        let left = self.nodes[out].arc as usize;
        self.state[left] = if self.flow[left] == 0 { State::Empty } else { State::Full };
        self.state[arc] = State::Tree;
        let (inner, outer) = if on_first { (first, second) } else { (second, first) };
        self.turn(inner, out, work);
        self.nodes[inner].arc = arc as u32;
        self.nodes[inner].up = self.from[arc] as usize == inner;
        self.hang(inner, outer);
        self.settle(inner, work);
    }

    fn join(&self, mut a: usize, mut b: usize) -> usize {
        while a != b {
            if self.nodes[a].depth >= self.nodes[b].depth {
                a = self.nodes[a].parent as usize;
            } else {
                b = self.nodes[b].parent as usize;
            }
        }
        a
    }

    /// Cuts the subtree below `out` off and turns it round so that `inner` is its top.
    fn turn(&mut self, inner: usize, out: usize, work: &mut u64) {
        let (mut node, mut above) = (inner, None);
        loop {
            let Node { parent, arc, up, .. } = self.nodes[node];
            self.unhang(node);
            if let Some((before, arc, up)) = above {
                self.nodes[node].arc = arc;
                self.nodes[node].up = up;
                self.hang(node, before);
            }
            *work += 4;
            if node == out {
                return;
            }
            above = Some((node, arc, !up));
            node = parent as usize;
        }
    }

    fn hang(&mut self, node: usize, parent: usize) {
        let first = self.nodes[parent].child;
        self.nodes[node].parent = parent as u32;
        self.nodes[node].next = first;
        self.nodes[node].before = NONE;
        if first != NONE {
            self.nodes[first as usize].before = node as u32;
        }
        self.nodes[parent].child = node as u32;
    }

    fn unhang(&mut self, node: usize) {
        let Node { parent, next, before, .. } = self.nodes[node];
        if before == NONE {
            self.nodes[parent as usize].child = next;
        } else {
            self.nodes[before as usize].next = next;
        }
        if next != NONE {
            self.nodes[next as usize].before = before;
        }
    }

    /// Depths and prices below a node that was hung elsewhere.
    fn settle(&mut self, top: usize, work: &mut u64) {
        let Node { parent, arc, up, .. } = self.nodes[top];
        let (above, price) = (self.price[parent as usize], self.price[top]);
        // The arc's reduced cost must be nothing.
        let cost = self.cost[arc as usize];
        let moved = (if up { above - cost } else { above + cost }) - price;
        self.stack.clear();
        self.stack.push(top as u32);
        while let Some(node) = self.stack.pop() {
            let depth = self.nodes[self.nodes[node as usize].parent as usize].depth + 1;
            self.price[node as usize] += moved;
            let node = &mut self.nodes[node as usize];
            node.depth = depth;
            let mut child = node.child;
            while child != NONE {
                self.stack.push(child);
                child = self.nodes[child as usize].next;
            }
            *work += 2;
        }
    }
}
