//! A tiny transportation problem: needs on one side, the seats of a few kinds of sessions on the other.
//!
//! Successive best paths: after each augmentation the flow is best for its amount, so the first path that gains nothing
//! ends it. Source: Busacker & Gowen (1960).

/// Sessions of one kind that stand.
#[derive(Clone, Debug, Default)]
pub struct Supply {
    /// Seats in all.
    pub seats: i64,
    /// Seats that must be taken.
    pub least: i64,
    /// (need, gain of one unit, units at most).
    pub arcs: Vec<(usize, i64, i64)>,
}

/// Buffers kept between calls.
#[derive(Default)]
pub struct Transport {
    /// Units of each need that no supply serves.
    pub left: Vec<i64>,
    at_need: Vec<i64>,
    to_need: Vec<u32>,
    at_supply: Vec<i64>,
    to_supply: Vec<u32>,
    taken: Vec<i64>,
    /// Units by supply, in the order of its arcs.
    pub flow: Vec<Vec<i64>>,
}

const NOWHERE: i64 = i64::MIN / 4;

impl Transport {
    /// The greatest gain of serving `open` units of each need from the supplies; `None` if a supply cannot take its
    /// least. `base` is taken off every gain of a need.
    pub fn best(&mut self, open: &[i64], base: &[i64], supplies: &[Supply]) -> Option<i64> {
        self.left.clear();
        self.left.extend_from_slice(open);
        self.taken.clear();
        self.taken.resize(supplies.len(), 0);
        self.flow.resize_with(supplies.len().max(self.flow.len()), Vec::new);
        for (flow, supply) in self.flow.iter_mut().zip(supplies) {
            flow.clear();
            flow.resize(supply.arcs.len(), 0);
        }
        if let [only] = supplies {
            return self.one(base, only);
        }
        let mut gain = 0i64;
        loop {
            match self.path(base, supplies) {
                Some((end, amount, worth)) => {
                    gain = gain.saturating_add(worth.saturating_mul(amount));
                    self.taken[end] += amount;
                }
                None => {
                    let short = supplies.iter().zip(&self.taken).any(|(s, t)| *t < s.least);
                    return (!short).then_some(gain);
                }
            }
        }
    }

    /// One supply: the best arcs first.
    fn one(&mut self, base: &[i64], supply: &Supply) -> Option<i64> {
        let mut order: Vec<usize> = (0..supply.arcs.len()).collect();
        order.sort_by_key(|a| (base[supply.arcs[*a].0] - supply.arcs[*a].1, *a));
        let mut gain = 0i64;
        for arc in order {
            let (need, worth, most) = supply.arcs[arc];
            let worth = worth - base[need];
            let wanted = if worth > 0 { supply.seats } else { supply.least } - self.taken[0];
            let units = most.min(self.left[need]).min(wanted);
            if wanted <= 0 {
                break;
            }
            if units <= 0 {
                continue;
            }
            self.flow[0][arc] = units;
            self.left[need] -= units;
            self.taken[0] += units;
            gain = gain.saturating_add(worth.saturating_mul(units));
        }
        (self.taken[0] >= supply.least).then_some(gain)
    }

    /// Finds the best path in the residual graph and sends along it what it carries: (supply it ends in, units, worth).
    fn path(&mut self, base: &[i64], supplies: &[Supply]) -> Option<(usize, i64, i64)> {
        self.at_need.clear();
        self.at_need.extend(self.left.iter().map(|l| if *l > 0 { 0 } else { NOWHERE }));
        self.to_need.clear();
        self.to_need.resize(self.left.len(), u32::MAX);
        self.at_supply.clear();
        self.at_supply.resize(supplies.len(), NOWHERE);
        self.to_supply.clear();
        self.to_supply.resize(supplies.len(), u32::MAX);
        for _ in 0..=self.left.len() + supplies.len() {
            let mut moved = false;
            for (s, supply) in supplies.iter().enumerate() {
                for (a, &(need, worth, most)) in supply.arcs.iter().enumerate() {
                    let flow = self.flow[s][a];
                    let worth = worth - base[need];
                    if self.at_need[need] > NOWHERE && flow < most && self.at_need[need] + worth > self.at_supply[s] {
                        self.at_supply[s] = self.at_need[need] + worth;
                        self.to_supply[s] = a as u32;
                        moved = true;
                    }
                }
                if self.at_supply[s] == NOWHERE {
                    continue;
                }
                for (a, &(need, worth, _)) in supply.arcs.iter().enumerate() {
                    let back = self.at_supply[s] - (worth - base[need]);
                    if self.flow[s][a] > 0 && back > self.at_need[need] {
                        self.at_need[need] = back;
                        self.to_need[need] = s as u32;
                        moved = true;
                    }
                }
            }
            if !moved {
                break;
            }
        }
        // A supply below its least comes first, whatever it costs.
        let end = (0..supplies.len())
            .filter(|&s| {
                let below = self.taken[s] < supplies[s].least;
                self.at_supply[s] > NOWHERE && (below || (self.at_supply[s] > 0 && self.taken[s] < supplies[s].seats))
            })
            .max_by_key(|&s| (self.taken[s] < supplies[s].least, self.at_supply[s], usize::MAX - s))?;
        let worth = self.at_supply[end];
        let most = if self.taken[end] < supplies[end].least { supplies[end].least } else { supplies[end].seats };
        let mut amount = most - self.taken[end];
        // Walk back once for the amount, once to send it.
        for send in [false, true] {
            let mut supply = end;
            for _ in 0..=supplies.len() {
                let arc = self.to_supply[supply] as usize;
                let (need, _, limit) = supplies[supply].arcs[arc];
                if send {
                    self.flow[supply][arc] += amount;
                } else {
                    amount = amount.min(limit - self.flow[supply][arc]);
                }
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
                let back = supplies[supply].arcs.iter().position(|a| a.0 == need)?;
                if send {
                    self.flow[supply][back] -= amount;
                } else {
                    amount = amount.min(self.flow[supply][back]);
                }
            }
        }
        (amount > 0).then_some((end, amount, worth))
    }
}
