//! The table `settings 设置`.

use super::cell::{decimal, integer, items, tidy};
use super::findings::{At, Findings, details};
use super::grid::{Fault, Grid};
use crate::intake::columns::{self, LARGEST, SettingKey, fold, nearest};
use crate::lists::{FairnessStep, Settings, Table, Term};
use crate::problem::Code;

/// The settings as read, before periods are known.
#[derive(Debug)]
pub(super) struct Draft {
    /// The settings without `freeze_before`.
    pub settings: Settings,
    /// The text of `freeze_before` and the row of the grid where it stands.
    pub freeze_before: Option<(String, usize)>,
}

/// Reads the settings.
pub(super) fn settings(grid: &Grid<'_>, findings: &mut Findings) -> Draft {
    let mut draft = Draft { settings: Settings::default(), freeze_before: None };
    let mut given: Vec<(&'static str, u32)> = Vec::new();
    for row in 0..grid.rows.len() {
        let (key, value) = (grid.text(row, "key"), grid.text(row, "value"));
        if key.is_empty() {
            findings.add(grid.at(row, "key"), Code::CellBlank, "", Vec::new());
            continue;
        }
        let Some(setting) = columns::setting(key) else {
            let known = columns::SETTINGS.iter().map(|s| if key.is_ascii() { s.name } else { s.chinese });
            findings.add(grid.at(row, "key"), Code::SettingUnknown, key, details![nearest(key, known)]);
            continue;
        };
        if let Some((_, first)) = given.iter().find(|(name, _)| *name == setting.name) {
            let at = At { table: Table::Settings, row: Some(grid.number(row)), column: None };
            findings.add(at, Code::RowTwice, "", details![*first]);
            continue;
        }
        given.push((setting.name, grid.number(row)));
        if value.is_empty() {
            continue;
        }
        if setting.name == "freeze_before" {
            draft.freeze_before = Some((tidy(value).into_owned(), row));
        } else if let Err(wrong) = set(&mut draft.settings, setting, value) {
            for (code, part, details) in wrong {
                findings.add(grid.at(row, "value"), code, &part, details);
            }
        }
    }
    draft
}

fn set(settings: &mut Settings, setting: &SettingKey, value: &str) -> Result<(), Vec<Fault>> {
    let wrong = |expected: &str| vec![(Code::BadSetting, value.to_owned(), details![setting.name, expected])];
    let between = |low: i64, high: i64| {
        let number = integer(value).filter(|n| (low..=high).contains(n));
        number.ok_or_else(|| wrong(&format!("{low} … {high}")))
    };
    if let Some(term) = setting.weight {
        settings.weights.set(term, between(0, LARGEST)?);
        return Ok(());
    }
    let scaled = |scale: u32, low: i64, high: i64, expected: &str| {
        let number = decimal(value).and_then(|d| d.scaled(scale)).filter(|n| (low..=high).contains(n));
        number.ok_or_else(|| wrong(expected))
    };
    match setting.name {
        "levels" => settings.levels = levels(value)?,
        "fairness" => {
            settings.fairness =
                fairness(value).ok_or_else(|| vec![(Code::BadFairness, value.to_owned(), Vec::new())])?;
        }
        "gap" => settings.gap_ppm = scaled(6, 0, 1_000_000, "0 … 1, 0.000001")?,
        "max_steps" => settings.max_steps = Some(unsigned(between(1, LARGEST)?)),
        "time_limit" => settings.time_limit_ms = Some(unsigned(scaled(3, 1, LARGEST, "0.001 … 1000000000")?)),
        "threads" => settings.threads = Some(u32::try_from(between(1, 4096)?).expect("at most 4096")),
        "seed" => settings.seed = unsigned(between(0, LARGEST)?),
        "speed_kmh" => settings.speed_milli_kmh = scaled(3, 1, 10_000_000, "0.001 … 10000")?,
        "reach_minutes" => settings.reach_minutes = between(0, LARGEST)?,
        "person_per_period" => settings.person_per_period = between(1, LARGEST)?,
        "allow_columns" => settings.allow_columns = items(value).map(|name| name.into_owned()).collect(),
        _ => {}
    }
    Ok(())
}

/// A number known not to be negative.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// `must | quota | coverage | cost travel …`
fn levels(value: &str) -> Result<Vec<Vec<Term>>, Vec<Fault>> {
    let mut levels: Vec<Vec<Term>> = Vec::new();
    let mut wrong: Vec<Fault> = Vec::new();
    for level in value.split(['|', '\u{ff5c}']) {
        let mut terms = Vec::new();
        let words = level.split(|c: char| c.is_whitespace() || matches!(c, ',' | '\u{ff0c}' | '\u{3001}' | '+'));
        for word in words.filter(|word| !word.is_empty()) {
            let wanted = fold(word);
            let named = |term: &Term| wanted == term.name() || wanted == columns::term_chinese(*term);
            match Term::ALL.into_iter().find(named) {
                Some(term) if !levels.iter().flatten().chain(&terms).any(|known| *known == term) => terms.push(term),
                Some(_) => wrong.push((Code::NotATerm, word.to_owned(), details![""])),
                None => {
                    let near = nearest(word, Term::ALL.iter().map(|term| term.name()));
                    wrong.push((Code::NotATerm, word.to_owned(), details![near]));
                }
            }
        }
        if terms.is_empty() && wrong.is_empty() {
            wrong.push((Code::NotATerm, level.trim().to_owned(), details![""]));
        }
        levels.push(terms);
    }
    if wrong.is_empty() { Ok(levels) } else { Err(wrong) }
}

/// `0.3:3; 0.6:2; 1.0:1`
fn fairness(value: &str) -> Option<Vec<FairnessStep>> {
    let mut steps: Vec<FairnessStep> = Vec::new();
    for item in items(value) {
        let plain = super::cell::ascii_punctuation(&item);
        let (share, multiplier) = plain.split_once(':')?;
        let share = decimal(share.trim())?;
        let multiplier = integer(multiplier.trim()).filter(|m| (0..=LARGEST).contains(m))?;
        if share.scale > 9 || share.mantissa <= 0 {
            return None;
        }
        let denominator = 10i64.pow(share.scale);
        let numerator = i64::try_from(share.mantissa).ok().filter(|n| *n <= denominator)?;
        let step = FairnessStep { share_numerator: numerator, share_denominator: denominator, multiplier };
        if let Some(last) = steps.last() {
            let before = i128::from(last.share_numerator) * i128::from(denominator);
            let here = i128::from(numerator) * i128::from(last.share_denominator);
            if here <= before || multiplier > last.multiplier {
                return None;
            }
        }
        steps.push(step);
    }
    steps.last().filter(|last| last.share_numerator == last.share_denominator)?;
    Some(steps)
}
