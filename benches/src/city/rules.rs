//! Rules and settings.

use sandan::lists::Table;

use super::draft::Draft;
use super::land::Land;
use super::{City, Feature};

/// Communities that are paired with four organisations each.
const PILOTS: usize = 4;

/// Writes the rules.
pub fn rules(city: &City, land: &Land) -> Draft {
    let columns =
        ["id", "rule", "projects", "services", "places", "roles", "skills", "per", "min", "max", "against", "window"];
    let mut draft = Draft::new(Table::Rules, &columns);
    if city.quota {
        draft.row(&[("id", "Q1"), ("rule", "sessions"), ("per", "place;period"), ("min", "1")]);
        let pilots: Vec<&str> = land.communities.iter().take(PILOTS).map(|c| c.id.as_str()).collect();
        draft.row(&[("id", "Q2"), ("rule", "orgs"), ("places", &pilots.join(";")), ("per", "place"), ("min", "4")]);
    }
    if city.has(Feature::Max) {
        // No community is flooded, and no service in a quarter.
        draft.row(&[("id", "X1"), ("rule", "sessions"), ("per", "place;period"), ("max", "3")]);
        draft.row(&[
            ("id", "X2"),
            ("rule", "units"),
            ("per", "place;service;quarter"),
            ("services", "课业辅导;艺术陪伴"),
            ("max", "40"),
        ]);
    }
    if city.has(Feature::Ratio) {
        // Untrained volunteers never outnumber the trained by more than one to one.
        draft.row(&[
            ("id", "X3"),
            ("rule", "ratio"),
            ("roles", "志愿者"),
            ("skills", "体育"),
            ("max", "2"),
            ("against", "社工"),
        ]);
    }
    if city.has(Feature::Window) {
        // Nobody more than twice in three months.
        draft.row(&[("id", "X4"), ("rule", "window"), ("window", "3"), ("max", "2")]);
    }
    draft
}

/// Writes the settings.
pub fn settings(city: &City) -> Draft {
    let mut draft = Draft::new(Table::Settings, &["key", "value"]);
    if let Some(gap) = &city.gap {
        draft.row(&[("key", "gap"), ("value", gap)]);
    }
    if city.has(Feature::Fairness) {
        draft.row(&[("key", "fairness"), ("value", "0.3:3; 0.6:2; 1.0:1")]);
    }
    if city.has(Feature::Levels) {
        draft.row(&[("key", "levels"), ("value", "must | quota | coverage | cost | travel | turns | quality")]);
    }
    draft
}
