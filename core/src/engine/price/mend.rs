//! What rules lack: made up for by other sessions where a level above has come to lack it when sessions were taken down, and
//! aimed at where the level being worked on lacks it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::program::{Column, Derived, FREE, Row};
use super::rebuild::{Rebuild, Signs, Spot};
use super::ruin::once;

/// Sessions that are tried for each shortfall.
const TRIES: usize = 8;
/// Sessions taken down at most of those that stand in the way of one.
const IN_THE_WAY: u64 = 4;

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

    /// Notes what the last level lacks.
    pub(super) fn look_for_shortfalls(&mut self) {
        let last = self.formulation.program.objectives.get(self.state.values.len() - 1);
        let counted = last.iter().flat_map(|level| &level.entries).map(|entry| entry.0);
        let short = counted.filter(|column| self.state.x[column.index()] > 0);
        self.shortfalls = short.filter_map(|column| self.index.missing(column.0)).collect();
    }

    /// A session that would count towards something that the last level lacks.
    pub(super) fn aim(&mut self) -> Option<Spot> {
        let formulation = Arc::clone(&self.formulation);
        let which = self.draw(self.shortfalls.len() as u64) as usize;
        let derived = &formulation.program.derived[*self.shortfalls.get(which)?];
        let Derived::Missing { column, of, .. } = derived else { return None };
        if self.state.x[column.index()] == 0 {
            return None;
        }
        let counting: Vec<Column> = of.iter().filter(|(_, share)| *share > 0).map(|(c, _)| *c).collect();
        let column = *counting.get(self.draw(counting.len() as u64) as usize)?;
        let spots: Vec<Spot> = self.index.slots_behind(column).collect();
        spots.get(self.draw(spots.len() as u64) as usize).copied()
    }

    /// The block of a session and those of some that stand in its way, and these: some of its own block, some that hold the
    /// people it could have or the last of what it takes, and some anywhere that are worth little, to pay for it.
    pub(super) fn in_the_way(&mut self, spot: Spot, signs: &Signs) -> (Vec<u32>, Vec<u32>) {
        let (frame, formulation) = (Arc::clone(&self.frame), Arc::clone(&self.formulation));
        let slot = &frame.slots[spot.slot as usize];
        let mut columns = vec![slot.held];
        for (_, who) in &slot.posts {
            let free = who.iter().any(|(column, _)| self.state.room(*column) > 0);
            columns.extend((!free).then(|| who[self.draw(who.len() as u64) as usize].0));
        }
        let tight = |(row, value): &(Row, i64)| {
            let upper = formulation.program.row_upper[row.index()];
            *value > 0 && upper > 0 && upper != FREE && upper - self.state.activity(row.0) < *value
        };
        let entries = columns.iter().flat_map(|column| formulation.program.column_of(Column(*column)));
        let rows: BTreeSet<Row> = entries.filter(|entry| tight(entry)).map(|entry| entry.0).collect();
        let uses =
            |column: u32| formulation.program.column_of(Column(column)).iter().any(|e| e.1 > 0 && rows.contains(&e.0));
        let holds = |session: &u32| self.sessions[*session as usize].steps.iter().any(|step| uses(step.0));
        let all = if rows.is_empty() { 0 } else { self.sessions.len() as u32 };
        let mut others: Vec<u32> = (0..all).filter(holds).collect();
        self.work += 8 * u64::from(all);
        let (mut affected, mut down) = self.far(signs);
        let mut own = self.of_block[spot.block as usize].clone();
        for some in [&mut own, &mut others] {
            let most = self.draw(IN_THE_WAY + 1);
            self.thin(some, most);
            down.append(some);
        }
        affected.push(spot.block);
        affected.extend(down.iter().map(|session| self.sessions[*session as usize].spot.block));
        (once(affected), once(down))
    }

    /// What a session would bring in a slot at most; `None` if it would serve too few, or cannot be held there.
    fn worth_in(&mut self, spot: Spot, signs: &Signs) -> Option<i64> {
        let worth = self.frame.slots[spot.slot as usize].at_best(&signs.net);
        let held = self.frame.slots[spot.slot as usize].held;
        self.work += 4;
        (self.state.room(held) > 0).then(|| self.filled(spot, worth, signs)).flatten()
    }
}
