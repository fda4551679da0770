//! Counts and bounds held against every choice there is, on small random blocks.

use super::Search;
use crate::engine::price::kinds::{Kind, supply};
use crate::engine::price::rounding::Class;
use crate::engine::price::transport::Transport;
use crate::engine::random::Random;

/// A block: units of each need, and kinds of sessions.
fn block(random: &mut Random) -> (Vec<i64>, Vec<Kind>) {
    let mut up_to = |limit: u64| random.below(limit + 1) as i64;
    let open: Vec<i64> = (0..1 + up_to(3)).map(|_| up_to(14)).collect();
    let granule = 1 + up_to(3);
    let kinds = (0..1 + up_to(3)).map(|kind_of| {
        let size = granule * (1 + up_to(2));
        let mut guests: Vec<(usize, i64, i64)> = Vec::new();
        for need in 0..open.len() {
            if up_to(2) > 0 {
                guests.push((need, up_to(9) - 1, if up_to(3) > 0 { size } else { 1 + up_to(size as u64 - 1) }));
            }
        }
        let demand: i64 = guests.iter().map(|g| open[g.0]).sum();
        let mut worth = up_to(20) - 17;
        let mut sum = vec![0];
        for _ in 0..1 + up_to(2) {
            sum.push(sum.last().unwrap_or(&0) + worth);
            worth -= up_to(3) / 2;
        }
        let first = sum[1];
        let share = if first < 0 { (-first).div_euclid(size.min(demand).max(1)) } else { 0 };
        let (full, least) = (first < 0 && size <= demand, size.min(1 + up_to(3) / 3));
        Kind { size, least, sum, guests, slots: Vec::new(), kind_of: kind_of as usize, share, full, ample: false }
    });
    let kinds = kinds.collect();
    (open, kinds)
}

/// The best that any counts can have.
fn best(open: &[i64], kinds: &[Kind], counts: &mut Vec<i64>) -> i64 {
    if let Some(kind) = kinds.get(counts.len()) {
        let mut most = i64::MIN;
        for k in 0..kind.sum.len() as i64 {
            counts.push(k);
            most = most.max(best(open, kinds, counts));
            counts.pop();
        }
        return most;
    }
    worth(open, kinds, counts)
}

/// What counts are worth.
fn worth(open: &[i64], kinds: &[Kind], counts: &[i64]) -> i64 {
    let standing: Vec<(&Kind, i64)> = kinds.iter().zip(counts.iter().copied()).filter(|k| k.1 > 0).collect();
    let supplies = standing.iter().map(|(kind, k)| supply(kind, *k));
    let sessions: i64 = standing.iter().map(|(kind, k)| kind.sum[*k as usize]).sum();
    let gain = Transport::default().best(open, &vec![0; open.len()], supplies);
    gain.map_or(i64::MIN, |gain| gain + sessions)
}

#[test]
fn no_bound_is_below_the_best_choice_and_a_whole_search_finds_it() {
    let mut random = Random::new(7);
    let (mut closer, mut given_up) = (0, 0);
    for number in 0..4_000 {
        let (open, mut kinds) = block(&mut random);
        let most = best(&open, &kinds, &mut Vec::new());
        let mut transport = Transport::default();
        let mut root = Search::new(&open, &mut transport, 0);
        root.open(&kinds, &[]);
        root.classes = Class::by_depth(&kinds, open.len());
        let single = root.bound(&kinds).expect("nothing has to be taken yet");
        let rounded = root.rounded(&kinds, single);
        assert!(rounded >= most, "block {number}: {rounded} below {most}");
        closer += u32::from(rounded < single);
        let few = 1 + random.below(12) as u32;
        let whole = Search::new(&open, &mut transport, u32::MAX).run(&mut kinds, &[]);
        assert_eq!(whole.best, most, "block {number}");
        assert!(whole.lost <= most, "block {number}: nothing is left to look at");
        assert_eq!(worth(&open, &kinds, &whole.best_counts), most, "block {number}: what is chosen is what is best");
        // From the best counts of before, nothing better is found, and they are still those that are told.
        let last = whole.best_counts;
        kinds.iter_mut().enumerate().for_each(|(at, kind)| kind.kind_of = at);
        let again = Search::new(&open, &mut transport, u32::MAX).run(&mut kinds, &last);
        assert_eq!(worth(&open, &kinds, &again.best_counts), most, "block {number}: again");
        let short = Search::new(&open, &mut transport, few).run(&mut kinds, &[]);
        assert!(short.best.max(short.lost) >= most, "block {number}: {} below {most}", short.best.max(short.lost));
        given_up += u32::from(short.lost > short.best);
    }
    assert!(closer > 500 && given_up > 200, "{closer} bounds are closer, {given_up} searches were given up");
}
