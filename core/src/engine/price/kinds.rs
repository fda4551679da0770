//! Sessions of one type that are alike at given prices, the cheapest first: of what a block chooses.

use super::block::{CLOSED, Prices, session_worth};
use super::frame::{Block, Frame};
use super::transport::Supply;

/// Sessions that are alike at these prices: the cheapest first.
pub(super) struct Kind {
    pub(super) size: i64,
    pub(super) least: i64,
    /// Worth of the first k sessions.
    pub(super) sum: Vec<i64>,
    /// (need, worth of a unit, units a session).
    pub(super) guests: Vec<(usize, i64, i64)>,
    /// (slot, sessions, worth of one) in order of worth.
    pub(super) slots: Vec<(u32, i64, i64)>,
    pub(super) kind_of: usize,
    /// A lower limit of what a unit must bear of its session's price.
    pub(super) share: i64,
    /// Whether sessions cost and all seats of one could be taken, so that each seat bears the same.
    pub(super) full: bool,
    /// Whether there are as many sessions as could ever be of use.
    pub(super) ample: bool,
}

/// What a kind may gain at most if it had the block to itself: what is looked at first.
pub(super) fn promise(kind: &Kind, open: &[i64]) -> i64 {
    kind.guests
        .iter()
        .map(|(need, worth, _)| (worth - kind.share).max(0).saturating_mul(open[*need].min(1 << 20)))
        .fold(0, i64::saturating_add)
}

/// Worth of a unit of each guest, and the slots where it is so: (worth of a session, slot).
type Alike = (Vec<i64>, Vec<(i64, u32)>);

pub(super) fn kinds(block: &Block, frame: &Frame, prices: &Prices, work: &mut u64) -> Vec<Kind> {
    let types = block.types.len();
    let mut kinds: Vec<Kind> = Vec::new();
    for (number, of_type) in block.types.iter().enumerate() {
        // (worth of a unit of each guest) → the slots with these, by price.
        let mut groups: Vec<Alike> = Vec::new();
        for &number in &of_type.slots {
            let slot = &frame.slots[number as usize];
            *work += 8 + slot.posts.iter().map(|p| 4 * p.1.len() as u64).sum::<u64>() + 3 * slot.units.len() as u64;
            let worth = session_worth(slot, prices);
            if worth <= CLOSED {
                continue;
            }
            let units: Vec<i64> = slot
                .units
                .iter()
                .map(|(column, scale, most)| {
                    let net = prices.net(*column);
                    if *most <= 0 { CLOSED } else { -(-net).div_euclid(*scale) }
                })
                .collect();
            match groups.iter_mut().find(|g| g.0 == units) {
                Some(group) => group.1.push((worth, number)),
                None => groups.push((units, vec![(worth, number)])),
            }
        }
        for (group, (units, mut slots)) in groups.into_iter().enumerate() {
            slots.sort_by_key(|s| (std::cmp::Reverse(s.0), s.1));
            let guests: Vec<(usize, i64, i64)> =
                of_type.guests.iter().zip(&units).map(|((need, cap), worth)| (*need, *worth, *cap)).collect();
            let demand =
                guests.iter().filter(|g| g.1 > CLOSED).map(|g| block.open[g.0]).fold(0i64, i64::saturating_add);
            // Sessions beyond those that hold everyone cost and bring nothing, unless they are wanted for themselves.
            let holds = |size: i64, units: i64| (units + size - 1) / size.max(1);
            let crowded = guests.iter().map(|g| holds(g.2, block.open[g.0])).max().unwrap_or(0);
            let useful = match slots.first() {
                Some((worth, _)) if *worth <= 0 => holds(of_type.size, demand).max(crowded),
                _ => demand / of_type.least.max(1),
            };
            let mut sum = vec![0i64];
            let mut taken = Vec::new();
            for &(worth, slot) in &slots {
                let open = useful.min(4_096) - (sum.len() as i64 - 1);
                let whole = frame.slots[slot as usize].many;
                let many = whole.min(open);
                taken.push((slot, whole, worth));
                for _ in 0..many {
                    sum.push(sum.last().copied().unwrap_or(0).saturating_add(worth));
                }
            }
            if sum.len() < 2 {
                continue;
            }
            let ample = sum.len() as i64 > useful.min(4_096);
            let first = sum[1];
            let share = if first < 0 { (-first).div_euclid(of_type.size.min(demand).max(1)) } else { 0 };
            let hopeless = first <= 0 && guests.iter().all(|g| g.1 - share <= 0);
            if !hopeless {
                kinds.push(Kind {
                    size: of_type.size,
                    least: of_type.least,
                    sum,
                    guests,
                    slots: taken,
                    kind_of: number + types * group,
                    share,
                    full: first < 0 && of_type.size <= demand,
                    ample,
                });
            }
        }
    }
    kinds
}

/// Kinds that another kind can always stand in for are left out: all its guests, no fewer seats, no session dearer.
pub(super) fn undominated(kinds: Vec<Kind>) -> Vec<Kind> {
    let last = |kind: &Kind| kind.sum[kind.sum.len() - 1] - kind.sum[kind.sum.len() - 2];
    let stands_in = |better: &Kind, worse: &Kind| {
        better.ample
            && better.size >= worse.size
            && better.least <= worse.least
            && last(better) >= worse.sum[1]
            && worse.guests.iter().all(|(need, worth, cap)| {
                *worth <= CLOSED || better.guests.iter().any(|g| g.0 == *need && g.1 >= *worth && g.2 >= *cap)
            })
    };
    let out: Vec<bool> = (0..kinds.len())
        .map(|a| {
            (0..kinds.len())
                .any(|b| a != b && stands_in(&kinds[b], &kinds[a]) && (b < a || !stands_in(&kinds[a], &kinds[b])))
        })
        .collect();
    kinds.into_iter().zip(out).filter(|k| !k.1).map(|k| k.0).collect()
}

/// So many sessions of a kind.
pub(super) fn supply(kind: &Kind, sessions: i64) -> Supply<'_> {
    let least = if kind.least > 1 || kind.sum[1] > 0 { kind.least.saturating_mul(sessions) } else { 0 };
    Supply { sessions, seats: kind.size.saturating_mul(sessions), least, guests: &kind.guests }
}
