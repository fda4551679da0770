//! Seats come in whole sessions, so that seats that nobody takes are paid for too: a closer bound than one that sells single
//! seats of the kinds that are still open.
//!
//! The kinds of a class have sizes that are multiples of a granule, so together they have a whole number of granules. For any
//! threshold they have either at most as many, so that a seat may be charged more and this much be given back for each of them;
//! or at least one more, so that all of these are paid for and seats cost nothing beyond. Either way what a unit gains is the
//! same for every choice, which is a transportation problem with other gains. Source: mixed-integer rounding (Nemhauser &
//! Wolsey, 1990), of the sum of seats and dualised.

use super::super::search::bound::gcd;
use super::block::CLOSED;
use super::kinds::Kind;

/// Kinds still open whose seats are counted together.
#[derive(Clone)]
pub(super) struct Class {
    /// Seats of a granule.
    granule: i64,
    /// Seats that they can have at most.
    most: i64,
    /// What a seat costs at least.
    share: i64,
    /// By need: what a unit gains in their sessions, seat paid; in those of the others.
    inside: Vec<i64>,
    outside: Vec<i64>,
}

/// Two cases of which one holds: what a unit of each need gains, and what is added for the seats.
pub(super) type Cases = [Option<(Vec<i64>, i64)>; 2];

impl Class {
    /// The classes of kinds by depth, the kinds before it decided: all that fill their sessions, and those of the largest size.
    pub(super) fn by_depth(kinds: &[Kind], needs: usize) -> Vec<Vec<Class>> {
        let full = || kinds.iter().filter(|kind| kind.full).map(|kind| kind.size);
        let largest = full().max().unwrap_or(0);
        let mixed = full().any(|size| size < largest);
        let none = Class { granule: 0, most: 0, share: i64::MAX, inside: vec![CLOSED; needs], outside: vec![0; needs] };
        let mut classes = vec![none; if largest == 0 { 0 } else { 1 + usize::from(mixed) }];
        let mut by_depth = vec![classes.clone()];
        for kind in kinds.iter().rev() {
            for (number, class) in classes.iter_mut().enumerate() {
                class.add(kind, kind.full && (number == 0 || kind.size == largest));
            }
            by_depth.push(classes.clone());
        }
        by_depth.reverse();
        by_depth
    }

    fn add(&mut self, kind: &Kind, belongs: bool) {
        if belongs {
            self.granule = gcd(self.granule, kind.size);
            self.most = self.most.saturating_add(kind.size.saturating_mul(kind.sum.len() as i64 - 1));
            self.share = self.share.min(kind.share);
        }
        let gains = if belongs { &mut self.inside } else { &mut self.outside };
        for (need, worth, _) in &kind.guests {
            gains[*need] = gains[*need].max(worth - kind.share);
        }
    }

    /// The cases around what would be taken if seats were sold one by one, `left` being the units of each need that are not served
    /// yet; nothing if that fills whole granules.
    pub(super) fn cases(&self, left: &[i64]) -> Option<Cases> {
        let needs = || (0..left.len()).filter(|n| left[*n] > 0 && self.inside[*n] > self.outside[*n]);
        let taken = needs().map(|n| left[n]).fold(0, i64::saturating_add);
        let whole = taken.min(self.most).checked_div(self.granule)?.saturating_mul(self.granule);
        if taken == whole {
            return None;
        }
        let more = needs().map(|n| self.inside[n] - self.outside[n]).min().unwrap_or(0);
        let gains = |change: i64| {
            let gain = |(inside, outside): (&i64, &i64)| (inside.saturating_add(change)).max(*outside);
            self.inside.iter().zip(&self.outside).map(gain).collect()
        };
        let next = whole.saturating_add(self.granule);
        let few = (gains(-more), more.saturating_mul(whole));
        let many = (next <= self.most).then(|| (gains(self.share), -self.share.saturating_mul(next)));
        Some([Some(few), many])
    }
}
