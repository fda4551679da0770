//! Settings as a planner would write them.

use std::collections::BTreeMap;

use super::columns::SETTINGS;
use crate::lists::{FairnessStep, Period, Settings};

/// The settings in force by key, defaults filled in, as they would be written in the table `settings` of the case with
/// these periods. Without `threads`, `time_limit` and `allow_columns`, which change no plan, and without what is not
/// set (`max_steps`, `freeze_before`).
pub fn settings_as_written(settings: &Settings, periods: &[Period]) -> BTreeMap<String, String> {
    let levels = settings.levels.iter().map(|level| level.iter().map(|term| term.name()).collect::<Vec<_>>().join(" "));
    let fairness = settings.fairness.iter().map(|step| format!("{}:{}", share(step), step.multiplier));
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    let mut write = |key: &str, value: String| written.insert(key.to_owned(), value);
    write("levels", levels.collect::<Vec<_>>().join(" | "));
    write("fairness", fairness.collect::<Vec<_>>().join("; "));
    write("gap", decimal(settings.gap_ppm, 6));
    write("seed", settings.seed.to_string());
    write("speed_kmh", decimal(settings.speed_milli_kmh, 3));
    write("reach_minutes", settings.reach_minutes.to_string());
    write("person_per_period", settings.person_per_period.to_string());
    if let Some(steps) = settings.max_steps {
        write("max_steps", steps.to_string());
    }
    if let Some(period) = settings.freeze_before.and_then(|period| periods.get(period.index())) {
        write("freeze_before", period.id.clone());
    }
    for (key, term) in SETTINGS.iter().filter_map(|setting| Some((setting.name, setting.weight?))) {
        write(key, settings.weights.of(term).to_string());
    }
    written
}

/// The share of a fairness step, `1.0` for all.
fn share(step: &FairnessStep) -> String {
    let places = step.share_denominator.checked_ilog10().unwrap_or(0);
    let text = decimal(step.share_numerator, places);
    if text == "1" { "1.0".to_owned() } else { text }
}

/// A number of parts of a power of ten as a decimal, without zeros at its end.
fn decimal(parts: i64, places: u32) -> String {
    let whole = 10i64.pow(places);
    let fraction = format!("{:0width$}", parts % whole, width = places as usize);
    let fraction = if places == 0 { "" } else { fraction.trim_end_matches('0') };
    if fraction.is_empty() { format!("{}", parts / whole) } else { format!("{}.{fraction}", parts / whole) }
}
