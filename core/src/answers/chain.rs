//! A seat filled by someone who leaves another seat, which another fills, and so on: the shortest such chain.

use std::collections::{BTreeMap, VecDeque};

/// What a search for a chain knows of seats and of those who may sit in them.
pub(super) trait Seating {
    /// Someone who may sit.
    type Who: Copy + Ord;

    /// Who may fill a seat, the best first.
    fn may_fill(&mut self, seat: usize) -> Vec<Self::Who>;

    /// Whether someone can take a seat beside all else.
    fn is_free(&self, who: Self::Who, seat: usize) -> bool;

    /// Seats that someone has and could leave for another.
    fn seats(&self, who: Self::Who, other: usize) -> Vec<usize>;
}

/// Who takes which seat.
pub(super) type Moves<Who> = Vec<(Who, usize)>;

/// Who takes which seat, whoever is free first: each takes the seat that the next one leaves, and the last the seat that was
/// empty. Where there is no such chain, everybody whom the search has met.
pub(super) fn chain<S: Seating>(seating: &mut S, seat: usize) -> Result<Moves<S::Who>, Vec<S::Who>> {
    let mut reached: BTreeMap<S::Who, usize> = BTreeMap::new();
    // Who has each seat that was met.
    let mut holder: BTreeMap<usize, S::Who> = BTreeMap::new();
    let mut queue = VecDeque::from([seat]);
    while let Some(next) = queue.pop_front() {
        for who in seating.may_fill(next) {
            if reached.contains_key(&who) {
                continue;
            }
            reached.insert(who, next);
            if seating.is_free(who, next) {
                let (mut moves, mut at) = (vec![(who, next)], next);
                while let Some(before) = holder.get(&at) {
                    at = reached[before];
                    moves.push((*before, at));
                }
                return Ok(moves);
            }
            for held in seating.seats(who, next) {
                if held != seat && !holder.contains_key(&held) {
                    holder.insert(held, who);
                    queue.push_back(held);
                }
            }
        }
    }
    Err(reached.into_keys().collect())
}
