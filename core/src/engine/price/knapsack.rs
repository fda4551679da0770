//! A session whose guests take different numbers of seats: a knapsack, solved exactly where its seats are not too many.

use super::block::{Answer, CLOSED, Prices, session_worth, staff, use_of};
use super::frame::{Frame, SessionType};

/// Capacities up to which a knapsack is solved exactly.
const KNAPSACK: i64 = 20_000;

/// A session whose guests take different numbers of seats: a knapsack, by dynamic programming over seats.
pub(super) fn knapsack_slot(
    of_type: &SessionType,
    (seats, size): &(Vec<i64>, i64),
    frame: &Frame,
    prices: &Prices,
    answer: &mut Answer,
) {
    let Some(slot) = of_type.slots.first().map(|s| &frame.slots[*s as usize]) else { return };
    let worth = session_worth(slot, prices);
    if worth <= CLOSED {
        return;
    }
    // Items: steps of a column, in powers of two of their number.
    let mut items: Vec<(usize, i64, i64, i64)> = Vec::new();
    for (guest, (column, scale, most)) in slot.units.iter().enumerate() {
        let net = prices.net(*column);
        if net <= 0 {
            continue;
        }
        let weight = seats[guest].saturating_mul(*scale).max(1);
        let mut steps = (of_type.guests[guest].1 / scale).min(most / scale).min(size / weight);
        let mut lot = 1;
        while steps > 0 {
            let now = lot.min(steps);
            items.push((guest, now, weight.saturating_mul(now), net.saturating_mul(now)));
            steps -= now;
            lot *= 2;
        }
    }
    let (best, taken) = if *size <= KNAPSACK {
        answer.work += items.len() as u64 * (*size as u64 + 1);
        pack(&items, *size as usize)
    } else {
        fractional(&items, *size)
    };
    let session = best.saturating_add(worth);
    if session <= 0 {
        return;
    }
    answer.bound = session.saturating_mul(slot.many);
    answer.worth = answer.bound;
    answer.sessions = slot.many;
    answer.chosen.push((slot.held, slot.many as f64));
    staff(slot, prices, slot.many as f64, &mut answer.chosen);
    let mut steps = vec![0i64; slot.units.len()];
    taken.iter().for_each(|&item| steps[items[item].0] += items[item].1);
    for (guest, n) in steps.into_iter().enumerate().filter(|s| s.1 > 0) {
        answer.chosen.push((slot.units[guest].0, n.saturating_mul(slot.many) as f64));
    }
    use_of(frame, &answer.chosen, &mut answer.activity);
}

/// The best value within a capacity, and the items taken. Items: (_, _, weight, value).
fn pack(items: &[(usize, i64, i64, i64)], capacity: usize) -> (i64, Vec<usize>) {
    let mut best = vec![0i64; capacity + 1];
    let words = capacity / 64 + 1;
    let mut took = vec![0u64; words * items.len()];
    for (index, &(_, _, weight, value)) in items.iter().enumerate() {
        let weight = weight as usize;
        for at in (weight..=capacity).rev() {
            let with = best[at - weight].saturating_add(value);
            if with > best[at] {
                best[at] = with;
                took[index * words + at / 64] |= 1 << (at % 64);
            }
        }
    }
    let mut at = capacity;
    let mut taken = Vec::new();
    for index in (0..items.len()).rev() {
        if took[index * words + at / 64] >> (at % 64) & 1 == 1 {
            taken.push(index);
            at -= items[index].2 as usize;
        }
    }
    (best[capacity], taken)
}

/// The same from above: items by worth a seat, the last one in part.
fn fractional(items: &[(usize, i64, i64, i64)], capacity: i64) -> (i64, Vec<usize>) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| {
        let (a_item, b_item) = (items[a], items[b]);
        let left = i128::from(b_item.3) * i128::from(a_item.2);
        let right = i128::from(a_item.3) * i128::from(b_item.2);
        left.cmp(&right).then(a.cmp(&b))
    });
    let (mut left, mut best, mut taken) = (capacity, 0i64, Vec::new());
    for index in order {
        let (_, _, weight, value) = items[index];
        if weight <= left {
            left -= weight;
            best = best.saturating_add(value);
            taken.push(index);
        } else {
            let part = (i128::from(value) * i128::from(left) + i128::from(weight) - 1) / i128::from(weight);
            best = best.saturating_add(i64::try_from(part).unwrap_or(i64::MAX));
            break;
        }
    }
    (best, taken)
}
