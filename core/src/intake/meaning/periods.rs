//! The table `periods 时段`: dates, themes and tags.

use super::cell;
use super::compound;
use super::findings::{Findings, details};
use super::grid::Grid;
use super::names::{Names, sorted};
use crate::lists::{Period, Symbol};
use crate::problem::Code;

/// The periods in time order, given or inferred.
pub(super) fn periods(grid: &Grid<'_>, names: &Names<'_>, findings: &mut Findings) -> Vec<Period> {
    let calendar = &names.calendar;
    if calendar.is_inferred() {
        let inferred = |id: &String| Period {
            id: id.clone(),
            title: String::new(),
            row: 0,
            start: String::new(),
            end: String::new(),
            theme: [].into(),
            tags: [].into(),
        };
        return calendar.ids.iter().map(inferred).collect();
    }
    let date = |text: &str, faults: &mut super::grid::Faults| {
        cell::date(text).unwrap_or_else(|| {
            faults.add(Code::NotADate, text, Vec::new());
            String::new()
        })
    };
    let start = grid.read("start", findings, String::new(), date);
    let end = grid.read("end", findings, String::new(), date);
    let theme = grid.read("theme", findings, [].into(), |text, faults| names.words(text, faults));
    let tags = grid.read("tags", findings, [].into(), |text, _| {
        // Faults of tags have been reported by the calendar.
        let tags = compound::tags(text, &mut super::grid::Faults::default());
        sorted(
            tags.iter().map(|(kind, value)| (kind.as_deref().map(|k| names.symbol(k)), names.symbol(value))).collect(),
        )
    });
    let list: Vec<Period> = calendar
        .rows
        .iter()
        .zip(&calendar.ids)
        .map(|(row, id)| Period {
            id: id.clone(),
            title: grid.text(*row, "title").to_owned(),
            row: grid.number(*row),
            start: start.at(*row).clone(),
            end: end.at(*row).clone(),
            theme: theme.at(*row).clone(),
            tags: tags.at(*row).clone(),
        })
        .collect();
    for (period, row) in list.iter().zip(&calendar.rows) {
        match (start.is_blank(*row), end.is_blank(*row)) {
            (false, true) => findings.add(grid.at(*row, "start"), Code::HalfDates, "", Vec::new()),
            (true, false) => findings.add(grid.at(*row, "end"), Code::HalfDates, "", Vec::new()),
            _ if !is_dated(period) => {}
            _ if instant(&period.end) <= instant(&period.start) => {
                let details = details![period.start.as_str()];
                findings.add(grid.at(*row, "end"), Code::EndBeforeStart, &period.end, details);
            }
            _ => {}
        }
    }
    check_order(grid, &calendar.rows, &list, findings);
    list
}

/// Overlaps (each period against the one that ends last among those that start before it), and rows out of order.
fn check_order(grid: &Grid<'_>, rows: &[usize], list: &[Period], findings: &mut Findings) {
    let sound = |position: &usize| {
        is_dated(&list[*position]) && instant(&list[*position].start) < instant(&list[*position].end)
    };
    let mut dated: Vec<usize> = (0..list.len()).filter(sound).collect();
    for pair in dated.windows(2) {
        if instant(&list[pair[1]].start) < instant(&list[pair[0]].start) {
            findings.add(grid.at(rows[pair[1]], "start"), Code::PeriodsOutOfOrder, "", Vec::new());
        }
    }
    dated.sort_by_key(|position| (instant(&list[*position].start), *position));
    let mut last: Option<usize> = None;
    for position in dated {
        if let Some(before) = last.filter(|before| instant(&list[position].start) < instant(&list[*before].end)) {
            // Named at the later of the two rows.
            let (first, second) = (before.min(position), before.max(position));
            let details = details![list[first].row, list[first].id.as_str()];
            findings.add(grid.at(rows[second], "start"), Code::PeriodsOverlap, "", details);
        }
        if last.is_none_or(|before| instant(&list[before].end) < instant(&list[position].end)) {
            last = Some(position);
        }
    }
}

fn is_dated(period: &Period) -> bool {
    !period.start.is_empty() && !period.end.is_empty()
}

/// A normalised date or time as a text that sorts by time.
fn instant(text: &str) -> String {
    match text.len() {
        10 => format!("{text}T00:00:00"),
        16 => format!("{text}:00"),
        _ => text.to_owned(),
    }
}

/// The kinds of tags, sorted and distinct.
pub(super) fn tag_kinds(periods: &[Period]) -> Vec<Symbol> {
    let mut kinds: Vec<Symbol> = periods.iter().flat_map(|p| p.tags.iter().filter_map(|(kind, _)| *kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
