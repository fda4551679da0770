//! The periods of a case, given or inferred, and what period lists mean.

use std::collections::{BTreeSet, HashMap};

use super::cell::{ascii_punctuation, day_of, days_in, has_bad_character, items, month_of, tidy};
use super::compound;
use super::findings::{Findings, details};
use super::grid::{Faults, Grid};
use super::ids::Ids;
use super::suggest::Suggestions;
use crate::lists::{PeriodId, PeriodSet, Table};
use crate::problem::Code;

/// The most periods a case may have: half-hours of five years.
const MOST_PERIODS: usize = 100_000;

/// The periods of a case in time order.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The ids in time order.
    pub ids: Vec<String>,
    /// The row of the grid of each period; empty if inferred.
    pub rows: Vec<usize>,
    index: HashMap<String, PeriodId>,
    /// `kind:value` or a word → the periods that carry it.
    tags: HashMap<String, Vec<PeriodId>>,
    suggestions: Suggestions,
}

impl Calendar {
    /// The periods of the table, which has rows.
    pub fn of_table(grid: &Grid<'_>, findings: &mut Findings) -> Self {
        let ids = Ids::read(grid, true, findings);
        let mut rows: Vec<usize> = ids.order().collect();
        rows.sort_unstable();
        if rows.len() > MOST_PERIODS {
            findings.add(
                super::findings::At { table: Table::Periods, row: None, column: None },
                Code::TooManyPeriods,
                "",
                details![rows.len(), MOST_PERIODS],
            );
            rows.truncate(MOST_PERIODS);
        }
        let mut calendar = Calendar::of_ids(rows.iter().map(|row| ids.text(*row).to_owned()).collect());
        let tags = grid.read("tags", findings, Vec::new(), |text, faults| {
            let tags = compound::tags(text, faults);
            tags.into_iter().map(|(kind, value)| tag_key(kind.as_deref(), &value)).collect()
        });
        for (position, row) in rows.iter().enumerate() {
            for tag in tags.at(*row) {
                let carried: &mut Vec<PeriodId> = calendar.tags.entry(tag.clone()).or_default();
                if carried.last() != Some(&PeriodId::from(position)) {
                    carried.push(PeriodId::from(position));
                }
            }
        }
        calendar.rows = rows;
        calendar
    }

    /// The periods that the texts of period columns name, in natural order; ranges between months or days filled in.
    pub fn inferred<'t>(texts: impl Iterator<Item = &'t str>, findings: &mut Findings) -> Self {
        let mut named: BTreeSet<Natural> = BTreeSet::new();
        let mut filled = 0usize;
        for token in texts.flat_map(items) {
            let token = tidy(&token).into_owned();
            match range_ends(&token) {
                None if may_be_inferred(&token) => {
                    named.insert(Natural(token));
                }
                None => {}
                Some((from, to)) => {
                    let Some(ids) = fill(&from, &to) else { continue };
                    filled = filled.max(ids.len());
                    if ids.len() <= MOST_PERIODS {
                        named.extend(ids.into_iter().map(Natural));
                    }
                }
            }
            if named.len() > MOST_PERIODS {
                break;
            }
        }
        if named.len().max(filled) > MOST_PERIODS {
            findings.add(
                super::findings::At { table: Table::Periods, row: None, column: None },
                Code::TooManyPeriods,
                "",
                details![named.len().max(filled), MOST_PERIODS],
            );
            named.clear();
        }
        if named.is_empty() {
            named.insert(Natural("all".to_owned()));
        }
        Calendar::of_ids(named.into_iter().map(|natural| natural.0).collect())
    }

    fn of_ids(ids: Vec<String>) -> Self {
        let index = ids.iter().enumerate().map(|(i, id)| (id.clone(), PeriodId::from(i))).collect();
        Calendar { ids, rows: Vec::new(), index, tags: HashMap::new(), suggestions: Suggestions::default() }
    }

    /// Whether there is no table.
    pub fn is_inferred(&self) -> bool {
        self.rows.is_empty()
    }

    /// The period of an id.
    pub fn find(&self, id: &str) -> Option<PeriodId> {
        self.index.get(id).copied()
    }

    /// The nearest id to a text that is none.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        self.suggestions.nearest(text, self.ids.iter().map(String::as_str))
    }

    /// The set of a period list; all periods if it names none.
    pub fn set(&self, text: &str, faults: &mut Faults) -> PeriodSet {
        let mut periods = Vec::new();
        let mut named = false;
        for token in items(text) {
            named = true;
            periods.extend(self.resolve(&token, faults));
        }
        if named { PeriodSet::of(&periods) } else { PeriodSet::all() }
    }

    /// The periods that an id, a range or a tag names.
    pub fn resolve(&self, token: &str, faults: &mut Faults) -> Vec<PeriodId> {
        if let Some(period) = self.find(token) {
            return vec![period];
        }
        if let Some((from, to)) = range_ends(token) {
            return self.range(token, &from, &to, faults);
        }
        let plain = ascii_punctuation(token);
        let key = plain.split_once(':').map(|(kind, value)| tag_key(Some(&tidy(kind)), &tidy(value)));
        let found = self.tags.get(token).or_else(|| self.tags.get(&key?));
        match found {
            Some(periods) => periods.clone(),
            None => {
                faults.add(Code::UnknownPeriod, token, details![self.nearest(token)]);
                Vec::new()
            }
        }
    }

    fn range(&self, token: &str, from: &str, to: &str, faults: &mut Faults) -> Vec<PeriodId> {
        let ends = (self.find(from), self.find(to));
        let fills = self.is_inferred() && day_or_month(from).is_some() && day_or_month(to).is_some();
        if self.is_inferred() && !fills {
            faults.add(Code::RangeNeedsTable, token, Vec::new());
            return Vec::new();
        }
        match ends {
            (Some(first), Some(last)) if first <= last => (first.0..=last.0).map(PeriodId).collect(),
            (Some(_), Some(_)) => {
                faults.add(Code::RangeReversed, token, Vec::new());
                Vec::new()
            }
            _ if fills => {
                if from.len() != to.len() {
                    faults.add(Code::RangeNeedsTable, token, Vec::new());
                } else if day_or_month(from) > day_or_month(to) {
                    faults.add(Code::RangeReversed, token, Vec::new());
                }
                // Otherwise the range was too long to be filled in, which has been reported.
                Vec::new()
            }
            (first, _) => {
                let missing = if first.is_none() { from } else { to };
                faults.add(Code::UnknownPeriod, missing, details![self.nearest(missing)]);
                Vec::new()
            }
        }
    }
}

/// A tag as it is looked up.
fn tag_key(kind: Option<&str>, value: &str) -> String {
    kind.map_or_else(|| value.to_owned(), |kind| format!("{kind}:{value}"))
}

/// The ends of a range `a..b`.
fn range_ends(token: &str) -> Option<(String, String)> {
    let plain = ascii_punctuation(token);
    let (from, to) = plain.split_once("..")?;
    Some((tidy(from).into_owned(), tidy(to).into_owned()))
}

/// Whether a token can be the id of a period without a table: `quarter:Q3` looks like a tag and needs the table, while
/// `09:30` is a time.
fn may_be_inferred(token: &str) -> bool {
    let plain = ascii_punctuation(token);
    let is_tag = plain.split_once(':').is_some_and(|(kind, _)| !kind.ends_with(|c: char| c.is_ascii_digit()));
    !is_tag && !has_bad_character(token)
}

/// Whether an id is a month or a day: year, month and day (0 for a month).
fn day_or_month(id: &str) -> Option<(u32, u32, u32)> {
    day_of(id).or_else(|| month_of(id).map(|(year, month)| (year, month, 0)))
}

/// The ids between two months or two days, both included; `None` if they are not both months or both days.
fn fill(from: &str, to: &str) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    if let (Some((mut year, mut month)), Some(last)) = (month_of(from), month_of(to)) {
        while (year, month) <= last {
            ids.push(format!("{year:04}-{month:02}"));
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        return Some(ids);
    }
    let (Some((mut year, mut month, mut day)), Some(last)) = (day_of(from), day_of(to)) else { return None };
    while (year, month, day) <= last && ids.len() <= MOST_PERIODS {
        ids.push(format!("{year:04}-{month:02}-{day:02}"));
        day += 1;
        if day > days_in(year, month) {
            day = 1;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
    }
    Some(ids)
}

/// An id in natural order: digit runs compare as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Natural(String);

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        natural(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two texts with digit runs as numbers; equal where they differ only in leading zeros.
pub(super) fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let ((run_a, rest_a), (run_b, rest_b)) = (digit_run(a), digit_run(b));
            let ordering = run_a.len().cmp(&run_b.len()).then_with(|| run_a.cmp(run_b));
            if ordering.is_ne() {
                return ordering;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if x != y {
                return x.cmp(&y);
            }
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
        }
    }
}

/// The leading digits without leading zeros, and the rest.
fn digit_run(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_order_reads_digit_runs_as_numbers() {
        let mut ids = ["W10", "W2", "W1", "2025-10", "2025-9", "W02"].map(|id| Natural(id.to_owned()));
        ids.sort();
        assert_eq!(ids.map(|n| n.0), ["2025-9", "2025-10", "W1", "W02", "W2", "W10"].map(str::to_owned));
    }

    #[test]
    fn ranges_of_months_and_days_are_filled_in() {
        assert_eq!(
            fill("2025-11", "2026-02").map(|ids| ids.join(" ")).as_deref(),
            Some("2025-11 2025-12 2026-01 2026-02")
        );
        assert_eq!(fill("2024-02-28", "2024-03-01").map(|ids| ids.len()), Some(3));
        assert_eq!(fill("W1", "W3"), None);
        assert_eq!(fill("2025-01", "2025-01-31"), None);
    }
}
