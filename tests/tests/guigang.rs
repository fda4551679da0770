//! The prefecture's year of `examples/guigang`: 1,009 needs, 22 projects, 5,262 resource rows, 897,800 volunteers.

use std::sync::OnceLock;

use sandan::answers::{events, mended, prepare, rematched};
use sandan::check::check;
use sandan::intake::sheets::read_path;
use sandan::lists::Case;
use sandan::plan::Plan;
use sandan::{Flow, solve};
use sandan_tests::root;

/// The year and its plan, solved once for all tests.
fn planned() -> &'static (Case, Plan) {
    static PLANNED: OnceLock<(Case, Plan)> = OnceLock::new();
    PLANNED.get_or_init(|| {
        let case = read_path(&root().join("examples/guigang")).understand().expect("a sound case").case;
        let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
        (case, plan)
    })
}

#[test]
fn the_year_is_planned_with_valid_bounds_and_passes_the_check() {
    let (case, plan) = planned();
    let report = check(case, plan);
    assert!(report.violations.is_empty(), "{:?}", report.violations);
    assert!(report.differences.is_empty(), "{:?}", report.differences);
    let [must, quota, coverage, last] = &plan.levels[..] else { panic!("four levels") };
    assert_eq!((must.value, must.bound), (0, 0));
    assert_eq!((quota.value, quota.bound), (0, 0));
    // The published answer: all but the 15 wishes that the donated money does not reach.
    assert_eq!((coverage.value, coverage.bound), (242_518, 242_518));
    assert!(last.value <= -220_843_786 && -220_843_786 <= last.bound, "{last:?}");
    let units_unmet: i64 = plan.unmet.iter().map(|u| u.units).sum();
    assert_eq!((plan.unmet.len(), units_unmet), (15, 15));
    assert!(plan.unmet.iter().all(|u| u.reason.funnel.last().is_some_and(|s| s.left == 0)));
    assert!(plan.sessions.len() >= 8_048);
}

/// A team where all teams are full, one of a row whose seats can be dealt anew, one of a row that is full and has seats that
/// ask for three times as much, and rows with room. No search of the whole follows: all is done in a fixed number of steps.
#[test]
fn whoever_drops_out_the_fewest_changes_are_made_and_proven() {
    let (_, plan) = planned();
    for (row, most) in [("F01", 330), ("F15", 330), ("A05", 0), ("A31", 36), ("SF", 0), ("V0001", 4)] {
        let events = events::read(&format!(r#"[{{"kind": "dropped_out", "resource": "{row}"}}]"#)).expect("an event");
        let (sheets, _) = read_path(&root().join("examples/guigang")).into_sheets().expect("sound lists");
        let prepared = prepare(sheets, plan.clone(), &events, None).expect("events that can be applied");
        let again = mended(&prepared).expect("a plan mended");
        assert!(again.enough, "{row}");
        let rematch = rematched(&prepared, &again.plan);
        assert_eq!(rematch.fewest, Some(rematch.changes), "{row}");
        assert!(rematch.changes <= most, "{row}: {}", rematch.changes);
    }
}
