//! The public sets are read as they are, and as cases they keep their costs exactly.

use std::path::{Path, PathBuf};

use sandan::intake::understand;
use sandan_benches::gap::{Class, known, make, read};
use sandan_benches::run::{Limit, run};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gap")
}

#[test]
fn every_public_instance_is_read_with_its_size() {
    let all = known(&folder()).expect("the table is there");
    assert_eq!(all.len(), 84);
    for known in all {
        let instance = read(&folder().join(&known.path)).expect("the file is there");
        assert!(instance.jobs() >= 15 && instance.agents() >= 5, "{}", known.path);
        assert!(known.bound <= known.best && known.optimum.is_none_or(|o| o == known.best), "{}", known.path);
    }
}

#[test]
fn a_public_instance_keeps_its_cost() {
    let instance = read(&folder().join("cattrysse1994/gap1-0")).expect("the file is there");
    let case = understand(&instance.case()).expect("no problems").case;
    let plan = run(&case, Limit::default()).expect("without pins there is a plan").plan;
    let values: Vec<(i64, i64)> = plan.levels.iter().map(|l| (l.value, l.bound)).collect();
    assert_eq!(values[0], (0, 0));
    assert_eq!((instance.cost_of(values[1].0), instance.cost_of(values[1].1)), (261, 261));
}

#[test]
fn public_instances_are_solved_to_their_optimum() {
    let names = ["gap1-1", "gap2-0", "gap3-1", "gap5-2", "gap8-0", "gap12-1", "a10100", "b05100", "c05100", "c20100"];
    let all = known(&folder()).expect("the table is there");
    let picked: Vec<_> = all.iter().filter(|known| names.contains(&known.name())).collect();
    assert_eq!(picked.len(), names.len());
    for known in picked {
        let instance = read(&folder().join(&known.path)).expect("the file is there");
        let case = understand(&instance.case()).expect("no problems").case;
        let plan = run(&case, Limit::default()).expect("without pins there is a plan").plan;
        let values: Vec<(i64, i64)> = plan.levels.iter().map(|l| (l.value, l.bound)).collect();
        assert_eq!(values[0], (0, 0), "{}", known.name());
        let costs = (instance.cost_of(values[1].0), instance.cost_of(values[1].1));
        assert_eq!((Some(costs.0), Some(costs.1)), (known.optimum, known.optimum), "{}", known.name());
    }
}

#[test]
fn made_instances_are_of_their_class() {
    let hard = make(Class::D, 5, 40, 1);
    assert_eq!(hard, make(Class::D, 5, 40, 1));
    assert_eq!((hard.agents(), hard.jobs()), (5, 40));
    for (cost, weight) in hard.cost.iter().flatten().zip(hard.weight.iter().flatten()) {
        assert!((1..=100).contains(weight) && (cost + weight - 111).abs() <= 10);
    }
    assert!(make(Class::A, 5, 40, 1).capacity[0] > make(Class::B, 5, 40, 1).capacity[0]);
    understand(&make(Class::C, 3, 10, 1).case()).expect("no problems");
}
