//! What a level above has come to lack when sessions were taken down, made up for by other sessions that count towards it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::program::Derived;
use super::rebuild::{Rebuild, Signs, Spot};

/// Sessions that are tried for each shortfall.
const TRIES: usize = 8;

impl Rebuild {
    /// Puts up sessions that count towards what has come to lack since the attempt began, those that are worth most first.
    pub(super) fn mend(&mut self, signs: &Signs) {
        let (formulation, index) = (Arc::clone(&self.formulation), Arc::clone(&self.index));
        let mut lacking: Vec<(u32, usize)> =
            self.state.changed().filter_map(|column| Some((column, index.missing(column)?))).collect();
        lacking.sort_unstable();
        lacking.dedup();
        for (column, derived) in lacking {
            let Derived::Missing { of, .. } = &formulation.program.derived[derived] else { continue };
            if self.state.x[column as usize] == 0 {
                continue;
            }
            let counting = of.iter().filter(|(_, share)| *share > 0).flat_map(|(c, _)| index.slots_behind(*c));
            let counting: BTreeSet<Spot> = counting.collect();
            let mut spots: Vec<(i64, Spot)> =
                counting.into_iter().filter_map(|spot| Some((self.worth_in(spot, signs)?, spot))).collect();
            spots.sort_unstable_by_key(|s| (Reverse(s.0), s.1));
            for (_, spot) in spots.into_iter().take(TRIES) {
                if self.state.x[column as usize] == 0 {
                    break;
                }
                self.put_up(spot, signs, None);
            }
        }
    }

    /// What a session would bring in a slot at most; `None` if it would serve too few, or cannot be held there.
    fn worth_in(&mut self, spot: Spot, signs: &Signs) -> Option<i64> {
        let worth = self.frame.slots[spot.slot as usize].at_best(&signs.net);
        let held = self.frame.slots[spot.slot as usize].held;
        self.work += 4;
        (self.state.room(held) > 0).then(|| self.filled(spot, worth, signs)).flatten()
    }
}
