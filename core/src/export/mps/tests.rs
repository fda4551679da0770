use super::*;
use crate::intake::sheets::from_json;
use crate::{Flow, solve};

fn case() -> Case {
    let document = r#"{
        "needs": [{"id": "N1", "place": "C1", "services": "x", "quantity": 3}],
        "projects": [{"id": "P1", "services": "x", "size": 2, "staffing": "r"}],
        "resources": [{"id": "R1", "roles": "r"}]
    }"#;
    from_json(document).understand().expect("a sound case").case
}

#[test]
fn a_model_beyond_the_limit_is_refused_with_its_size() {
    let case = case();
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    let nonzeros = match up_to(&case, &plan, 1) {
        Err(NoModel::TooLarge(nonzeros)) => nonzeros,
        other => panic!("{other:?}"),
    };
    assert!(up_to(&case, &plan, nonzeros).is_ok());
    assert_eq!(up_to(&case, &plan, nonzeros - 1), Err(NoModel::TooLarge(nonzeros)));
    assert_eq!(writable(&case), Ok(()));
}

#[test]
fn the_size_known_beforehand_is_the_size_written() {
    let case = case();
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    let model = compile(&case);
    let whole = formulate(&model);
    let (before, after) = (LevelModel::of(&model, &whole, None), LevelModel::of(&model, &whole, Some(&plan)));
    assert_eq!(before.nonzeros(), after.nonzeros());
    let text = after.write();
    let section = |from: &str, to: &str| text.split(from).nth(1).expect(from).split(to).next().expect(to).lines();
    let written =
        section("\nCOLUMNS\n", "\nRHS\n").filter(|l| !l.contains("'MARKER'") && !l.ends_with(" OBJ 0")).count();
    assert_eq!(written, after.nonzeros());
}

#[test]
fn a_row_with_two_limits_is_an_upper_one_with_a_range() {
    assert_eq!(Sense::of(-FREE, FREE), None);
    assert_eq!(Sense::of(-FREE, 4), Some(Sense::AtMost(4)));
    assert_eq!(Sense::of(-2, FREE), Some(Sense::AtLeast(-2)));
    assert_eq!(Sense::of(3, 3), Some(Sense::Equal(3)));
    let within = Sense::of(-1, 4).expect("two limits");
    assert_eq!((within.letter(), within.limit(), within), ('L', 4, Sense::Within(4, 5)));
}

#[test]
fn without_coverage_the_last_level_is_written() {
    assert_eq!(coverage_level(&[vec![Term::Must], vec![Term::Cost, Term::Coverage], vec![Term::Quality]]), 1);
    assert_eq!(coverage_level(&[vec![Term::Must], vec![Term::Cost]]), 1);
    assert_eq!(coverage_level(&[]), 0);
}
