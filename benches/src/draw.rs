//! Random numbers that are the same everywhere: SplitMix64 (Steele, Lea, Flood 2014).

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// The stream of a seed and a topic; topics have streams of their own, so that leaving one out changes no other.
    pub fn new(seed: u64, topic: &str) -> Self {
        let state = topic.bytes().fold(seed ^ 0x5A17_DA4E, |state, byte| mix(state ^ u64::from(byte)));
        Draw { state: mix(state) }
    }

    /// The next 64 bits.
    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// A number from `low` to `high`, both included; `low` where the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        // The part of the product above 64 bits: biased by less than 2⁻⁴⁰ for the ranges drawn here.
        let scaled = (u128::from(self.bits()) * u128::from(width)) >> 64;
        low + scaled as i64
    }

    /// A position in a list of so many.
    pub fn index(&mut self, len: usize) -> usize {
        self.between(0, len as i64 - 1) as usize
    }

    /// Whether an event of so many per cent happens.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of a list.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }

    /// So many different ones of a list, in the order of the list.
    pub fn some<'a, T>(&mut self, list: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left = count.min(list.len());
        let mut chosen = Vec::with_capacity(left);
        for (position, item) in list.iter().enumerate() {
            if self.index(list.len() - position) < left {
                chosen.push(item);
                left -= 1;
            }
        }
        chosen
    }
}

fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
