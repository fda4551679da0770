//! A sum that is too large, brought down by giving up parts of it with the fewest changes: a knapsack.

/// Items times changes beyond which the fewest are not found exactly.
const MOST: usize = 16_000_000;

/// Something that can be given up, so many times: how much of a sum it frees each time, and how many changes that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub frees: i64,
    pub changes: i64,
    pub times: i64,
}

impl Part {
    pub fn new(frees: i64, changes: i64) -> Self {
        Part { frees, changes, times: 1 }
    }
}

/// The fewest changes that free so much of a sum: no more than that where they are not found exactly, and all where the parts
/// do not free enough.
pub(super) fn cover(parts: &[Part], over: i64) -> i64 {
    if over <= 0 {
        return 0;
    }
    let (parts, Greedy { at_least, changes, .. }) = (parts, greedy(parts, over));
    if at_least >= changes {
        return at_least;
    }
    Table::new(parts, over, changes).map_or(at_least, |table| table.fewest)
}

/// How many times each part is given up, so that so much is freed with the fewest changes; with few where they are not
/// found exactly.
pub(super) fn choose(parts: &[Part], over: i64) -> Vec<i64> {
    let known = greedy(parts, over);
    match Table::new(parts, over, known.changes).filter(|_| over > 0 && known.at_least < known.changes) {
        Some(table) => table.chosen(parts.len()),
        None => known.chosen,
    }
}

/// What comes of taking those first that free most for a change.
struct Greedy {
    /// No fewer changes free so much, as if parts could be given up in part.
    at_least: i64,
    changes: i64,
    chosen: Vec<i64>,
}

fn greedy(parts: &[Part], over: i64) -> Greedy {
    let wide = |n: i64| i128::from(n);
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].frees > 0 && parts[*at].times > 0).collect();
    order.sort_by(|a, b| {
        let (a, b) = (parts[*a], parts[*b]);
        (wide(a.changes) * wide(b.frees)).cmp(&(wide(b.changes) * wide(a.frees)))
    });
    let (mut chosen, mut left, mut at_least, mut taken) = (vec![0; parts.len()], wide(over), None, 0i128);
    for at in &order {
        if left <= 0 {
            break;
        }
        let part = parts[*at];
        let times = ((left + wide(part.frees) - 1) / wide(part.frees)).min(wide(part.times));
        if wide(part.frees) * wide(part.times) >= left {
            at_least = Some(taken + (wide(part.changes) * left + wide(part.frees) - 1) / wide(part.frees));
        }
        chosen[*at] = i64::try_from(times).unwrap_or(i64::MAX);
        taken += times * wide(part.changes);
        left -= times * wide(part.frees);
    }
    // Those that need not go after all, for what came after them.
    for at in &order {
        let part = parts[*at];
        let back = (-left / wide(part.frees)).clamp(0, wide(chosen[*at]));
        chosen[*at] -= i64::try_from(back).unwrap_or(0);
        taken -= back * wide(part.changes);
        left += back * wide(part.frees);
    }
    let narrow = |n: i128| i64::try_from(n).unwrap_or(i64::MAX);
    Greedy { at_least: narrow(at_least.unwrap_or(taken)), changes: narrow(taken), chosen }
}

/// So many times a part, as one.
struct Item {
    part: usize,
    times: i64,
    frees: i64,
    changes: usize,
}

/// What so many changes free at most, found item by item.
struct Table {
    items: Vec<Item>,
    /// Of each item, with how many changes it is given up.
    took: Vec<Vec<bool>>,
    fewest: i64,
}

impl Table {
    /// `None` where that is too much to find, or more than so many changes are needed.
    fn new(parts: &[Part], over: i64, most: i64) -> Option<Table> {
        let width = usize::try_from(most).ok()?.checked_add(1)?;
        let items = items(parts, most);
        if items.len().saturating_mul(width) > MOST {
            return None;
        }
        let mut freed = vec![0i64; width];
        let took = items.iter().map(|item| {
            let mut took = vec![false; width];
            for changes in (item.changes..width).rev() {
                let with = freed[changes - item.changes].saturating_add(item.frees);
                if with > freed[changes] {
                    (freed[changes], took[changes]) = (with, true);
                }
            }
            took
        });
        let took = took.collect();
        let fewest = freed.iter().position(|freed| *freed >= over)?;
        Some(Table { items, took, fewest: i64::try_from(fewest).ok()? })
    }

    fn chosen(&self, parts: usize) -> Vec<i64> {
        let mut chosen = vec![0; parts];
        let mut left = usize::try_from(self.fewest).unwrap_or(0);
        for (item, took) in self.items.iter().zip(&self.took).rev() {
            if took[left] {
                chosen[item.part] += item.times;
                left -= item.changes;
            }
        }
        chosen
    }
}

/// Parts as items, of each number of changes no more than could be given up, those first that free most; parts that go many
/// times as 1, 2, 4 … of them.
fn items(parts: &[Part], most: i64) -> Vec<Item> {
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].frees > 0).collect();
    order.sort_by_key(|at| (parts[*at].changes, std::cmp::Reverse(parts[*at].frees), *at));
    let (mut items, mut of, mut room) = (Vec::new(), None, 0);
    for part in order {
        let Part { frees, changes, times } = parts[part];
        if of != Some(changes) {
            (of, room) = (Some(changes), if changes > 0 { most / changes } else { i64::MAX });
        }
        let mut left = times.min(room);
        room -= left;
        let mut next = 1;
        while left > 0 {
            let times = next.min(left);
            let changes = usize::try_from(changes.saturating_mul(times)).unwrap_or(usize::MAX);
            items.push(Item { part, times, frees: frees.saturating_mul(times), changes });
            (left, next) = (left - times, next.saturating_mul(2));
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(list: &[(i64, i64)]) -> Vec<Part> {
        list.iter().map(|(frees, changes)| Part::new(*frees, *changes)).collect()
    }

    #[test]
    fn a_sum_is_freed_with_the_fewest_changes() {
        assert_eq!(cover(&parts(&[(10, 2), (10, 4)]), 0), 0);
        assert_eq!(cover(&parts(&[(10, 2), (10, 4)]), 5), 2, "not in part");
        assert_eq!(cover(&parts(&[(10, 4), (10, 2)]), 11), 6);
        assert_eq!(cover(&parts(&[(100, 30), (10, 2), (10, 2)]), 30), 30);
        assert_eq!(cover(&parts(&[(6, 5), (5, 4), (5, 4)]), 6), 5, "the best rate is not the fewest");
        assert_eq!(cover(&parts(&[(10, 0), (10, 4)]), 15), 4, "what is free goes first");
        assert_eq!(cover(&parts(&[(10, 2)]), 11), 2, "all, where it is not enough");
    }

    #[test]
    fn what_is_chosen_frees_enough_with_as_many_changes_as_are_said() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % most).expect("small")
        };
        for _ in 0..300 {
            let n = next(6) + 1;
            let parts: Vec<Part> =
                (0..n).map(|_| Part { frees: next(9) + 1, changes: next(5), times: next(4) + 1 }).collect();
            let all: i64 = parts.iter().map(|part| part.frees * part.times).sum();
            let over = next(40) + 1;
            let chosen = choose(&parts, over);
            let sum = |each: fn(&Part) -> i64| -> i64 { parts.iter().zip(&chosen).map(|(p, n)| each(p) * n).sum() };
            assert!(parts.iter().zip(&chosen).all(|(part, n)| (0..=part.times).contains(n)));
            assert_eq!(sum(|part| part.changes), cover(&parts, over), "{parts:?} {over}");
            assert!(sum(|part| part.frees) >= over.min(all));
            // By trying all.
            let mut freed = vec![(0i64, 0i64)];
            for part in &parts {
                let more = |(frees, changes): &(i64, i64)| -> Vec<(i64, i64)> {
                    (0..=part.times).map(|n| (frees + n * part.frees, changes + n * part.changes)).collect()
                };
                freed = freed.iter().flat_map(more).collect();
            }
            let best = freed.iter().filter(|(frees, _)| *frees >= over.min(all)).map(|(_, changes)| *changes).min();
            assert_eq!(Some(cover(&parts, over)), best, "{parts:?} {over}");
        }
    }
}
