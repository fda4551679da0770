//! How the rows of a case are called on paper: id and title, cleaned of what could disturb a page or a terminal.

use std::collections::BTreeMap;

use super::date;
use crate::lists::{Case, Lang, Resource};

/// One of two texts by language.
pub fn either<'t>(lang: Lang, chinese: &'t str, english: &'t str) -> &'t str {
    match lang {
        Lang::Zh => chinese,
        Lang::En => english,
    }
}

/// The text on one line, without control characters and without marks that turn the writing direction: a list may
/// hold anything, a page or a terminal must not obey it.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            out.push(' ');
        } else if !turns && c != '\u{feff}' {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// The names of a case in one language.
pub struct Names<'a> {
    /// The case.
    pub case: &'a Case,
    /// The language of words that are not the planner's own.
    pub lang: Lang,
    periods: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// The names of a case.
    pub fn new(case: &'a Case, lang: Lang) -> Self {
        let periods = case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
        Names { case, lang, periods }
    }

    /// `P03 诗词课`, or just the id where there is no title or no such row.
    pub fn project(&self, id: &str) -> String {
        label(id, self.case.project(id).map_or("", |i| &self.case.projects[i.index()].title))
    }

    /// Id and title of a need.
    pub fn need(&self, id: &str) -> String {
        label(id, self.case.need(id).map_or("", |i| &self.case.needs[i.index()].title))
    }

    /// Id and title of a place; the reserved place is called 线上.
    pub fn place(&self, id: &str) -> String {
        if id == "online" {
            return either(self.lang, "线上", "online").to_owned();
        }
        label(id, self.case.place(id).map_or("", |i| &self.case.places[i.index()].title))
    }

    /// Id and title of a resource row.
    pub fn resource(&self, id: &str) -> String {
        label(id, self.row(id).map_or("", |r| &r.title))
    }

    /// One member of a row: the row's name, with the member's number where the row has several.
    pub fn member(&self, id: &str, member: i64) -> String {
        match self.row(id) {
            Some(row) if row.count == 1 && member == 1 => self.resource(id),
            _ => format!("{} #{member}", self.resource(id)),
        }
    }

    /// What a member is called on a page where room is short: the title if there is one, else the id.
    pub fn short_member(&self, id: &str, member: i64) -> String {
        let row = self.row(id);
        let name = row.map(|r| plain(&r.title)).filter(|t| !t.is_empty()).unwrap_or_else(|| plain(id));
        if row.is_some_and(|r| r.count == 1) && member == 1 { name } else { format!("{name} #{member}") }
    }

    /// Id and title of a period.
    pub fn period(&self, id: &str) -> String {
        label(id, self.rank(id).map_or("", |i| &self.case.periods[i].title))
    }

    /// The days or hours of a period, `2025-07-01 – 2025-07-31` (last day included); blank where the table has none.
    pub fn dates(&self, id: &str) -> String {
        self.rank(id)
            .map_or_else(String::new, |i| date::between(&self.case.periods[i].start, &self.case.periods[i].end))
    }

    /// The position of a period in time order.
    pub fn rank(&self, id: &str) -> Option<usize> {
        self.periods.get(id).copied()
    }

    /// The resource row with this id, if the lists have it.
    pub fn row(&self, id: &str) -> Option<&'a Resource> {
        self.case.resource(id).map(|i| &self.case.resources[i.index()])
    }
}

fn label(id: &str, title: &str) -> String {
    let (id, title) = (plain(id), plain(title));
    if title.is_empty() || title == id { id } else { format!("{id} {title}") }
}

/// Fen as yuan: `-1,234.50`.
pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let magnitude = fen.unsigned_abs();
    format!("{sign}{}.{:02}", grouped(i64::try_from(magnitude / 100).unwrap_or(i64::MAX)), magnitude % 100)
}

/// An integer with thousands apart: `242,518`.
pub(crate) fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `part ÷ whole` in per cent, rounded down so that 100 % is never claimed early: `99.9%`.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "-".to_owned();
    }
    let tenths = i128::from(part) * 1000 / i128::from(whole);
    if tenths % 10 == 0 { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_list_cannot_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\r\n\u{202e}c\t"), "a [31mb  c");
    }

    #[test]
    fn money_and_numbers_are_grouped() {
        assert_eq!(yuan(-123_450), "-1,234.50");
        assert_eq!(yuan(i64::MIN), "-92,233,720,368,547,758.08");
        assert_eq!(grouped(1_000_000), "1,000,000");
        assert_eq!(percent(242_518, 242_533), "99.9%");
        assert_eq!(percent(1, 0), "-");
    }
}
