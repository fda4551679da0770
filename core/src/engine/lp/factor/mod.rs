//! The basis matrix as sparse factors: LU with Forrest–Tomlin updates.
//!
//! Rows name everything: after [`Factor::build`] the basic variable pivoted
//! in row `i` stands at position `i`, so right-hand sides and solutions share
//! one index space and no permutation is applied anywhere.
//!
//! B = L · R₁⁻¹ … Rₖ⁻¹ · U, where the Rs are the row operations of the updates.
//! Sources: Suhl & Suhl 1990 (Markowitz search), Forrest & Tomlin 1972,
//! Gilbert & Peierls 1988 (solves that touch only what becomes non-zero).

mod build;
mod kernel;
mod solve;
mod update;

use super::vector::Sparse;

/// Adjacency lists that can grow, one a row.
#[derive(Clone, Debug, Default)]
struct Lists {
    start: Vec<u32>,
    length: Vec<u32>,
    room: Vec<u32>,
    index: Vec<u32>,
    value: Vec<f64>,
}

impl Lists {
    fn reset(&mut self, lists: usize) {
        for part in [&mut self.start, &mut self.length, &mut self.room] {
            part.clear();
            part.resize(lists, 0);
        }
        self.index.clear();
        self.value.clear();
    }

    fn range(&self, list: usize) -> std::ops::Range<usize> {
        let start = self.start[list] as usize;
        start..start + self.length[list] as usize
    }

    /// Starts `list` afresh at the end of the store; `push_last` fills it.
    fn open(&mut self, list: usize) {
        self.start[list] = self.index.len() as u32;
        self.length[list] = 0;
        self.room[list] = 0;
    }

    /// Appends to the list that was opened last.
    fn push_last(&mut self, list: usize, index: usize, value: f64) {
        self.index.push(index as u32);
        self.value.push(value);
        self.length[list] += 1;
        self.room[list] += 1;
    }

    /// Appends to any list, moving it to the end of the store when it is full.
    fn push(&mut self, list: usize, index: usize, value: f64) {
        if self.length[list] == self.room[list] {
            let range = self.range(list);
            let room = self.room[list] * 2 + 4;
            self.start[list] = self.index.len() as u32;
            self.room[list] = room;
            self.index.extend_from_within(range.clone());
            self.value.extend_from_within(range);
            let end = self.start[list] as usize + room as usize;
            self.index.resize(end, 0);
            self.value.resize(end, 0.0);
        }
        let place = self.start[list] as usize + self.length[list] as usize;
        self.index[place] = index as u32;
        self.value[place] = value;
        self.length[list] += 1;
    }

    /// Removes the entry `index` of a list, if it is there.
    fn remove(&mut self, list: usize, index: usize) {
        let range = self.range(list);
        let Some(found) = self.index[range.clone()].iter().position(|&other| other as usize == index) else {
            return;
        };
        let (place, last) = (range.start + found, range.end - 1);
        self.index.swap(place, last);
        self.value.swap(place, last);
        self.length[list] -= 1;
    }

    /// Fills with the transposed of `other`, leaving each list some slack.
    fn transpose(&mut self, other: &Lists, slack: u32) {
        let lists = other.start.len();
        self.reset(lists);
        for list in 0..lists {
            for place in other.range(list) {
                self.room[other.index[place] as usize] += 1;
            }
        }
        let mut start = 0;
        for list in 0..lists {
            self.start[list] = start;
            self.room[list] += slack;
            start += self.room[list];
        }
        self.index.resize(start as usize, 0);
        self.value.resize(start as usize, 0.0);
        for list in 0..lists {
            for place in other.range(list) {
                let target = other.index[place] as usize;
                let at = (self.start[target] + self.length[target]) as usize;
                self.index[at] = list as u32;
                self.value[at] = other.value[place];
                self.length[target] += 1;
            }
        }
    }
}

/// A vector saved between two stages of a solve, for the next update.
#[derive(Clone, Debug, Default)]
struct Packed {
    index: Vec<u32>,
    value: Vec<f64>,
}

impl Packed {
    fn save(&mut self, vector: &Sparse) {
        self.index.clear();
        self.value.clear();
        for (place, value) in vector.entries() {
            if value.abs() >= super::vector::TINY {
                self.index.push(place as u32);
                self.value.push(value);
            }
        }
    }
}

/// Marks and stacks of the sparse solves.
#[derive(Clone, Debug, Default)]
struct Search {
    seen: Vec<bool>,
    stack: Vec<(u32, u32)>,
    found: Vec<u32>,
}

/// A place in `Factor::order` whose pivot has moved to the end.
const GONE: u32 = u32::MAX;

/// The factors of the current basis.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    rows: usize,
    /// Rows in the order of elimination, for L.
    pivots: Vec<u32>,
    lower_columns: Lists,
    lower_rows: Lists,
    /// Rows in the order of U, with `GONE` where updates moved a pivot away.
    order: Vec<u32>,
    place: Vec<u32>,
    diagonal: Vec<f64>,
    upper_columns: Lists,
    upper_rows: Lists,
    /// Row operations of the updates: row, then the entries that it subtracts.
    eta_row: Vec<u32>,
    eta_start: Vec<usize>,
    eta_index: Vec<u32>,
    eta_value: Vec<f64>,
    spike: Packed,
    pivot_row: Packed,
    search: Search,
    kernel: kernel::Kernel,
    entries_at_build: usize,
    density: [f64; 4],
}

impl Factor {
    /// Updates since the factors were built.
    pub fn updates(&self) -> usize {
        self.eta_row.len()
    }

    /// Whether solves have become so much dearer that a rebuild pays.
    pub fn is_long(&self) -> bool {
        let now = self.upper_columns.index.len() + self.eta_index.len();
        self.updates() >= 100 || now > 3 * self.entries_at_build + 4 * self.rows
    }
}
