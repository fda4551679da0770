//! Vectors that are mostly zero.

/// Results smaller than this are cancellation, not information.
pub(super) const TINY: f64 = 1e-14;

/// Stands for a cancelled entry that is still listed in `index`.
const LISTED: f64 = 1e-100;

/// A vector held densely, with the list of places that may be non-zero.
///
/// INVARIANT: every non-zero place is listed exactly once.
#[derive(Clone, Debug, Default)]
pub(super) struct Sparse {
    pub value: Vec<f64>,
    pub index: Vec<u32>,
}

impl Sparse {
    pub fn resize(&mut self, length: usize) {
        self.clear();
        self.value.clear();
        self.value.resize(length, 0.0);
    }

    pub fn clear(&mut self) {
        if self.index.len() * 4 > self.value.len() {
            self.value.fill(0.0);
        } else {
            for &place in &self.index {
                self.value[place as usize] = 0.0;
            }
        }
        self.index.clear();
    }

    /// Adds to one place and lists it.
    pub fn add(&mut self, place: usize, amount: f64) {
        let old = self.value[place];
        if old == 0.0 {
            self.index.push(place as u32);
        }
        let new = old + amount;
        self.value[place] = if new.abs() < TINY { LISTED } else { new };
    }

    /// Removes places that cancelled.
    pub fn prune(&mut self) {
        let value = &mut self.value;
        self.index.retain(|&place| {
            let kept = value[place as usize].abs() >= TINY;
            if !kept {
                value[place as usize] = 0.0;
            }
            kept
        });
    }

    /// Lists the non-zero places afresh, in ascending order.
    pub fn list(&mut self) {
        self.index.clear();
        for (place, value) in self.value.iter_mut().enumerate() {
            if *value != 0.0 {
                if value.abs() >= TINY {
                    self.index.push(place as u32);
                } else {
                    *value = 0.0;
                }
            }
        }
    }

    pub fn copy_from(&mut self, other: &Sparse) {
        self.clear();
        for &place in &other.index {
            self.value[place as usize] = other.value[place as usize];
        }
        self.index.extend_from_slice(&other.index);
    }

    pub fn entries(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.index.iter().map(|&place| (place as usize, self.value[place as usize]))
    }

    pub fn square(&self) -> f64 {
        self.entries().map(|(_, value)| value * value).sum()
    }
}
