//! Instances of any size, drawn as the public classes were (Chu and Beasley 1997).

use super::Instance;
use crate::draw::Draw;

/// A class of instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Loose capacities.
    A,
    /// Tighter ones: seven tenths of those of class a.
    B,
    /// Capacity for four fifths of the mean agent's weights.
    C,
    /// As c, cost and weight against each other: the hard one.
    D,
}

impl Class {
    /// The class of a letter.
    pub fn of(letter: &str) -> Option<Class> {
        match letter {
            "a" => Some(Class::A),
            "b" => Some(Class::B),
            "c" => Some(Class::C),
            "d" => Some(Class::D),
            _ => None,
        }
    }
}

/// Draws an instance.
pub fn make(class: Class, agents: usize, jobs: usize, seed: u64) -> Instance {
    let mut draw = Draw::new(seed, "generalized assignment");
    let hard = class == Class::D;
    let (mut cost, mut weight) = (Vec::new(), Vec::new());
    for _ in 0..agents {
        let weights: Vec<i64> =
            (0..jobs).map(|_| if hard { draw.between(1, 100) } else { draw.between(5, 25) }).collect();
        let price = |w: &i64| if hard { 111 - w + draw.between(-10, 10) } else { draw.between(10, 50) };
        cost.push(weights.iter().map(price).collect::<Vec<i64>>());
        weight.push(weights);
    }
    let instance = Instance { cost, weight, capacity: vec![0; agents] };
    let capacity = match class {
        Class::A | Class::B => {
            let share = 9 * (jobs as i64) / agents.max(1) as i64 + 4 * heaviest(&instance) / 10;
            vec![if class == Class::A { share } else { share * 7 / 10 }; agents]
        }
        Class::C | Class::D => {
            instance.weight.iter().map(|w| w.iter().sum::<i64>() * 8 / (10 * agents.max(1) as i64)).collect()
        }
    };
    Instance { capacity, ..instance }
}

/// The heaviest load of an agent if every job went where it is cheapest.
fn heaviest(instance: &Instance) -> i64 {
    let mut load = vec![0; instance.agents()];
    for job in 0..instance.jobs() {
        if let Some(agent) = (0..instance.agents()).min_by_key(|a| (instance.cost[*a][job], *a)) {
            load[agent] += instance.weight[agent][job];
        }
    }
    load.into_iter().max().unwrap_or(0)
}
