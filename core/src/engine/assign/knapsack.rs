//! The knapsack of one agent, exactly, with what it comes to when an item is forced in or out.
//!
//! Dynamic programming over capacity, one row an item (Bellman 1957); a first part from the front and a second from the
//! back meet around the item that is forced (Posta, Ferland & Michelon 2012).

use std::ops::Add;

/// Sums up to this are added up in 32 bits, which takes half the time.
const NARROW: i64 = i32::MAX as i64 / 2;

/// Tables to be used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    narrow: Table<i32>,
    wide: Table<i64>,
    /// Whether the narrow one was used last.
    is_narrow: bool,
}

/// An item worth taking: what it is worth (above 0) and what it weighs (at most the capacity).
pub(super) type Entry = (i64, u32);

/// The best choice from some items.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed {
    /// What it is worth.
    pub(super) value: i64,
    /// Which items are taken.
    pub(super) taken: Vec<bool>,
    /// What is lost when an item is forced the other way: out if it is taken, in if it is not. Empty unless asked for.
    pub(super) losses: Vec<i64>,
    /// Elementary operations.
    pub(super) work: u64,
}

impl Tables {
    /// Solves a knapsack; `forced` asks for the losses as well.
    pub(super) fn pack(&mut self, entries: &[Entry], capacity: u32, forced: bool, packed: &mut Packed) {
        let sum = entries.iter().fold(0i64, |sum, e| sum.saturating_add(e.0));
        self.is_narrow = sum <= NARROW;
        if self.is_narrow {
            self.narrow.pack(entries, capacity as usize, forced, packed);
        } else {
            self.wide.pack(entries, capacity as usize, forced, packed);
        }
    }

    /// The best value within a smaller capacity, of the items packed last.
    pub(super) fn within(&self, capacity: u32) -> i64 {
        let capacity = capacity as usize;
        if self.is_narrow { self.narrow.within(capacity) } else { self.wide.within(capacity) }
    }
}

/// Rows of best values by capacity, each with one item more.
#[derive(Clone, Debug, Default)]
struct Table<N> {
    rows: Vec<N>,
    width: usize,
    last: usize,
    /// Best values of the items behind, from the whole capacity down.
    back: Vec<N>,
    next: Vec<N>,
}

trait Number: Copy + PartialOrd + Default + Add<Output = Self> {
    fn narrow(value: i64) -> Self;
    fn widen(self) -> i64;
}

impl Number for i32 {
    fn narrow(value: i64) -> Self {
        value as i32
    }
    fn widen(self) -> i64 {
        i64::from(self)
    }
}

impl Number for i64 {
    fn narrow(value: i64) -> Self {
        value
    }
    fn widen(self) -> i64 {
        self
    }
}

fn larger<N: Number>(a: N, b: N) -> N {
    if a > b { a } else { b }
}

impl<N: Number> Table<N> {
    fn pack(&mut self, entries: &[Entry], capacity: usize, forced: bool, packed: &mut Packed) {
        let width = capacity + 1;
        self.width = width;
        self.last = entries.len() * width;
        if self.rows.len() < self.last + width {
            self.rows.resize(self.last + width, N::default());
        }
        self.rows[..width].fill(N::default());
        for (index, &(value, weight)) in entries.iter().enumerate() {
            let (before, after) = self.rows[index * width..(index + 2) * width].split_at_mut(width);
            let (value, weight) = (N::narrow(value), weight as usize);
            after[..weight].copy_from_slice(&before[..weight]);
            let pairs = before[weight..].iter().zip(before.iter());
            for (best, (without, with)) in after[weight..].iter_mut().zip(pairs) {
                *best = larger(*without, *with + value);
            }
        }
        packed.value = self.within(capacity);
        packed.taken.clear();
        packed.taken.resize(entries.len(), false);
        packed.losses.clear();
        let mut at = capacity;
        for (index, &(_, weight)) in entries.iter().enumerate().rev() {
            if self.rows[(index + 1) * width + at] > self.rows[index * width + at] {
                packed.taken[index] = true;
                at -= weight as usize;
            }
        }
        packed.work = (entries.len() * width) as u64;
        if forced {
            self.force(entries, packed);
            packed.work *= 3;
        }
    }

    fn within(&self, capacity: usize) -> i64 {
        self.rows[self.last + capacity].widen()
    }

    fn force(&mut self, entries: &[Entry], packed: &mut Packed) {
        let width = self.width;
        packed.losses.resize(entries.len(), 0);
        self.back.clear();
        self.back.resize(width, N::default());
        self.next.clear();
        self.next.resize(width, N::default());
        for (index, &(worth, weight)) in entries.iter().enumerate().rev() {
            let front = &self.rows[index * width..(index + 1) * width];
            let (value, weight) = (N::narrow(worth), weight as usize);
            let shift = if packed.taken[index] { 0 } else { weight };
            let pairs = front.iter().zip(&self.back[shift..]);
            let best = pairs.fold(N::default(), |best, (a, b)| larger(best, *a + *b)).widen();
            let other = if packed.taken[index] { best } else { best + worth };
            packed.losses[index] = packed.value - other;
            // From the whole capacity down: a place further on is as much less capacity.
            let kept = width - weight;
            for ((next, without), with) in self.next[..kept].iter_mut().zip(&self.back).zip(&self.back[weight..]) {
                *next = larger(*without, *with + value);
            }
            self.next[kept..].copy_from_slice(&self.back[kept..]);
            std::mem::swap(&mut self.back, &mut self.next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Packed, Tables};

    /// The best value by trying every choice, with one item in or out.
    fn best(entries: &[Entry], capacity: u32, forced: Option<(usize, bool)>) -> i64 {
        (0u32..1 << entries.len())
            .filter(|choice| forced.is_none_or(|(item, inside)| (choice >> item & 1 == 1) == inside))
            .filter_map(|choice| {
                let chosen = || entries.iter().enumerate().filter(move |(i, _)| choice >> i & 1 == 1).map(|e| e.1);
                (chosen().map(|e| e.1).sum::<u32>() <= capacity).then(|| chosen().map(|e| e.0).sum())
            })
            .max()
            .unwrap_or(i64::MIN)
    }

    #[test]
    fn values_and_losses_are_those_of_every_choice() {
        let mut random = crate::engine::random::Random::new(3);
        let mut tables = Tables::default();
        let mut packed = Packed::default();
        for round in 0..300 {
            let scale = if round % 3 == 0 { 1 << 33 } else { 1 };
            let capacity = random.below(30) as u32;
            let entries: Vec<Entry> = (0..random.below(9))
                .map(|_| (scale * (1 + random.below(20) as i64), random.below(u64::from(capacity) + 1) as u32))
                .collect();
            tables.pack(&entries, capacity, true, &mut packed);
            assert_eq!(packed.value, best(&entries, capacity, None));
            let chosen = entries.iter().zip(&packed.taken).filter(|e| *e.1).map(|e| *e.0);
            let (value, weight) = chosen.fold((0, 0), |sum, e| (sum.0 + e.0, sum.1 + e.1));
            assert!(value == packed.value && weight <= capacity);
            for (item, taken) in packed.taken.iter().enumerate() {
                let other = best(&entries, capacity, Some((item, !taken)));
                assert_eq!(packed.losses[item], packed.value - other, "{entries:?} {capacity} {item}");
            }
            for less in 0..capacity {
                assert_eq!(tables.within(less), best(&entries, less, None));
            }
        }
    }
}
