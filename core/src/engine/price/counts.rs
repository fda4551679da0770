//! How many sessions of each kind are best? Depth first, kind by kind. The bound of a choice made in part lets the kinds still
//! open sell single seats; it is concave in the count of the next kind, so each is searched from the top down both sides. What
//! is entered is held against a closer bound, of whole sessions, first.

use super::kinds::{Kind, supply};
use super::rounding::Class;
use super::transport::Transport;

/// Arcs of the transportation problem that count as one elementary operation.
const ARCS: u64 = 4;

/// The search for the best counts.
pub(super) struct Search<'a> {
    open: &'a [i64],
    /// By depth: what a unit of each need may gain from kinds still open.
    elsewhere: Vec<Vec<i64>>,
    /// By depth: what sessions of kinds still open may gain by themselves.
    extra: Vec<i64>,
    /// By depth: kinds still open whose seats are counted together.
    classes: Vec<Vec<Class>>,
    transport: &'a mut Transport,
    /// Sessions that are put up: the kind, and how many.
    standing: Vec<(usize, i64)>,
    /// The best choice so far.
    pub(super) best: i64,
    pub(super) best_counts: Vec<i64>,
    counts: Vec<i64>,
    hint: Vec<i64>,
    evaluations: u32,
    /// Evaluations after which it settles for what it has.
    most: u32,
    /// No choice that was not looked at is worth more.
    pub(super) lost: i64,
    /// Elementary operations.
    pub(super) work: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(open: &'a [i64], transport: &'a mut Transport, most: u32) -> Self {
        Search {
            open,
            elsewhere: Vec::new(),
            extra: Vec::new(),
            classes: Vec::new(),
            transport,
            standing: Vec::new(),
            best: 0,
            best_counts: Vec::new(),
            counts: Vec::new(),
            hint: Vec::new(),
            evaluations: 0,
            most,
            lost: 0,
            work: 0,
        }
    }

    /// Searches, from the counts that were best `last` time; kinds that cannot pay are taken out.
    pub(super) fn run(mut self, kinds: &mut Vec<Kind>, last: &[i64]) -> Self {
        self.open(kinds, last);
        self.warm(kinds);
        // A kind whose first session cannot pay, whatever the others do, is out, unless the best choice so far has it.
        let chosen = std::mem::take(&mut self.best_counts);
        let wanted: Vec<bool> = chosen.iter().enumerate().map(|(kind, k)| *k > 0 || self.wanted(kinds, kind)).collect();
        self.best_counts = chosen;
        if wanted.contains(&false) {
            let mut keep = wanted.iter();
            let mut counts = std::mem::take(&mut self.best_counts).into_iter();
            self.best_counts = wanted.iter().filter_map(|w| counts.next().filter(|_| *w)).collect();
            kinds.retain(|_| *keep.next().unwrap_or(&true));
            self.open(kinds, last);
        }
        if !kinds.is_empty() {
            self.classes = Class::by_depth(kinds, self.open.len());
            let most = self.rounded(kinds, i64::MAX);
            if most > self.best {
                self.descend(kinds, 0);
            }
            self.lost = self.lost.min(most);
        }
        self
    }

    /// Lays out what is open at each depth.
    fn open(&mut self, kinds: &[Kind], last: &[i64]) {
        let count = kinds.len();
        let most = |kind: &Kind| kind.sum.len() as i64 - 1;
        self.hint = kinds.iter().map(|k| last.get(k.kind_of).copied().unwrap_or(0).min(most(k))).collect();
        self.elsewhere = vec![vec![0i64; self.open.len()]; count + 1];
        self.extra = vec![0i64; count + 1];
        for depth in (0..count).rev() {
            let kind = &kinds[depth];
            let mut here = self.elsewhere[depth + 1].clone();
            for (need, worth, _) in &kind.guests {
                here[*need] = here[*need].max(worth - kind.share);
            }
            self.elsewhere[depth] = here;
            self.extra[depth] = self.extra[depth + 1] + kind.sum.iter().copied().max().unwrap_or(0).max(0);
        }
    }

    /// Whether a first session of a kind could be part of a better choice.
    fn wanted(&mut self, kinds: &[Kind], kind: usize) -> bool {
        let worth = self.extra[0].saturating_add(kinds[kind].sum[1]);
        self.standing.clear();
        self.standing.push((kind, 1));
        self.sold_singly(kinds, 0).is_some_and(|gain| worth.saturating_add(gain) > self.best)
    }

    /// The bound of the first `counts` with the rest open; exact when nothing is open.
    fn bound(&mut self, kinds: &[Kind]) -> Option<i64> {
        self.evaluations += 1;
        let worth = self.decided(kinds);
        Some(worth.saturating_add(self.sold_singly(kinds, self.counts.len())?))
    }

    /// Puts up the sessions of the first `counts`; what they are worth by themselves, with what others are at best.
    fn decided(&mut self, kinds: &[Kind]) -> i64 {
        let mut worth = self.extra[self.counts.len()];
        self.standing.clear();
        for (number, (kind, k)) in kinds.iter().zip(&self.counts).enumerate() {
            worth = worth.saturating_add(kind.sum[*k as usize]);
            if *k > 0 {
                self.standing.push((number, *k));
            }
        }
        worth
    }

    /// What all units gain at best, in the sessions that are put up or elsewhere at the gains given.
    fn sold(&mut self, kinds: &[Kind], elsewhere: &[i64]) -> Option<i64> {
        self.work += self.standing.iter().map(|(kind, _)| 6 * kinds[*kind].guests.len() as u64 + 4).sum::<u64>();
        let supplies = self.standing.iter().map(|(kind, k)| supply(&kinds[*kind], *k));
        let looked = self.transport.looked;
        let gain = self.transport.best(self.open, elsewhere, supplies);
        self.work += (self.transport.looked - looked) / ARCS;
        let gain = gain?;
        let units = self.open.iter().zip(elsewhere);
        Some(units.fold(gain, |sum, (open, gain)| sum.saturating_add(gain.saturating_mul(*open))))
    }

    /// The same where kinds from a depth on sell single seats.
    fn sold_singly(&mut self, kinds: &[Kind], depth: usize) -> Option<i64> {
        let elsewhere = std::mem::take(&mut self.elsewhere[depth]);
        let gain = self.sold(kinds, &elsewhere);
        self.elsewhere[depth] = elsewhere;
        gain
    }

    /// A bound of the first `counts` for which kinds still open hold whole sessions, if it is below `bound`.
    fn rounded(&mut self, kinds: &[Kind], bound: i64) -> i64 {
        let depth = self.counts.len();
        let classes = std::mem::take(&mut self.classes[depth]);
        self.evaluations += 1;
        let worth = self.decided(kinds);
        let sound = self.sold_singly(kinds, depth);
        let mut least = bound;
        let left = self.transport.left.clone();
        for cases in classes.iter().filter(|_| sound.is_some()).filter_map(|class| class.cases(&left)) {
            let case = |(gains, more): (Vec<i64>, i64)| {
                self.evaluations += 1;
                Some(self.sold(kinds, &gains)?.saturating_add(more))
            };
            let either = cases.into_iter().flatten().filter_map(case).max();
            least = least.min(either.map_or(i64::MIN, |gain| worth.saturating_add(gain)));
        }
        self.classes[depth] = classes;
        least
    }

    /// Starts from what was chosen last time.
    fn warm(&mut self, kinds: &[Kind]) {
        self.best_counts = vec![0; kinds.len()];
        self.counts.clone_from(&self.hint);
        if self.counts.iter().any(|c| *c > 0)
            && let Some(value) = self.bound(kinds)
            && value > self.best
        {
            self.best = value;
            self.best_counts.clone_from(&self.counts);
        }
        self.counts.clear();
    }

    fn try_count(&mut self, kinds: &[Kind], k: i64) -> Option<i64> {
        self.counts.push(k);
        let bound = self.bound(kinds);
        self.counts.pop();
        bound
    }

    fn descend(&mut self, kinds: &[Kind], depth: usize) {
        let last = depth + 1 == kinds.len();
        let most = kinds[depth].sum.len() as i64 - 1;
        // Climb to the top of a concave function.
        let mut k = self.hint[depth].min(most);
        let mut top = self.try_count(kinds, k);
        while top.is_none() && k > 0 {
            k -= 1;
            top = self.try_count(kinds, k);
        }
        let Some(mut height) = top else { return };
        let mut above = None;
        let mut below = None;
        let mut moved = 0;
        loop {
            if moved >= 0 && k < most {
                above = self.try_count(kinds, k + 1);
                if let Some(higher) = above.filter(|a| *a > height) {
                    below = Some(height);
                    (k, height, moved) = (k + 1, higher, 1);
                    continue;
                }
            }
            if moved <= 0 && k > 0 {
                below = self.try_count(kinds, k - 1);
                if let Some(higher) = below.filter(|b| *b > height) {
                    above = Some(height);
                    (k, height, moved) = (k - 1, higher, -1);
                    continue;
                }
            }
            break;
        }
        if k == most {
            above = None;
        }
        if k == 0 {
            below = None;
        }
        self.enter(kinds, depth, k, height, last);
        if last {
            return;
        }
        let (mut up, mut down) = ((k + 1, above), (k - 1, below));
        loop {
            let next = match (up.1, down.1) {
                (Some(a), Some(b)) if a >= b => (true, a),
                (_, Some(b)) => (false, b),
                (Some(a), None) => (true, a),
                (None, None) => return,
            };
            let hopeless = if self.evaluations > self.most { self.best.max(self.lost) } else { self.best };
            if next.1 <= hopeless {
                return;
            }
            if next.0 {
                self.enter(kinds, depth, up.0, next.1, last);
                up = (up.0 + 1, if up.0 < most { self.try_count(kinds, up.0 + 1) } else { None });
            } else {
                self.enter(kinds, depth, down.0, next.1, last);
                down = (down.0 - 1, if down.0 > 0 { self.try_count(kinds, down.0 - 1) } else { None });
            }
        }
    }

    fn enter(&mut self, kinds: &[Kind], depth: usize, k: i64, height: i64, last: bool) {
        if height <= self.best {
            return;
        }
        if last {
            self.best = height;
            self.best_counts.clone_from(&self.counts);
            self.best_counts.push(k);
            return;
        }
        self.counts.push(k);
        let height = self.rounded(kinds, height);
        if height > self.best {
            if self.evaluations > self.most {
                self.lost = self.lost.max(height);
            } else {
                self.descend(kinds, depth + 1);
            }
        }
        self.counts.pop();
    }
}

#[cfg(test)]
mod tests;
