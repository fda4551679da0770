//! A new plan after events or changed lists, with as few changes as its levels allow, and the difference with reasons.
//!
//! ```text
//! Sheets + previous + events ──prepare──▶ changed Sheets + Case ──solve──▶ Plan ──explain──▶ Rematch
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::cells::{At, CellChange, by_cell, of_need};
use super::difference::{Cell, Difference, NeedChange, SHOWN, cut, difference};
use super::events::{Applied, Event, EventFault, apply, edit, touched};
use crate::export::{Names, either, plain};
use crate::intake::{Intake, Sheets, columns, understand_after};
use crate::lists::{Lang, Table, Term};
use crate::plan::{Level, Plan};
use crate::problem::{Problem, Problems};

/// The levels of a rematch where the settings name none: changes stand above coverage.
pub const LEVELS: &str = "must | quota | changes | coverage | cost travel turns prefers quality";

/// The lists after the events.
pub struct Prepared {
    /// The tables, ready to be written; with the plan before.
    pub sheets: Sheets,
    /// What they mean.
    pub intake: Intake,
    /// What the events have changed.
    pub applied: Vec<Applied>,
    /// The plan before, with results that were reported and facts marked.
    pub previous: Plan,
    /// Warnings that the lists did not give before the events.
    pub new_warnings: Vec<Problem>,
}

/// Why lists could not be prepared.
#[derive(Debug)]
pub enum NotPrepared {
    /// Problems of the lists, before or after the events.
    Problems(Problems),
    /// Events that cannot be applied.
    Events(Vec<EventFault>),
}

/// Puts the plan before and the events into the lists. `freeze_before` is a period id that replaces the setting; the
/// setting `levels` is [`LEVELS`] where the lists do not say it.
///
/// # Errors
/// See [`NotPrepared`].
pub fn prepare(
    mut sheets: Sheets,
    mut previous: Plan,
    events: &[Event],
    freeze_before: Option<&str>,
) -> Result<Prepared, NotPrepared> {
    if let Some(period) = freeze_before {
        set_setting(&mut sheets, "freeze_before", period, true);
    }
    set_setting(&mut sheets, "levels", LEVELS, false);
    let before = understand_after(&sheets, previous.clone()).map_err(NotPrepared::Problems)?;
    let applied = apply(&mut sheets, &before.case, &mut previous, events).map_err(NotPrepared::Events)?;
    sheets.previous = Some(previous.to_json());
    let intake = understand_after(&sheets, previous.clone()).map_err(NotPrepared::Problems)?;
    let freeze = intake.case.settings.freeze_before;
    for session in &mut previous.sessions {
        let start = intake.case.period(&session.period);
        session.fact = freeze.is_some_and(|freeze| start.is_some_and(|start| start < freeze));
    }
    let kind = |warning: &Problem| (warning.code, warning.table, warning.column.clone(), warning.value.clone());
    let known: Vec<_> = before.warnings.iter().map(kind).collect();
    let new_warnings = intake.warnings.iter().filter(|warning| !known.contains(&kind(warning))).cloned().collect();
    Ok(Prepared { sheets, intake, applied, previous, new_warnings })
}

/// Writes a setting; one that is there already only if it is to be replaced.
fn set_setting(sheets: &mut Sheets, key: &str, value: &str, replace: bool) {
    let sheet = edit::table(sheets, Table::Settings);
    let at = edit::column(sheet, "key");
    let named = |cell: &str| columns::setting(cell).is_some_and(|setting| setting.name == key);
    let found = sheet.rows.iter().find(|row| row.cells.get(at).is_some_and(|cell| named(cell))).map(|row| row.number);
    match found {
        None => edit::append(sheet, &[("key", key.to_owned()), ("value", value.to_owned())]),
        Some(row) if replace || edit::cell(sheet, row, "value").is_empty() => {
            edit::set(sheet, row, "value", value.to_owned());
        }
        Some(_) => {}
    }
}

/// A new plan beside the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rematch {
    /// What the events have changed in the lists.
    pub applied: Vec<Applied>,
    /// The levels of the new plan.
    pub levels: Vec<Level>,
    /// Units and member-sessions of the plan before that are gone (the term `changes`; facts do not count).
    pub changes: i64,
    /// No plan that is as good on the levels above has fewer; `None` where `changes` has no level of its own.
    pub fewest: Option<i64>,
    /// Each difference with its reason.
    pub changed: Vec<Change>,
    /// The difference as a whole.
    pub difference: Difference,
}

/// One difference from the plan before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What: units of a need, sessions of a cell, or member-sessions of a row.
    pub what: What,
    /// The need or the staff row; blank for sessions.
    pub id: String,
    /// The project; blank for needs.
    pub project: String,
    /// The place; blank for needs.
    pub place: String,
    /// The start period; blank for needs.
    pub period: String,
    /// How many before.
    pub before: i64,
    /// How many after.
    pub after: i64,
    /// Why.
    pub reason: ChangeReason,
    /// The event, from 1, where one is the reason.
    pub event: Option<usize>,
}

/// What a [`Change`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Units served of a need.
    Need,
    /// Sessions of a cell.
    Session,
    /// Member-sessions of a staff row.
    Member,
}

/// Why something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeReason {
    /// An event is about it.
    Event,
    /// It shares a session, before or after, with something an event is about.
    SameSession,
    /// It makes room for, or takes the room of, something else that changed.
    KnockOn,
}

/// Sets a new plan beside the plan before.
pub fn rematched(prepared: &Prepared, plan: &Plan) -> Rematch {
    let difference = difference(&prepared.previous, plan);
    let about = About::new(prepared, plan, &difference);
    let mut changed = Vec::new();
    let blank = String::new;
    for n in &difference.needs {
        let (reason, event) = about.need(&n.need);
        let (id, project, place, period) = (n.need.clone(), blank(), blank(), blank());
        changed.push(Change {
            what: What::Need,
            id,
            project,
            place,
            period,
            before: n.before,
            after: n.after,
            reason,
            event,
        });
    }
    for s in &difference.sessions {
        let (reason, event) = about.cell((&s.project, &s.place, &s.period));
        let (project, place, period) = (s.project.clone(), s.place.clone(), s.period.clone());
        let (what, id) = (What::Session, blank());
        changed.push(Change { what, id, project, place, period, before: s.before, after: s.after, reason, event });
    }
    for m in &difference.members {
        let own = about.resource(&m.resource);
        let (reason, event) = own.unwrap_or_else(|| about.cell((&m.project, &m.place, &m.period)));
        let (project, place, period) = (m.project.clone(), m.place.clone(), m.period.clone());
        let (what, id) = (What::Member, m.resource.clone());
        changed.push(Change { what, id, project, place, period, before: m.before, after: m.after, reason, event });
    }
    let level = plan.levels.iter().find(|level| level.terms.keys().eq([Term::Changes.name()]));
    let weight = prepared.intake.case.settings.weights.of(Term::Changes).max(1);
    Rematch {
        applied: prepared.applied.clone(),
        levels: plan.levels.clone(),
        changes: difference.gone,
        // A loss of at least `−bound`, in whole changes.
        fewest: level.map(|level| (-level.bound.min(0) + weight - 1) / weight),
        changed,
        difference,
    }
}

/// What the events are about, and the cells that share a session with it.
struct About<'a> {
    needs: BTreeSet<(&'a str, usize)>,
    resources: BTreeSet<(&'a str, usize)>,
    cells: BTreeSet<(Cell<'a>, usize)>,
    /// Of needs that are served more or less.
    served_in: BTreeMap<&'a str, BTreeSet<Cell<'a>>>,
}

impl<'a> About<'a> {
    fn new(prepared: &'a Prepared, plan: &'a Plan, difference: &Difference) -> Self {
        let changed: BTreeSet<&str> = difference.needs.iter().map(|change| change.need.as_str()).collect();
        let needs = touched(&prepared.applied, |done| &done.needs);
        let resources = touched(&prepared.applied, |done| &done.resources);
        let sessions = touched(&prepared.applied, |done| &done.sessions);
        let mut cells = BTreeSet::new();
        let mut served_in: BTreeMap<&str, BTreeSet<Cell>> = BTreeMap::new();
        for session in prepared.previous.sessions.iter().chain(&plan.sessions) {
            let here = session.cell();
            let mut add = |set: &BTreeSet<(&'a str, usize)>, id: &str| {
                cells.extend(set.iter().filter(|(known, _)| *known == id).map(|(_, event)| (here, *event)));
            };
            session.needs.iter().for_each(|served| add(&needs, &served.need));
            session.staff.iter().for_each(|seat| add(&resources, &seat.resource));
            session.venue.iter().for_each(|venue| add(&resources, venue));
            session.funds.iter().for_each(|line| add(&resources, &line.fund));
            session.goods.iter().for_each(|line| add(&resources, &line.stock));
            for line in session.needs.iter().filter(|line| changed.contains(line.need.as_str())) {
                served_in.entry(&line.need).or_default().insert(here);
            }
        }
        for session in &prepared.previous.sessions {
            let events = sessions.iter().filter(|(id, _)| *id == session.id);
            cells.extend(events.map(|(_, event)| (session.cell(), *event)));
        }
        About { needs, resources, cells, served_in }
    }

    /// A need that is not named shares a session with what is, if any of its sessions does.
    fn need(&self, id: &str) -> (ChangeReason, Option<usize>) {
        let shares = || self.served_in.get(id).into_iter().flatten().find_map(|cell| self.cell(*cell).1);
        match named(&self.needs, id) {
            Some(event) => (ChangeReason::Event, Some(event)),
            None => shares().map_or((ChangeReason::KnockOn, None), |event| (ChangeReason::SameSession, Some(event))),
        }
    }

    fn resource(&self, id: &str) -> Option<(ChangeReason, Option<usize>)> {
        named(&self.resources, id).map(|event| (ChangeReason::Event, Some(event)))
    }

    fn cell(&self, at: Cell) -> (ChangeReason, Option<usize>) {
        let found = self.cells.range((at, 0)..).next();
        match found.filter(|(cell, _)| *cell == at) {
            Some((_, event)) => (ChangeReason::SameSession, Some(*event)),
            None => (ChangeReason::KnockOn, None),
        }
    }
}

fn named(set: &BTreeSet<(&str, usize)>, id: &str) -> Option<usize> {
    set.range((id, 0)..).next().filter(|(known, _)| *known == id).map(|(_, event)| *event)
}

impl Rematch {
    /// The difference for people.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = Vec::new();
        for done in &self.applied {
            let edits: Vec<String> = done.edits.iter().map(|edit| in_words(&plain(edit), lang)).collect();
            let (event, edits) = (done.event, edits.join(either(lang, "；", "; ")));
            out.push(match lang {
                Lang::Zh => format!("事件 {event}：{edits}"),
                Lang::En => format!("event {event}: {edits}"),
            });
        }
        let (gone, new) = (self.changes, self.difference.new);
        out.push(match lang {
            Lang::Zh => format!("变动 {gone} 处（上期有、现在没有的服务数量与人次），新增 {new} 处"),
            Lang::En => format!("changes: {gone} units and turns of the plan before are gone, {new} are new"),
        });
        if let Some(fewest) = self.fewest {
            out.push(match (fewest >= gone, lang) {
                (true, Lang::Zh) => "  已证：更高各级不变差，变动不能更少".to_owned(),
                (true, Lang::En) => "  proven: no plan as good on the levels above has fewer".to_owned(),
                (false, Lang::Zh) if fewest == 0 => "  变动最少是几处没有证出".to_owned(),
                (false, Lang::En) if fewest == 0 => "  how few would do is not proven".to_owned(),
                (false, Lang::Zh) => format!("  已证：至少要变动 {fewest} 处"),
                (false, Lang::En) => format!("  proven: at least {fewest} are needed"),
            });
        }
        let needs = self.changed.iter().filter(|change| change.what == What::Need);
        let needs: Vec<String> = needs.map(|change| format!("  {}", change.of_need(names))).collect();
        cut(&mut out, needs.into_iter(), SHOWN, lang);
        cut(&mut out, self.of_cells(names).into_iter(), SHOWN, lang);
        out.join("\n") + "\n"
    }

    /// What differs of sessions and members, a line for each project, place and period, what events are about first.
    fn of_cells(&self, names: &Names) -> Vec<String> {
        let mut reasons: BTreeMap<At, (ChangeReason, Option<usize>)> = BTreeMap::new();
        for change in self.changed.iter().filter(|change| change.what != What::Need) {
            let why = (change.reason, change.event);
            let reason = reasons.entry((&change.period, &change.place, &change.project)).or_insert(why);
            *reason = why.min(*reason);
        }
        let why = |at: &At| reasons.get(at).copied().unwrap_or((ChangeReason::KnockOn, None));
        let mut cells: Vec<_> = by_cell(&self.difference).into_iter().collect();
        cells.sort_by_key(|(at, _)| why(at));
        let line = |(at, cell): (At, CellChange)| {
            let (reason, event) = why(&at);
            format!("  {}{}", cell.line(at, names), reason.words(event, names.lang))
        };
        cells.into_iter().map(line).collect()
    }
}

/// An edit as a planner reads it.
fn in_words(edit: &str, lang: Lang) -> String {
    let (name, rest) = edit.split_once(' ').unwrap_or((edit, ""));
    let Some(table) = columns::find_table(name) else { return edit.to_owned() };
    let sheet = match (lang, table) {
        (Lang::Zh, _) => table.chinese(),
        (Lang::En, Table::Previous) => "the plan before",
        (Lang::En, _) => table.name(),
    };
    if let Some(row) = rest.strip_prefix("+ ") {
        let row = match row.strip_prefix("forbid ") {
            Some(what) => format!("{} {what}", either(lang, "禁止", "forbid")),
            None => row.to_owned(),
        };
        return match lang {
            Lang::Zh => format!("{sheet} 加上 {row}"),
            Lang::En => format!("{sheet}: {row} added"),
        };
    }
    if let Some(row) = rest.strip_prefix("− ") {
        // Of tables whose rows have no name, how many.
        let counted = matches!(table, Table::Fit | Table::Pins);
        return match lang {
            Lang::Zh => format!("{sheet} 去掉 {row}{}", if counted { " 行" } else { "" }),
            Lang::En => format!("{sheet}: {row}{} taken out", if counted { " rows" } else { "" }),
        };
    }
    if table == Table::Previous {
        return match lang {
            Lang::Zh => format!("{sheet} {}", rest.replacen(" served ", " 实际服务 ", 1)),
            Lang::En => format!("{sheet}: {rest}"),
        };
    }
    let words: Vec<&str> = rest.split(' ').collect();
    let known = (1..words.len()).find_map(|at| Some((at, columns::find(table, words[at])?)));
    let Some((at, column)) = known else { return format!("{sheet} {rest}") };
    let (id, value) = (words[..at].join(" "), words[at + 1..].join(" "));
    let value = if value == "*" { either(lang, "全部项目", "every project") } else { &value };
    let header = column.header(lang);
    match lang {
        Lang::Zh => format!("{sheet} {id} “{header}” = {value}"),
        Lang::En => format!("{sheet} {id} `{header}` = {value}"),
    }
}

impl Change {
    fn of_need(&self, names: &Names) -> String {
        let need = NeedChange { need: self.id.clone(), before: self.before, after: self.after };
        of_need(&need, names) + &self.reason.words(self.event, names.lang)
    }
}

impl ChangeReason {
    /// In brackets of the language.
    fn words(self, event: Option<usize>, lang: Lang) -> String {
        let event = event.unwrap_or(0);
        match (self, lang) {
            (ChangeReason::Event, Lang::Zh) => format!("（因事件 {event}）"),
            (ChangeReason::Event, Lang::En) => format!(" (event {event})"),
            (ChangeReason::SameSession, Lang::Zh) => format!("（与事件 {event} 涉及的同一场）"),
            (ChangeReason::SameSession, Lang::En) => format!(" (in one session with what event {event} is about)"),
            (ChangeReason::KnockOn, Lang::Zh) => "（腾挪）".to_owned(),
            (ChangeReason::KnockOn, Lang::En) => " (to make room)".to_owned(),
        }
    }
}
