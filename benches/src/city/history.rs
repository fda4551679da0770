//! Facts and pins, taken from what a clerk would have planned: so they hold together.

use sandan::intake::{Sheets, understand};
use sandan::lists::Table;
use sandan::plan::{Plan, Session};

use super::draft::Draft;
use super::land::Land;
use super::{City, Feature, generate};
use crate::clerk;
use crate::draw::Draw;

/// One in so many sessions of the clerk is asked for by a pin.
const PINNED: usize = 25;

/// Adds facts (the clerk's sessions of the first quarter of the horizon) and pins (some of the others).
pub fn add(city: &City, land: &Land, sheets: &mut Sheets) {
    let Some(plan) = clerks_plan(city) else { return };
    let freeze = &land.periods[land.periods.len() / 4];
    if city.has(Feature::Facts) {
        let mut facts = Plan::empty();
        facts.sessions = plan.sessions.iter().filter(|s| s.period < *freeze).cloned().collect();
        // A launch that has a session among the facts is a fact too.
        let held = |project: &str| facts.sessions.iter().any(|s| s.project == project);
        facts.launches = plan.launches.iter().filter(|l| held(&l.project)).cloned().collect();
        sheets.previous = Some(facts.to_json());
        set(sheets, "freeze_before", freeze);
    }
    if city.has(Feature::Pins) {
        let open: Vec<&Session> =
            plan.sessions.iter().filter(|s| !city.has(Feature::Facts) || s.period >= *freeze).collect();
        sheets.sheets.extend(pins(city, land, &plan, &open).finish());
    }
}

/// What a clerk would plan without the limits that are beyond him.
fn clerks_plan(city: &City) -> Option<Plan> {
    let mut plain = city.clone();
    for feature in [Feature::Facts, Feature::Pins, Feature::Max, Feature::Ratio, Feature::Window] {
        plain.features.remove(&feature);
    }
    clerk::plan(&understand(&generate(&plain)).ok()?.case).ok()
}

fn pins(city: &City, land: &Land, plan: &Plan, open: &[&Session]) -> Draft {
    let mut draft = Draft::new(Table::Pins, &["pin", "need", "project", "place", "period", "resource", "count"]);
    let mut draw = Draw::new(city.seed, "pins");
    for (n, session) in open.iter().enumerate().filter(|(n, _)| n % PINNED == 0) {
        let cell = [("pin", "fix"), ("project", &session.project), ("place", &session.place)];
        match (n / PINNED % 3, session.needs.first(), session.staff.first()) {
            (0, Some(served), _) => {
                draft.row(&[&cell[..], &[("need", &served.need), ("count", &served.units.to_string())]].concat());
            }
            (1, _, Some(seat)) => draft.row(&[&cell[..], &[("resource", &seat.resource)]].concat()),
            _ => draft.row(&[&cell[..], &[("period", &session.period)]].concat()),
        }
    }
    // What the clerk does not do anyway is forbidden in some places.
    for community in land.communities.iter().filter(|_| !plan.sessions.is_empty()) {
        let (chosen, project) = (draw.chance(20), draw.one(&plan.sessions).project.clone());
        if chosen && !plan.sessions.iter().any(|s| s.project == project && s.place == community.id) {
            draft.row(&[("pin", "forbid"), ("project", &project), ("place", &community.id)]);
        }
    }
    draft
}

fn set(sheets: &mut Sheets, key: &str, value: &str) {
    let mut draft = Draft::new(Table::Settings, &["key", "value"]);
    draft.row(&[("key", key), ("value", value)]);
    let Some(added) = draft.finish() else { return };
    match sheets.sheets.iter_mut().find(|s| s.table == Table::Settings) {
        Some(settings) => {
            let next = settings.rows.len() as u32 + 2;
            settings.rows.extend(added.rows.into_iter().map(|row| sandan::intake::SheetRow { number: next, ..row }));
        }
        None => sheets.sheets.push(added),
    }
}
