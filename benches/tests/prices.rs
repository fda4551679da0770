//! Prices lead to a close bound where people are scarce as well as where money is.

use sandan::intake::understand;
use sandan_benches::city::{City, Feature, generate};
use sandan_benches::run::{Limit, run, told};

/// Steps of work in all; half of them go to the coverage level.
const STEPS: u64 = 6_000;
/// The most that a bound may lie above its plan, in parts per million.
const GAP_PPM: i64 = 10_000;

#[test]
fn bounds_are_close_where_people_are_scarce() {
    let mut city = City::new(10, 1);
    city.features.insert(Feature::Own);
    city.gap = Some("0".to_owned());
    let mut case = understand(&generate(&city)).map_err(|p| told(&p)).expect("a sound case").case;
    case.settings.max_steps = Some(STEPS);
    let plan = run(&case, Limit::default()).expect("a plan").plan;
    // Must, quota, coverage and the last level: in common steps they ended 27,000 and 150,000 parts apart.
    for level in &plan.levels {
        assert!(level.gap_ppm <= GAP_PPM, "{} of at most {}", level.value, level.bound);
    }
}
