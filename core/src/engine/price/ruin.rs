//! Which sessions are taken down, and which blocks may put up others.

use super::rebuild::{Rebuild, Signs};

/// Sessions taken down at most, in one go.
const TAKEN_DOWN: u64 = 10;

impl Rebuild {
    /// A block that lacks much, and sessions anywhere that are worth little: money and stocks know no places.
    pub(super) fn far(&mut self, signs: &Signs) -> (Vec<u32>, Vec<u32>) {
        let rank = {
            let most = signs.lacking.len() as u64;
            self.draw(most).min(self.draw(most)).min(self.draw(most))
        };
        let mut affected: Vec<u32> = signs.lacking.get(rank as usize).copied().into_iter().collect();
        let mut down = Vec::new();
        for _ in 0..1 + self.draw(4) {
            let mut worst: Option<(i64, u32)> = None;
            for _ in 0..5 {
                let session = self.draw(self.sessions.len() as u64) as u32;
                let Some(standing) = self.sessions.get(session as usize) else { break };
                let worth = standing
                    .steps
                    .iter()
                    .fold(0i64, |sum, (c, n)| sum.saturating_add(signs.net[*c as usize].saturating_mul(*n)));
                self.work += standing.steps.len() as u64;
                worst = Some(worst.map_or((worth, session), |w| w.min((worth, session))));
            }
            if let Some((_, session)) = worst {
                down.push(session);
                affected.push(self.sessions[session as usize].spot.block);
            }
        }
        (once(affected), once(down))
    }

    /// A block and some that compete with it for people.
    pub(super) fn close(&mut self, signs: &Signs) -> (Vec<u32>, Vec<u32>) {
        let seed = self.draw(self.cut.blocks.len() as u64) as usize;
        let mut affected = vec![seed as u32];
        let near = signs.rivals.near(seed as u32);
        let reach = 3 + self.draw(8);
        for _ in 0..reach {
            if !near.is_empty() {
                // The nearer the likelier.
                let (a, b) = (self.draw(near.len() as u64), self.draw(near.len() as u64));
                affected.push(near[a.min(b) as usize]);
            }
        }
        let affected = once(affected);
        let mut down: Vec<u32> = affected.iter().flat_map(|b| self.of_block[*b as usize].iter().copied()).collect();
        let count = 1 + self.draw(TAKEN_DOWN);
        self.thin(&mut down, count);
        (affected, down)
    }

    /// Leaves no more than so many, at random.
    pub(super) fn thin(&mut self, list: &mut Vec<u32>, most: u64) {
        while list.len() as u64 > most {
            let out = self.draw(list.len() as u64) as usize;
            list.swap_remove(out);
        }
    }
}

/// Each number once, in order.
pub(super) fn once(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}
