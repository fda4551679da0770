//! One block at given prices: which sessions does it want, and for whom? Solved exactly as an integer problem.
//!
//! Sessions of one kind differ only in their price, so the best `k` of a kind are its `k` cheapest, and the block is:
//! choose `k` for each kind, then fill the seats (a transportation problem).

use super::counts::Search;
use super::frame::{Block, Frame, PricedSlot, SessionType};
use super::kinds::{Kind, kinds, promise, supply, undominated};
use super::knapsack::knapsack_slot;
use super::transport::Transport;

/// Bounds a block may evaluate in one round before it settles for what it has: at first, at most, and by what they grow.
const FIRST_EVALUATIONS: u32 = 400;
const MOST_EVALUATIONS: u32 = 12_000;
const MORE_EVALUATIONS: u32 = 4;
/// Prices beyond this close a column.
pub(super) const CLOSED: i64 = -(1 << 57);

/// What a block answers.
#[derive(Default)]
pub struct Answer {
    /// No choice is worth more.
    pub bound: i64,
    /// What the choice is worth: less than the bound where the block was given up.
    pub worth: i64,
    /// Chosen columns with their amounts, spread over choices that are nearly as good.
    pub chosen: Vec<(u32, f64)>,
    /// What they use of priced rows.
    pub activity: Vec<(u32, f64)>,
    /// Whether the block was too large to be solved to its end, so that the bound is above what it can have.
    pub given_up: bool,
    /// Sessions chosen.
    pub sessions: i64,
    /// The same choice in whole sessions, where nothing was spread.
    pub wishes: Vec<Wish>,
    /// Elementary operations.
    pub work: u64,
}

/// Sessions of one type that a block asks for, and whom they serve.
pub struct Wish {
    /// The type within the block.
    pub of_type: u32,
    /// A slot for each session.
    pub slots: Vec<u32>,
    /// Units of each guest in all of them together.
    pub units: Vec<i64>,
}

/// What columns are worth after prices, and how sharply the cheapest is preferred.
pub struct Prices<'a> {
    /// What each column is worth after prices, in units of `2^-bits` of the objective.
    pub net: &'a [i64],
    /// Choices this much worse than the best get no share of what is reported as chosen; the bound knows only the best.
    pub softness: i64,
}

impl Prices<'_> {
    /// What a column is worth after prices.
    pub(super) fn net(&self, column: u32) -> i64 {
        self.net[column as usize]
    }

    /// How much a choice counts beside the best one, 0 to 1.
    fn share(&self, best: i64, worth: i64) -> f64 {
        if worth >= best {
            return 1.0;
        }
        let behind = best.saturating_sub(worth);
        if behind >= self.softness { 0.0 } else { 1.0 - behind as f64 / self.softness as f64 }
    }
}

/// A block's memory between rounds, and its buffers.
pub struct Solver {
    last: Vec<i64>,
    transport: Transport,
    /// Bounds it may evaluate in one round.
    evaluations: u32,
    /// Whether it was not solved to its end last time.
    pub given_up: bool,
}

impl Default for Solver {
    fn default() -> Self {
        let transport = Transport::default();
        Solver { last: Vec::new(), transport, evaluations: FIRST_EVALUATIONS, given_up: false }
    }
}

impl Solver {
    /// Lets it look as long as it may.
    pub fn look_long(&mut self) {
        self.evaluations = MOST_EVALUATIONS;
    }

    /// Allows a block that was given up last more evaluations; whether it has been and can be allowed more.
    pub fn look_longer(&mut self) -> bool {
        let longer = self.given_up && self.evaluations < MOST_EVALUATIONS;
        if longer {
            self.evaluations = (self.evaluations * MORE_EVALUATIONS).min(MOST_EVALUATIONS);
        }
        longer
    }

    /// Solves a block.
    pub fn solve(&mut self, block: &Block, frame: &Frame, prices: &Prices) -> Answer {
        let mut answer = Answer::default();
        if let [SessionType { knapsack: Some(knapsack), .. }] = &block.types[..] {
            knapsack_slot(&block.types[0], knapsack, frame, prices, &mut answer);
            return answer;
        }
        let mut kinds = kinds(block, frame, prices, &mut answer.work);
        kinds.sort_by_key(|k| (std::cmp::Reverse(promise(k, &block.open)), k.kind_of));
        kinds = undominated(kinds);
        let search = Search::new(&block.open, &mut self.transport, self.evaluations).run(&mut kinds, &self.last);
        answer.worth = search.best;
        answer.bound = search.best.max(search.lost);
        answer.given_up = search.lost > search.best;
        self.given_up = answer.given_up;
        answer.work += search.work;
        let counts = search.best_counts;
        self.last.clear();
        self.last.resize(block.types.len() * 2, 0);
        for (kind, k) in kinds.iter().zip(&counts) {
            if kind.kind_of < self.last.len() {
                self.last[kind.kind_of] += k;
            }
        }
        self.choose(block, frame, prices, &kinds, &counts, &mut answer);
        answer
    }

    /// Writes down the chosen columns and what they use.
    fn choose(
        &mut self,
        block: &Block,
        frame: &Frame,
        prices: &Prices,
        kinds: &[Kind],
        counts: &[i64],
        answer: &mut Answer,
    ) {
        let standing: Vec<usize> = (0..kinds.len()).filter(|k| counts[*k] > 0).collect();
        if standing.is_empty() {
            return;
        }
        let supplies = standing.iter().map(|k| supply(&kinds[*k], counts[*k]));
        let base = vec![0; block.open.len()];
        if self.transport.best(&block.open, &base, supplies).is_none() {
            return;
        }
        for (position, &k) in standing.iter().enumerate() {
            let kind = &kinds[k];
            let flow: Vec<i64> = self.transport.flow(position).collect();
            let count = counts[k];
            answer.sessions += count;
            let best = kind.sum[1];
            let weights: Vec<f64> =
                kind.slots.iter().map(|s| prices.share(best, s.2) * (s.1 as f64).min(count as f64)).collect();
            let whole: f64 = weights.iter().sum();
            if prices.softness == 0 {
                let each = kind.slots.iter().flat_map(|(slot, many, _)| (0..*many).map(|_| *slot));
                answer.wishes.push(Wish {
                    of_type: (kind.kind_of % block.types.len()) as u32,
                    slots: each.take(count as usize).collect(),
                    units: flow.clone(),
                });
            }
            let mut left = count;
            for (&(slot, many, _), weight) in kind.slots.iter().zip(weights) {
                let here = if prices.softness > 0 { count as f64 * weight / whole } else { left.min(many) as f64 };
                left -= left.min(many);
                if here <= 0.0 {
                    continue;
                }
                let slot = &frame.slots[slot as usize];
                answer.chosen.push((slot.held, here));
                staff(slot, prices, here, &mut answer.chosen);
                for (guest, units) in flow.iter().enumerate().filter(|f| *f.1 > 0) {
                    let (column, scale, _) = slot.units[guest];
                    answer.chosen.push((column, *units as f64 * here / count as f64 / scale as f64));
                }
            }
        }
        use_of(frame, &answer.chosen, &mut answer.activity);
    }
}

/// Members and rooms of so many sessions of a slot, spread over those that cost nearly the least.
pub(super) fn staff(slot: &PricedSlot, prices: &Prices, sessions: f64, chosen: &mut Vec<(u32, f64)>) {
    for (members, who) in &slot.posts {
        let mut last = CLOSED;
        cheapest(*members, who, prices, &mut |column, n| {
            last = prices.net(column);
            if prices.softness == 0 {
                chosen.push((column, n as f64 * sessions));
            }
        });
        if prices.softness > 0 {
            let share = |(column, most): &(u32, i64)| prices.share(last, prices.net(*column)) * *most as f64;
            let whole: f64 = who.iter().map(share).sum();
            let part = *members as f64 * sessions / whole.max(1e-9);
            chosen.extend(who.iter().map(|w| (w.0, share(w) * part)).filter(|c| c.1 > 0.0));
        }
    }
    if let Some((best, room)) = best_room(slot, prices) {
        if prices.softness == 0 {
            chosen.push((room, sessions));
        } else {
            let share = |room: &u32| prices.share(best, prices.net(*room));
            let whole: f64 = slot.rooms.iter().map(share).sum();
            chosen.extend(slot.rooms.iter().map(|r| (*r, share(r) * sessions / whole)).filter(|c| c.1 > 0.0));
        }
    }
}

/// What columns use of priced rows, summed by row.
pub fn use_of(frame: &Frame, chosen: &[(u32, f64)], activity: &mut Vec<(u32, f64)>) {
    for (column, amount) in chosen {
        activity.extend(frame.entries.of(*column as usize).iter().map(|(row, value)| (*row, *value as f64 * amount)));
    }
    activity.sort_by_key(|a| a.0);
    activity.dedup_by(|next, sum| {
        let same = next.0 == sum.0;
        if same {
            sum.1 += next.1;
        }
        same
    });
}

/// What a session of a slot is worth by itself: its own price, its members', its room's.
pub(super) fn session_worth(slot: &PricedSlot, prices: &Prices) -> i64 {
    let mut worth = prices.net(slot.held);
    for (members, who) in &slot.posts {
        let mut sum = 0i64;
        cheapest(*members, who, prices, &mut |column, n| {
            sum = sum.saturating_add(prices.net(column).saturating_mul(n));
        });
        worth = worth.saturating_add(sum);
    }
    if let Some((room, _)) = best_room(slot, prices) {
        worth = worth.saturating_add(room);
    }
    worth.max(CLOSED)
}

/// The members of a post that cost least: (column, how many).
fn cheapest(mut members: i64, who: &[(u32, i64)], prices: &Prices, take: &mut dyn FnMut(u32, i64)) {
    if let [(column, most)] = who {
        take(*column, members.min(*most));
        return;
    }
    let mut order: Vec<(i64, u32, i64)> =
        who.iter().map(|(column, most)| (-prices.net(*column), *column, *most)).collect();
    let mut from = 0;
    while members > 0 && from < order.len() {
        let Some(next) = (from..order.len()).min_by_key(|i| order[*i]) else { return };
        order.swap(from, next);
        let n = members.min(order[from].2);
        take(order[from].1, n);
        members -= n;
        from += 1;
    }
}

fn best_room(slot: &PricedSlot, prices: &Prices) -> Option<(i64, u32)> {
    slot.rooms.iter().map(|r| (prices.net(*r), *r)).max_by_key(|r| (r.0, u32::MAX - r.1))
}
