//! What a block asks for at the prices, put in the place of what stands.

use std::sync::Arc;

use super::block::Wish;
use super::rebuild::{Rebuild, Signs, Spot};
use super::ruin::once;

/// Slots of a type that are tried in the place of one that cannot be had.
const OTHERS: usize = 60;

impl Rebuild {
    /// Now and then a block whose answer is to be put up, one that lacks much more likely than others, with the answer.
    pub(super) fn wish<'a>(&mut self, signs: &'a Signs) -> Option<(u32, &'a [Wish])> {
        let wishes = signs.wishes.as_ref()?;
        if self.draw(2) == 0 {
            return None;
        }
        let most = signs.lacking.len() as u64;
        let rank = self.draw(most).min(self.draw(most));
        let block = *signs.lacking.get(rank as usize)?;
        let choices = &wishes[block as usize];
        let mut at = self.draw(choices.iter().map(|choice| choice.0).sum());
        let (_, choice) = choices.iter().find(|choice| {
            let here = at < choice.0;
            at = at.saturating_sub(choice.0);
            here
        })?;
        Some((block, choice))
    }

    /// All sessions of a block, and now and then some anywhere that are worth little, to pay for its answer.
    pub(super) fn all_of(&mut self, block: u32, signs: &Signs) -> (Vec<u32>, Vec<u32>) {
        let (mut affected, mut down) = if self.draw(2) == 0 { self.far(signs) } else { Default::default() };
        affected.push(block);
        down.extend(&self.of_block[block as usize]);
        (once(affected), once(down))
    }

    /// Puts up an answer, as far as it can be had. What it says is how many sessions of a type, and for whom: most members have
    /// no price, so that it is a matter of indifference to it in which slot a session is held. Where one is taken, others do.
    pub(super) fn adopt(&mut self, block: u32, wishes: &[Wish], signs: &Signs) {
        let ranked = Arc::clone(&self.ranked);
        for wish in wishes {
            let others = &ranked[block as usize][wish.of_type as usize];
            let mut units = wish.units.clone();
            for &slot in &wish.slots {
                let others = others.iter().map(|other| other.1).filter(|other| *other != slot).take(OTHERS);
                [slot]
                    .into_iter()
                    .chain(others)
                    .any(|slot| self.put_up(Spot { block, of_type: wish.of_type, slot }, signs, Some(&mut units)));
            }
        }
    }
}
