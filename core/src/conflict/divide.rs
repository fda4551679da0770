//! QuickXplain (Junker 2004): an irreducible set found by halves, in about `k log(n ÷ k)` questions for `k` of `n` limits.

use super::question::{Answer, Questions};

/// Limits beyond which columns are lifted as a whole before single cells are.
const MANY: usize = 300;

/// A set that cannot hold together, and whether each of its limits has been shown to matter.
///
/// Limits that stand earlier in `candidates` are preferred. Where they are many, whole `columns` of them are lifted first.
pub(super) fn irreducible(
    questions: &mut Questions,
    candidates: &[usize],
    columns: &[Vec<usize>],
) -> (Vec<usize>, bool) {
    let mut candidates = candidates.to_vec();
    if candidates.len() > MANY {
        for column in columns.iter().rev() {
            let rest: Vec<usize> = candidates.iter().copied().filter(|limit| !column.contains(limit)).collect();
            if questions.ask(&rest) == Answer::Impossible {
                candidates = rest;
            }
        }
    }
    let candidates = &candidates[..];
    let mut set = divide(questions, Vec::new(), false, candidates);
    if questions.ask(&set) != Answer::Impossible {
        // The work ran out on the way: the least that is known not to hold.
        let smallest = questions.smallest.clone();
        return (smallest.unwrap_or_else(|| candidates.to_vec()), false);
    }
    let mut shown = true;
    let mut position = 0;
    while position < set.len() {
        if questions.spent() {
            return (set, false);
        }
        let mut rest = set.clone();
        rest.remove(position);
        match questions.ask(&rest) {
            Answer::Impossible => set = rest,
            answer => {
                shown &= answer == Answer::Possible;
                position += 1;
            }
        }
    }
    (set, shown)
}

/// The limits among `candidates` that cannot hold beside `background`; `grown` says that it has grown since it was last
/// found possible.
fn divide(questions: &mut Questions, background: Vec<usize>, grown: bool, candidates: &[usize]) -> Vec<usize> {
    if candidates.is_empty() || (grown && questions.ask(&background) == Answer::Impossible) {
        return Vec::new();
    }
    if candidates.len() == 1 || questions.spent() {
        return candidates.to_vec();
    }
    let (first, second) = candidates.split_at(candidates.len() / 2);
    let with = |more: &[usize]| background.iter().chain(more).copied().collect::<Vec<_>>();
    let of_second = divide(questions, with(first), true, second);
    let mut found = divide(questions, with(&of_second), !of_second.is_empty(), first);
    found.extend(of_second);
    found
}
