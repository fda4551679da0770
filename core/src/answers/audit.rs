//! What a plan rests on: hash, version, settings, and every pin and override with what it costs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gaps::units_text;
use super::ground::{Ground, Refusal};
use super::resolve::{Outcome, resolve_exactly};
use super::worth::{self, LevelChange};
use crate::export::{Names, either, plain};
use crate::intake::settings_as_written;
use crate::lists::{Case, FitWorth, Lang, PinMode, Settings};
use crate::plan::{Level, Status};

/// What a plan rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// SHA-256 of the normalised case.
    pub case: String,
    /// The version of sandan that made the plan.
    pub version: String,
    /// What is known about the plan.
    pub status: Status,
    /// Every setting in force.
    pub settings: BTreeMap<String, String>,
    /// The seed.
    pub seed: u64,
    /// Settings that differ from their defaults.
    pub changed_settings: BTreeMap<String, String>,
    /// Pins and other interventions, each with what the plan would be worth without it.
    pub overrides: Vec<Override>,
    #[serde(skip)]
    units: [String; 2],
}

/// Something that a planner has decided beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Override {
    /// `pins` or `fit`.
    pub table: String,
    /// The row as seen in Excel.
    pub row: u32,
    /// What it says: `fix`, `forbid` or `x`, and whom.
    pub says: String,
    /// Every level with it and without it; empty where that is not known.
    pub levels: Vec<LevelChange>,
    /// Whether the cost is exact: both plans are proven best.
    pub exact: bool,
    #[serde(skip)]
    without: Vec<Level>,
}

/// Audits a plan: the case is solved again without each pin and each excluded pair.
///
/// # Errors
/// See [`Refusal`].
pub fn audit(ground: &Ground) -> Result<Audit, Refusal> {
    let case = ground.case;
    let settings = if ground.plan.settings.is_empty() {
        settings_as_written(&case.settings, &case.periods)
    } else {
        ground.plan.settings.clone()
    };
    let usual = settings_as_written(&Settings::default(), &case.periods);
    let changed_settings = settings.iter().filter(|(key, value)| usual.get(*key) != Some(*value));
    let mut overrides = Vec::new();
    for (position, pin) in case.pins.iter().enumerate() {
        let mut without = case.clone();
        without.pins.remove(position);
        overrides.push(cost(ground, without, "pins", pin.row, pin_text(case, position))?);
    }
    for (position, fit) in case.fits.iter().enumerate().filter(|(_, fit)| fit.worth == FitWorth::Excluded) {
        let mut without = case.clone();
        without.fits[position].worth = FitWorth::Points(0);
        let says = format!("x {} {}", case.needs[fit.need.index()].id, case.projects[fit.project.index()].id);
        overrides.push(cost(ground, without, "fit", fit.row, says)?);
    }
    Ok(Audit {
        case: case.hash.clone(),
        version: ground.plan.version.clone(),
        status: ground.plan.status,
        changed_settings: changed_settings.map(|(k, v)| (k.clone(), v.clone())).collect(),
        seed: case.settings.seed,
        settings,
        overrides,
        units: [Lang::Zh, Lang::En].map(|lang| units_text(case, ground.plan, lang)),
    })
}

fn cost(ground: &Ground, mut without: Case, table: &str, row: u32, says: String) -> Result<Override, Refusal> {
    let found = resolve_exactly(&mut without, ground.plan)?;
    let mut out =
        Override { table: table.to_owned(), row, says, levels: Vec::new(), exact: false, without: Vec::new() };
    if let Outcome::Plan(plan) = found {
        // The plan itself keeps the pin and is a plan without it, too: the search must not end below it.
        let worse = worth::order(&plan.levels, &ground.levels).is_lt();
        let levels = if worse { ground.levels.clone() } else { plan.levels };
        out.levels = worth::changes(&ground.levels, &levels);
        out.exact = !worse && worth::proven(&levels) && worth::proven(&ground.levels);
        out.without = levels;
    }
    Ok(out)
}

fn pin_text(case: &Case, position: usize) -> String {
    let pin = &case.pins[position];
    let mut parts = vec![if pin.mode == PinMode::Fix { "fix" } else { "forbid" }.to_owned()];
    parts.extend(pin.need.map(|id| case.needs[id.index()].id.clone()));
    parts.extend(pin.project.map(|id| case.projects[id.index()].id.clone()));
    parts.extend(pin.place.map(|id| case.places[id.index()].id.clone()));
    parts.extend(pin.period.map(|id| case.periods[id.index()].id.clone()));
    parts.extend(pin.resource.map(|id| case.resources[id.index()].id.clone()));
    if pin.count != 1 {
        parts.push(format!("× {}", pin.count));
    }
    parts.join(" ")
}

impl Audit {
    /// The audit for people.
    pub fn text(&self, names: &Names, levels: &[Level]) -> String {
        let lang = names.lang;
        let mut out = vec![
            format!("{} {}", either(lang, "清单", "case"), plain(&self.case)),
            format!("{} {}", either(lang, "版本", "version"), plain(&self.version)),
            format!("{} {}", either(lang, "种子", "seed"), self.seed),
            format!("{} {}", either(lang, "服务", "served"), self.units[lang as usize]),
        ];
        out.push(either(lang, "改过的设置", "settings that differ from their defaults").to_owned());
        out.extend(self.changed_settings.iter().map(|(key, value)| format!("  {} = {}", plain(key), plain(value))));
        if self.changed_settings.is_empty() {
            out.push(format!("  {}", either(lang, "没有", "none")));
        }
        out.push(
            either(lang, "人工指定与排除，以及去掉它之后", "pins and exclusions, and the plan without each").to_owned(),
        );
        for line in &self.overrides {
            let (table, row, says) = (&line.table, line.row, plain(&line.says));
            out.push(match lang {
                Lang::Zh => format!("  {table} 第{row}行 {says}{}", if line.exact { "" } else { "（未证到最优）" }),
                Lang::En => format!("  {table} row {row} {says}{}", if line.exact { "" } else { " (not proven)" }),
            });
            if line.without.is_empty() {
                out.push(format!("    {}", either(lang, "没有求出", "not known")));
            } else {
                out.extend(worth::lines(levels, &line.without, lang).into_iter().map(|text| format!("    {text}")));
            }
        }
        if self.overrides.is_empty() {
            out.push(format!("  {}", either(lang, "没有", "none")));
        }
        out.join("\n") + "\n"
    }
}
