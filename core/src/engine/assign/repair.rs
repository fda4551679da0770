//! From what agents answered to an assignment: a job wanted by several goes to one, a job wanted by none where there is
//! room; then single jobs move while that brings more.

use super::domain::{Domain, NONE};
use super::instance::Instance;
use super::relaxation::{Prices, Relaxation};

/// Builds an assignment within a domain from the last answers; `None` if a job finds no room.
pub(super) fn repair(
    instance: &Instance,
    domain: &Domain,
    relaxation: &Relaxation,
    prices: &Prices,
) -> Option<Vec<u32>> {
    let mut taken = domain.chosen.clone();
    let mut left = domain.left.clone();
    // What is worth most after prices a unit of weight stays.
    for &index in &relaxation.picked {
        let item = &instance.items[index as usize];
        let there = &mut taken[item.job as usize];
        let weight = if *there == NONE { None } else { Some(instance.items[*there as usize]) };
        match weight {
            None => {
                *there = index;
                left[item.agent as usize] -= item.weight;
            }
            Some(other) => {
                let rank = |item: &super::instance::Item| {
                    (item.profit, std::cmp::Reverse(item.weight), std::cmp::Reverse(item.agent))
                };
                if rank(item) > rank(&other) {
                    *there = index;
                    left[item.agent as usize] -= item.weight;
                    left[other.agent as usize] += other.weight;
                }
            }
        }
    }
    let mut missing: Vec<usize> = (0..instance.jobs()).filter(|job| taken[*job] == NONE).collect();
    // What is dear to leave comes first.
    missing.sort_by_key(|job| (std::cmp::Reverse(prices[*job]), *job));
    for job in missing {
        let fits = instance.of_job[job].iter().copied().filter(|item| {
            let index = *item as usize;
            domain.is_free(index) && instance.items[index].weight <= left[instance.items[index].agent as usize]
        });
        let best = fits.max_by_key(|item| (instance.items[*item as usize].profit, std::cmp::Reverse(*item)))?;
        let item = &instance.items[best as usize];
        left[item.agent as usize] -= item.weight;
        taken[job] = best;
    }
    loop {
        let mut moved = false;
        for job in (0..instance.jobs()).filter(|job| domain.chosen[*job] == NONE) {
            let now = instance.items[taken[job] as usize];
            let better = instance.of_job[job].iter().copied().filter(|other| {
                let item = &instance.items[*other as usize];
                item.profit > now.profit && domain.is_free(*other as usize) && item.weight <= left[item.agent as usize]
            });
            if let Some(best) = better.max_by_key(|o| (instance.items[*o as usize].profit, std::cmp::Reverse(*o))) {
                let item = &instance.items[best as usize];
                left[item.agent as usize] -= item.weight;
                left[now.agent as usize] += now.weight;
                taken[job] = best;
                moved = true;
            }
        }
        if !moved {
            return Some(taken);
        }
    }
}
