//! Random numbers from a seed, the same everywhere.

/// A sequence. Source: Steele, Lea & Flood, *Fast splittable pseudorandom number generators* (2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// A number below a limit; 0 if that is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        if limit == 0 { 0 } else { z % limit }
    }

    /// A number no further from 0 than so much.
    pub fn around(&mut self, most: i64) -> i64 {
        let most = most.unsigned_abs();
        self.below(2 * most + 1) as i64 - most as i64
    }
}
