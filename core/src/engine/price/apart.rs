//! A point taken apart into the sessions it stands for.

use std::sync::Arc;

use super::super::construct::Built;
use super::super::program::Column;
use super::rebuild::{From, Rebuild, Spot, Standing};

impl Rebuild {
    /// Takes the point apart: as it was built, or its sums dealt to sessions.
    pub(super) fn take_apart(&mut self, from: &From) {
        let frame = Arc::clone(&self.frame);
        let mut left = from.x.to_vec();
        let index = Arc::clone(&self.index);
        match from.sessions {
            Some(sessions) => {
                for built in sessions {
                    if let Some(spot) = index.spot(built.slot) {
                        self.occupy(built);
                        let steps = self.steps_of(built, &mut left);
                        self.put(Standing { spot, steps, built: built.clone() });
                    }
                }
            }
            None => {
                for spot in index.spots() {
                    let count = from.x[frame.slots[spot.slot as usize].held as usize];
                    for nth in 0..count {
                        let built = self.deal(spot, &left, from.x, nth + 1 == count, count);
                        let steps = self.steps_of(&built, &mut left);
                        self.put(Standing { spot, steps, built });
                    }
                }
            }
        }
        // What no session draws is drawn for indicators.
        let supplies = self.formulation.groups.iter().flat_map(|group| &group.supplies).filter_map(|s| s.1);
        self.apart = supplies.map(|c| (c.0, left[c.index()])).filter(|a| a.1 > 0).collect();
    }

    /// The next session out of what is left of a slot's sums.
    fn deal(&self, spot: Spot, left: &[i64], x: &[i64], last: bool, count: i64) -> Built {
        let (kind, slot) = (self.kind_of(spot), &self.frame.slots[spot.slot as usize]);
        let mut built = Built::empty(spot.slot as usize);
        for (members, who) in &slot.posts {
            let mut missing = *members;
            for (column, most) in who {
                let n = left[*column as usize].min(missing).min(*most);
                if n > 0 {
                    built.staff.push((self.index.position(*column), n));
                    missing -= n;
                }
            }
        }
        let room = slot.rooms.iter().find(|r| left[**r as usize] > 0);
        built.room = room.map(|r| self.index.position(*r));
        let mut seats = kind.size;
        for (guest, (column, scale, _)) in slot.units.iter().enumerate() {
            // Leave units for the sessions to come, so that none stands empty.
            let even = (x[*column as usize] + count - 1) / count;
            let most = if last { i64::MAX } else { even.min(kind.guests[guest].1 / scale).min(seats / scale) };
            let n = left[*column as usize].min(most);
            if n > 0 {
                built.units.push((self.index.position(*column), n * scale));
                seats -= n * scale;
            }
        }
        built
    }

    /// The steps that a session stands for, taken off what is left.
    fn steps_of(&self, built: &Built, left: &mut [i64]) -> Vec<(u32, i64)> {
        let program = &self.formulation.program;
        let slot = &self.formulation.slots[built.slot];
        let mut steps = vec![(slot.held.0, 1)];
        steps.extend(built.units.iter().map(|(p, n)| (slot.units[*p].column.0, n / slot.units[*p].scale)));
        steps.extend(built.staff.iter().map(|(p, n)| (slot.staff[*p].column.0, *n)));
        steps.extend(built.room.map(|p| (slot.rooms[p].1.0, 1)));
        steps.iter().for_each(|(c, n)| left[*c as usize] -= n);
        let demands: Vec<(u32, i64)> = steps
            .iter()
            .flat_map(|(c, n)| program.column_of(Column(*c)).iter().map(|(r, a)| (r.0, -a * *n)))
            .filter(|(r, _)| self.index.group(*r).is_some())
            .collect();
        for (row, mut missing) in demands {
            let Some(group) = self.index.group(row) else { continue };
            let group = &self.formulation.groups[group];
            for column in group.supplies.iter().filter_map(|s| s.1) {
                let amount = left[column.index()].min(missing);
                if amount > 0 {
                    left[column.index()] -= amount;
                    steps.push((column.0, amount));
                    missing -= amount;
                }
            }
        }
        steps
    }
}
