//! Generated cities are the same bytes every time, sound through intake, and a clerk can plan them.

use sandan::check::check;
use sandan::export::case::document;
use sandan::intake::{sheets::from_json, understand};
use sandan::lists::Lang;
use sandan_benches::city::{City, Feature, Shape, Volunteers, generate};
use sandan_benches::clerk;

fn text(city: &City) -> String {
    document(&generate(city), Lang::En).expect("a generated city can be written")
}

fn understood(city: &City) -> sandan::intake::Intake {
    let read = from_json(&text(city));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let told = |p: &sandan::problem::Problem| p.record(Lang::En).message;
    read.understand().unwrap_or_else(|p| panic!("{:?}", p.list.iter().map(told).collect::<Vec<_>>()))
}

#[test]
fn the_same_options_give_the_same_bytes() {
    let city = City::new(5, 7);
    assert_eq!(text(&city), text(&city));
    assert_ne!(text(&city), text(&City::new(5, 8)));
}

#[test]
fn a_feature_more_leaves_the_rest_as_it_was() {
    let plain = City::new(4, 1);
    let mut max = plain.clone();
    max.features.insert(Feature::Max);
    let without_rules: Vec<_> =
        generate(&max).sheets.into_iter().filter(|s| s.table != sandan::lists::Table::Rules).collect();
    assert_eq!(without_rules, generate(&plain).sheets);
}

#[test]
fn every_feature_alone_is_sound_and_planned_by_a_clerk() {
    for &feature in Feature::ALL {
        let mut city = City::new(4, 3);
        if !city.features.remove(&feature) {
            city.features.insert(feature);
        }
        let intake = understood(&city);
        if let Ok(plan) = clerk::plan(&intake.case) {
            let report = check(&intake.case, &plan);
            let violations: Vec<String> = report.violations.iter().take(3).map(|v| v.message(Lang::En)).collect();
            assert!(violations.is_empty(), "{}: {violations:?}", feature.name());
            assert!(!plan.sessions.is_empty(), "{}", feature.name());
        }
    }
}

#[test]
fn all_features_together_are_sound() {
    for (communities, months) in [(1, 1), (3, 2), (5, 25)] {
        let city =
            City { months, quota: true, features: Feature::ALL.iter().copied().collect(), ..City::new(communities, 2) };
        understood(&city);
    }
}

#[test]
fn people_are_of_the_kinds_that_teams_are_of() {
    let city = City { volunteers: Volunteers::People, ..City::new(1, 1) };
    let case = understood(&city).case;
    // 897,800 in 186 communities.
    assert_eq!(case.resources.iter().filter(|r| r.id.starts_with('V')).count(), 4827);
}

#[test]
fn the_tables_are_understood_without_a_file_in_between() {
    let city = City::new(3, 1);
    let straight = understand(&generate(&city)).expect("no problems").case.hash;
    assert_eq!(straight, understood(&city).case.hash);
}

#[test]
fn every_shape_is_sound() {
    for shape in Shape::ALL {
        let case = understood(&City { shape: Some(shape), ..City::new(4, 3) }).case;
        let plan = clerk::plan(&case).expect("nothing is beyond a clerk");
        assert!(check(&case, &plan).violations.is_empty(), "{}", shape.name());
    }
}
