//! iCalendar files (RFC 5545) of a plan. Deterministic: identifiers come from what a session is, stamps from when its
//! period starts, never from a clock. Importing a newer plan replaces the events that stayed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::account::{Account, Shift};
use super::date::Moment;
use super::names::{Names, either, plain};
use crate::lists::{Case, Lang};
use crate::plan::{Plan, Session};

/// A calendar as text, with how much of the plan is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The file: lines of at most 75 octets that end with CRLF.
    pub text: String,
    /// Events written; a calendar without one is not a valid file and should not be written.
    pub events: usize,
    /// Sessions or shifts left out because their period has no start.
    pub undated: usize,
}

/// The calendar of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCalendar {
    /// The staff row.
    pub resource: String,
    /// The member of the row.
    pub member: i64,
    /// Its shifts.
    pub calendar: Calendar,
}

/// All sessions; a session over several periods is one event a period.
pub fn sessions(case: &Case, plan: &Plan, lang: Lang) -> Calendar {
    let names = Names::new(case, lang);
    let siblings = siblings(plan);
    let mut writer = Writer::new(either(lang, "三单对接 全部场次", "sandan: all sessions"));
    for (position, session) in plan.sessions.iter().enumerate() {
        for period in periods_of(case, &names, session) {
            let identity = identity(session, siblings[position], period, None);
            writer.event(&names, session, period, &identity, &team(&names, session));
        }
    }
    writer.finish()
}

/// One calendar for each member that serves, in the order of resources and members.
pub fn members(case: &Case, plan: &Plan, lang: Lang) -> Vec<MemberCalendar> {
    let names = Names::new(case, lang);
    let account = Account::of(case, plan);
    let siblings = siblings(plan);
    let calendar = |member: &super::account::MemberLoad| {
        let mut writer = Writer::new(&names.member(member.resource, member.member));
        for shift in &account.shifts[member.range.clone()] {
            let session = &plan.sessions[shift.session];
            let identity = identity(session, siblings[shift.session], shift.period, Some(shift));
            writer.event(&names, session, shift.period, &identity, &duty(&names, shift));
        }
        MemberCalendar { resource: member.resource.to_owned(), member: member.member, calendar: writer.finish() }
    };
    account.members.iter().map(calendar).collect()
}

/// For each session, which one it is among those of its cell, from 0.
fn siblings(plan: &Plan) -> Vec<usize> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut numbers = Vec::with_capacity(plan.sessions.len());
    for session in &plan.sessions {
        let next = seen.entry((&session.project, &session.place, &session.period)).or_default();
        numbers.push(*next);
        *next += 1;
    }
    numbers
}

fn periods_of<'a>(case: &'a Case, names: &Names, session: &'a Session) -> Vec<&'a str> {
    let Some(start) = names.rank(&session.period) else {
        return vec![&session.period];
    };
    let span = case.project(&session.project).map_or(1, |p| case.projects[p.index()].span);
    let span = usize::try_from(span).unwrap_or(usize::MAX);
    case.periods[start..].iter().take(span).map(|p| p.id.as_str()).collect()
}

/// An identifier that survives a new numbering of the sessions.
fn identity(session: &Session, sibling: usize, period: &str, shift: Option<&Shift>) -> String {
    let mut parts = vec![
        session.project.clone(),
        session.place.clone(),
        session.period.clone(),
        sibling.to_string(),
        period.to_owned(),
    ];
    parts.extend(shift.iter().flat_map(|s| [s.resource.to_owned(), s.member.to_string(), s.post.to_string()]));
    // The unit separator stands in no id, so different parts never make the same text.
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@sandan")
}

/// Who serves, one line a post and member.
fn team(names: &Names, session: &Session) -> String {
    let mut lines: Vec<String> = Vec::new();
    for seat in &session.staff {
        let line = format!("{}: {}", plain(&seat.role), names.member(&seat.resource, seat.member));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

fn duty(names: &Names, shift: &Shift) -> String {
    let role = plain(shift.role);
    match names.lang {
        Lang::Zh => format!("岗位：{role}\n工时：{}", shift.load),
        Lang::En => format!("role: {role}\nhours: {}", shift.load),
    }
}

struct Writer {
    text: String,
    events: usize,
    undated: usize,
}

impl Writer {
    fn new(name: &str) -> Self {
        let mut writer = Writer { text: String::new(), events: 0, undated: 0 };
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sandan//plan//ZH", "CALSCALE:GREGORIAN"] {
            writer.line(line);
        }
        writer.line(&format!("X-WR-CALNAME:{}", escape(name)));
        writer
    }

    fn event(&mut self, names: &Names, session: &Session, period: &str, identity: &str, description: &str) {
        let row = names.rank(period).map(|i| &names.case.periods[i]);
        let Some((row, start)) = row.and_then(|row| Some((row, Moment::read(&row.start)?.at_greenwich()))) else {
            self.undated += 1;
            return;
        };
        self.events += 1;
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{identity}"));
        self.line(&format!("DTSTAMP:{}T{}Z", start.compact_date(), start.compact_time()));
        self.line(&format!("DTSTART{}", stamp(start)));
        // An end that says no more than the start is left out: a whole day then lasts that day.
        if let Some(end) = Moment::read(&row.end).map(Moment::at_greenwich) {
            let alike = end.seconds.is_some() == start.seconds.is_some()
                && end.offset_minutes.is_some() == start.offset_minutes.is_some();
            if alike && end > start {
                self.line(&format!("DTEND{}", stamp(end)));
            }
        }
        let title = names.case.project(&session.project).map(|p| plain(&names.case.projects[p.index()].title));
        let title = title.filter(|t| !t.is_empty()).unwrap_or_else(|| plain(&session.project));
        self.line(&format!("SUMMARY:{}", escape(&title)));
        let mut place = names.place(&session.place);
        if let Some(venue) = &session.venue {
            place.push_str(&format!(" {}", names.resource(venue)));
        }
        self.line(&format!("LOCATION:{}", escape(&place)));
        let number = either(names.lang, "场次", "session");
        let about = format!("{number} {}\n{}\n{}", session.id, names.period(period), description);
        self.line(&format!("DESCRIPTION:{}", escape(about.trim_end())));
        self.line("TRANSP:OPAQUE");
        self.line("END:VEVENT");
    }

    fn finish(mut self) -> Calendar {
        self.line("END:VCALENDAR");
        Calendar { text: self.text, events: self.events, undated: self.undated }
    }

    /// Writes a content line, folded at 75 octets between characters.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            self.text.push(c);
        }
        self.text.push_str("\r\n");
    }
}

/// The rest of a date property: `;VALUE=DATE:20250701`, `:20250701T093000` or, at Greenwich, `…Z`.
fn stamp(moment: Moment) -> String {
    if moment.seconds.is_none() {
        return format!(";VALUE=DATE:{}", moment.compact_date());
    }
    let zone = if moment.offset_minutes.is_some() { "Z" } else { "" };
    format!(":{}T{}{zone}", moment.compact_date(), moment.compact_time())
}

/// TEXT values (RFC 5545, 3.3.11), line by line cleaned of control characters.
fn escape(text: &str) -> String {
    let escaped = |line: &str| plain(line).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\\n")
}
