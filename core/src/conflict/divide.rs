//! QuickXplain (Junker 2004): an irreducible set found by halves, in about `k log(n ÷ k)` questions for `k` of `n` limits.

use std::collections::BTreeSet;

use super::question::{Answer, Questions};
use super::sure;

/// Limits beyond which columns are lifted as a whole before single cells are.
const MANY: usize = 300;
/// Limits beside many up to which each is asked about alone.
const FEW: usize = 30;

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
    let many = candidates.len() > MANY;
    let mut sure = Vec::new();
    if many {
        (sure, candidates) = parted(questions, candidates, columns);
    }
    let with = |more: &[usize]| sure.iter().chain(more).copied().collect::<Vec<_>>();
    let mut rest = candidates;
    if many && rest.len() <= FEW {
        // Each is asked about alone, those that stand earlier last.
        rest.reverse();
    } else {
        rest = divide(questions, sure.clone(), many, &rest);
    }
    let mut set = with(&rest);
    if questions.ask(&set) != Answer::Impossible {
        // The work ran out on the way: the least that is known not to hold.
        let smallest = questions.smallest.clone();
        return (smallest.unwrap_or(set), false);
    }
    let mut shown = true;
    let mut position = sure.len();
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

/// Of many limits, those that are sure to be in every set that cannot hold, and the others: of these none of long lists if that
/// will do, else without one column at a time.
fn parted(questions: &mut Questions, mut candidates: Vec<usize>, columns: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeSet<usize> = BTreeSet::new();
    loop {
        known.extend(sure::sure(questions.limits, &candidates, &known));
        if known.is_empty() {
            return (Vec::new(), candidates);
        }
        let list = &questions.limits.list;
        let long = candidates.iter().copied().filter(|at| !known.contains(at) && sure::of_resource(&list[*at]));
        let long: BTreeSet<usize> = long.collect();
        let mut lifted = std::iter::once(long.clone())
            .chain(columns.iter().rev().map(|column| column.iter().copied().filter(|at| long.contains(at)).collect()))
            .filter(|part| !part.is_empty());
        let without = |part: &BTreeSet<usize>| -> Vec<usize> {
            candidates.iter().copied().filter(|at| !part.contains(at)).collect()
        };
        let fewer =
            lifted.find_map(|part| Some(without(&part)).filter(|rest| questions.ask(rest) == Answer::Impossible));
        match fewer {
            Some(rest) => candidates = rest,
            None => return candidates.into_iter().partition(|at| known.contains(at)),
        }
    }
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
