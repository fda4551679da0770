//! A tiny transportation problem: needs on one side, the seats of a few kinds of sessions on the other.
//!
//! Successive best paths: after each augmentation the flow is best for its amount, so the first path that gains nothing
//! ends it. Source: Busacker & Gowen (1960).

/// Sessions of one kind that stand.
#[derive(Clone, Copy, Debug)]
pub struct Supply<'a> {
    /// How many.
    pub sessions: i64,
    /// Seats of all.
    pub seats: i64,
    /// Seats of all that must be taken.
    pub least: i64,
    /// (need, gain of one unit, units at most in a session).
    pub guests: &'a [(usize, i64, i64)],
}

/// An arc from a need to the seats of a supply.
struct Arc {
    need: usize,
    /// The gain of a unit.
    worth: i64,
    most: i64,
    flow: i64,
}

/// Buffers kept between calls.
#[derive(Default)]
pub struct Transport {
    /// Units of each need that no supply serves.
    pub left: Vec<i64>,
    /// Arcs, supply by supply, and where those of each supply begin.
    arcs: Vec<Arc>,
    starts: Vec<usize>,
    /// Seats of each supply that must be taken, and seats in all.
    seats: Vec<(i64, i64)>,
    at_need: Vec<i64>,
    to_need: Vec<u32>,
    at_supply: Vec<i64>,
    to_supply: Vec<u32>,
    taken: Vec<i64>,
    /// Arcs looked at so far.
    pub looked: u64,
}

const NOWHERE: i64 = i64::MIN / 4;

impl Transport {
    /// The greatest gain of serving `open` units of each need from the supplies; `None` if a supply cannot take its
    /// least. `base` is taken off every gain of a need.
    pub fn best<'a>(&mut self, open: &[i64], base: &[i64], supplies: impl Iterator<Item = Supply<'a>>) -> Option<i64> {
        self.left.clear();
        self.left.extend_from_slice(open);
        self.arcs.clear();
        self.seats.clear();
        self.starts.clear();
        self.starts.push(0);
        for supply in supplies {
            let arc = |&(need, worth, cap): &(usize, i64, i64)| {
                let most = cap.saturating_mul(supply.sessions);
                Arc { need, worth: worth - base[need], most, flow: 0 }
            };
            self.arcs.extend(supply.guests.iter().map(arc));
            self.starts.push(self.arcs.len());
            self.seats.push((supply.least, supply.seats));
        }
        self.taken.clear();
        self.taken.resize(self.seats.len(), 0);
        if let [(least, seats)] = self.seats[..] {
            return self.one(least, seats);
        }
        let mut gain = 0i64;
        while let Some((end, amount, worth)) = self.path() {
            gain = gain.saturating_add(worth.saturating_mul(amount));
            self.taken[end] += amount;
        }
        let short = self.seats.iter().zip(&self.taken).any(|((least, _), taken)| taken < least);
        (!short).then_some(gain)
    }

    /// Units that a supply takes, in the order of its arcs.
    pub fn flow(&self, supply: usize) -> impl Iterator<Item = i64> + '_ {
        self.arcs[self.starts[supply]..self.starts[supply + 1]].iter().map(|arc| arc.flow)
    }

    /// One supply: the best arcs first.
    fn one(&mut self, least: i64, seats: i64) -> Option<i64> {
        let mut order: Vec<usize> = (0..self.arcs.len()).collect();
        order.sort_by_key(|a| (-self.arcs[*a].worth, *a));
        let mut gain = 0i64;
        for arc in order {
            let arc = &mut self.arcs[arc];
            let wanted = if arc.worth > 0 { seats } else { least } - self.taken[0];
            let units = arc.most.min(self.left[arc.need]).min(wanted);
            if wanted <= 0 {
                break;
            }
            if units <= 0 {
                continue;
            }
            arc.flow = units;
            self.left[arc.need] -= units;
            self.taken[0] += units;
            gain = gain.saturating_add(arc.worth.saturating_mul(units));
        }
        (self.taken[0] >= least).then_some(gain)
    }

    /// Finds the best path in the residual graph and sends along it what it carries: (supply it ends in, units, worth).
    fn path(&mut self) -> Option<(usize, i64, i64)> {
        let supplies = self.seats.len();
        self.at_need.clear();
        self.at_need.extend(self.left.iter().map(|l| if *l > 0 { 0 } else { NOWHERE }));
        self.to_need.clear();
        self.to_need.resize(self.left.len(), u32::MAX);
        self.at_supply.clear();
        self.at_supply.resize(supplies, NOWHERE);
        self.to_supply.clear();
        self.to_supply.resize(supplies, u32::MAX);
        for _ in 0..=self.left.len() + supplies {
            if !self.sweep() {
                break;
            }
        }
        // A supply below its least comes first, whatever it costs.
        let below = |s: usize| self.taken[s] < self.seats[s].0;
        let end = (0..supplies)
            .filter(|&s| {
                let pays = self.at_supply[s] > 0 && self.taken[s] < self.seats[s].1;
                self.at_supply[s] > NOWHERE && (below(s) || pays)
            })
            .max_by_key(|&s| (below(s), self.at_supply[s], usize::MAX - s))?;
        let worth = self.at_supply[end];
        let most = if below(end) { self.seats[end].0 } else { self.seats[end].1 };
        let mut amount = most - self.taken[end];
        // Walk back once for the amount, once to send it.
        for send in [false, true] {
            let mut supply = end;
            for _ in 0..=supplies {
                let arc = &mut self.arcs[self.starts[supply] + self.to_supply[supply] as usize];
                if send {
                    arc.flow += amount;
                } else {
                    amount = amount.min(arc.most - arc.flow);
                }
                let need = arc.need;
                let from = self.to_need[need];
                if from == u32::MAX {
                    if send {
                        self.left[need] -= amount;
                    } else {
                        amount = amount.min(self.left[need]);
                    }
                    break;
                }
                supply = from as usize;
                let arcs = &mut self.arcs[self.starts[supply]..self.starts[supply + 1]];
                let back = arcs.iter_mut().find(|arc| arc.need == need)?;
                if send {
                    back.flow -= amount;
                } else {
                    amount = amount.min(back.flow);
                }
            }
        }
        (amount > 0).then_some((end, amount, worth))
    }

    /// Looks once at every arc, both ways; whether a need is reached at a better gain, so that supplies may be too.
    fn sweep(&mut self) -> bool {
        self.looked += self.arcs.len() as u64;
        let mut moved = false;
        let ends = self.starts.windows(2).map(|ends| &self.arcs[ends[0]..ends[1]]);
        let reached = self.at_supply.iter_mut().zip(&mut self.to_supply);
        for (supply, (arcs, (here, to))) in ends.zip(reached).enumerate() {
            for (number, arc) in arcs.iter().enumerate() {
                let from = self.at_need[arc.need];
                if from > NOWHERE && arc.flow < arc.most && from + arc.worth > *here {
                    *here = from + arc.worth;
                    *to = number as u32;
                }
            }
            if *here == NOWHERE {
                continue;
            }
            for arc in arcs.iter().filter(|arc| arc.flow > 0) {
                let back = *here - arc.worth;
                if back > self.at_need[arc.need] {
                    self.at_need[arc.need] = back;
                    self.to_need[arc.need] = supply as u32;
                    moved = true;
                }
            }
        }
        moved
    }
}
