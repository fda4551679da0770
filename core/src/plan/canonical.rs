//! The canonical order and the canonical JSON of a plan.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Plan, Session};

impl Plan {
    /// Puts every list into canonical order and numbers the sessions: by period (in the order given), place, project,
    /// first need, then the remaining content; lists by id, by code point.
    ///
    /// `periods` are the ids of the case's periods in time order; a period that is not among them comes last.
    pub fn put_in_order<'a>(&mut self, periods: impl IntoIterator<Item = &'a str>) {
        let rank: BTreeMap<&str, usize> = periods.into_iter().enumerate().map(|(i, p)| (p, i)).collect();
        let rank_of = |period: &str| rank.get(period).copied().unwrap_or(usize::MAX);
        for session in &mut self.sessions {
            session.needs.sort();
            session.staff.sort_by(|a, b| {
                let key = |s: &super::Seat| (s.post, s.period.as_deref().map(rank_of), s.resource.clone(), s.member);
                key(a).cmp(&key(b))
            });
            session.funds.sort();
            session.goods.sort();
        }
        self.sessions.sort_by(|a, b| {
            let cell = |s: &Session| rank_of(&s.period);
            cell(a)
                .cmp(&cell(b))
                .then_with(|| (&a.period, &a.place, &a.project).cmp(&(&b.period, &b.place, &b.project)))
                .then_with(|| a.needs.cmp(&b.needs))
                .then_with(|| a.staff.cmp(&b.staff))
                .then_with(|| (&a.venue, a.room).cmp(&(&b.venue, b.room)))
                .then_with(|| a.funds.cmp(&b.funds))
                .then_with(|| a.goods.cmp(&b.goods))
                .then_with(|| b.fact.cmp(&a.fact))
        });
        let width = self.sessions.len().to_string().len().max(4);
        for (position, session) in self.sessions.iter_mut().enumerate() {
            session.id = format!("S{:0width$}", position + 1);
        }
        for launch in &mut self.launches {
            launch.funds.sort();
        }
        self.launches.sort_by(|a, b| a.project.cmp(&b.project));
        self.unmet.sort_by(|a, b| a.need.cmp(&b.need));
        self.shortfalls.sort_by(|a, b| (&a.rule, &a.per).cmp(&(&b.rule, &b.per)));
    }

    /// The canonical JSON: one key a line, one item of a list a line, a newline at the end.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        field(&mut out, "format", &self.format, true);
        field(&mut out, "case", &self.case, false);
        field(&mut out, "version", &self.version, false);
        field(&mut out, "settings", &self.settings, false);
        field(&mut out, "status", &self.status, false);
        list(&mut out, "levels", &self.levels);
        list(&mut out, "sessions", &self.sessions);
        list(&mut out, "launches", &self.launches);
        list(&mut out, "unmet", &self.unmet);
        list(&mut out, "shortfalls", &self.shortfalls);
        list(&mut out, "prices", &self.prices);
        field(&mut out, "stats", &self.stats, false);
        out.push_str("\n}\n");
        out
    }

    /// Reads a plan from JSON; the message names the line and what was expected.
    ///
    /// # Errors
    /// When the text is not a `sandan-plan/1` document.
    pub fn from_json(text: &str) -> Result<Plan, serde_json::Error> {
        serde_json::from_str(text)
    }
}

fn field(out: &mut String, key: &str, value: &impl Serialize, first: bool) {
    if !first {
        out.push(',');
    }
    out.push_str("\n\"");
    out.push_str(key);
    out.push_str("\": ");
    out.push_str(&json(value));
}

fn list(out: &mut String, key: &str, items: &[impl Serialize]) {
    out.push_str(",\n\"");
    out.push_str(key);
    out.push_str("\": [");
    for (position, item) in items.iter().enumerate() {
        out.push_str(if position == 0 { "\n  " } else { ",\n  " });
        out.push_str(&json(item));
    }
    out.push(']');
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plans hold only strings, integers, lists and string-keyed maps")
}
