//! Limits of the smaller tables: `pins 指定`, `rules 规则`, `fit 适配` and `settings 设置`.
//!
//! Not among them: places and travel (a `place` or a `reach_minutes` is the limit) and periods.

use super::limit::{Limit, Target};
use super::stake::Stake;
use crate::lists::{Case, Fit, FitWorth, PinMode, Table};

/// A cell of a row of fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FitCell {
    Points,
    Load,
}

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettingCell {
    PersonPerPeriod,
    FreezeBefore,
}

/// Every pin.
pub(super) fn pins(case: &Case, out: &mut Vec<Limit>) {
    out.extend(case.pins.iter().enumerate().map(|(position, pin)| Limit {
        table: Table::Pins,
        row: Some(pin.row),
        column: None,
        value: if pin.mode == PinMode::Fix { "fix" } else { "forbid" }.to_owned(),
        target: Target::Pin(position),
    }));
}

/// Every rule with a maximum.
pub(super) fn rules(case: &Case, out: &mut Vec<Limit>) {
    let limits = case.rules.iter().enumerate().filter_map(|(position, rule)| {
        let value = rule.max?.to_string();
        let target = Target::Rule(position);
        Some(Limit { table: Table::Rules, row: Some(rule.row), column: Some("max"), value, target })
    });
    out.extend(limits);
}

/// Excluded pairs and units that take several seats.
pub(super) fn fits(case: &Case, stake: &Stake, out: &mut Vec<Limit>) {
    for (position, fit) in case.fits.iter().enumerate() {
        if !stake.projects[fit.project.index()] || !stake.needs[fit.need.index()] {
            continue;
        }
        let mut add = |cell, column, value| {
            let (row, target) = (Some(fit.row), Target::Fit(position, cell));
            out.push(Limit { table: Table::Fit, row, column: Some(column), value, target });
        };
        if fit.worth == FitWorth::Excluded {
            add(FitCell::Points, "points", "x".to_owned());
        }
        if fit.load > 1 {
            add(FitCell::Load, "load", fit.load.to_string());
        }
    }
}

/// Lifts a cell of fit.
pub(super) fn lift_fit(fit: &mut Fit, cell: FitCell) {
    match cell {
        FitCell::Points => fit.worth = FitWorth::Points(0),
        FitCell::Load => fit.load = 1,
    }
}

/// `person_per_period`, and `freeze_before` where nothing is frozen yet: facts that are there are facts.
pub(super) fn settings(case: &Case, out: &mut Vec<Limit>) {
    let mut add = |cell, value| {
        let target = Target::Setting(cell);
        out.push(Limit { table: Table::Settings, row: None, column: None, value, target });
    };
    let settings = &case.settings;
    if case.needs.iter().any(|need| need.person.is_some()) {
        add(SettingCell::PersonPerPeriod, format!("person_per_period = {}", settings.person_per_period));
    }
    if let Some(freeze) = settings.freeze_before {
        let mut sessions = case.previous.iter().flat_map(|plan| &plan.sessions);
        let frozen = |period: &str| case.period(period).is_some_and(|start| start < freeze);
        if !sessions.any(|session| frozen(&session.period)) {
            add(SettingCell::FreezeBefore, format!("freeze_before = {}", case.periods[freeze.index()].id));
        }
    }
}

/// Lifts a setting.
pub(super) fn lift_setting(case: &mut Case, cell: SettingCell, stake: &Stake) {
    let settings = &mut case.settings;
    match cell {
        SettingCell::PersonPerPeriod => {
            settings.person_per_period = settings.person_per_period.saturating_add(stake.sessions);
        }
        SettingCell::FreezeBefore => settings.freeze_before = None,
    }
}
