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

/// What a search has met.
pub(super) struct Met<Who> {
    /// The seat that each could take.
    pub takes: BTreeMap<Who, usize>,
    /// Who has each seat that could be left for another.
    pub holder: BTreeMap<usize, Who>,
}

impl<Who: Copy + Ord> Met<Who> {
    /// Who takes which seat once someone has left his own: each takes the seat that the one before him leaves, and the last
    /// the seat that was empty.
    pub fn moves(&self, first: Who) -> Moves<Who> {
        let mut at = self.takes[&first];
        let mut moves = vec![(first, at)];
        while let Some(next) = self.holder.get(&at) {
            at = self.takes[next];
            moves.push((*next, at));
        }
        moves
    }
}

/// Who takes which seat, whoever is free first. Where there is no such chain, everybody whom the search has met.
pub(super) fn chain<S: Seating>(seating: &mut S, seat: usize) -> Result<Moves<S::Who>, Met<S::Who>> {
    let mut met = Met { takes: BTreeMap::new(), holder: BTreeMap::new() };
    let mut queue = VecDeque::from([seat]);
    while let Some(next) = queue.pop_front() {
        for who in seating.may_fill(next) {
            if met.takes.contains_key(&who) {
                continue;
            }
            met.takes.insert(who, next);
            if seating.is_free(who, next) {
                return Ok(met.moves(who));
            }
            for held in seating.seats(who, next) {
                if held != seat && !met.holder.contains_key(&held) {
                    met.holder.insert(held, who);
                    queue.push_back(held);
                }
            }
        }
    }
    Err(met)
}
