//! Each kind of event as a change of the lists.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::edit;
use super::{Event, EventFault};
use crate::answers::mend::frozen;
use crate::export::yuan;
use crate::intake::{Sheets, columns};
use crate::lists::{Case, Kind, PeriodId, Resource, Table};
use crate::plan::{Plan, Session};

/// What an event has changed, for the reasons of a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The position of the event, from 1.
    pub event: usize,
    /// Needs it is about.
    pub needs: Vec<String>,
    /// Resource rows it is about.
    pub resources: Vec<String>,
    /// Sessions of the plan before that it is about.
    pub sessions: Vec<String>,
    /// What was changed in the lists: table, and id or content of the row.
    pub edits: Vec<String>,
}

/// Applies events to the tables, in order, and to the plan before. `case` is what the tables meant without events.
///
/// # Errors
/// Every event that names what is not there or cannot be applied; nothing is promised about the tables then.
pub fn apply(
    sheets: &mut Sheets,
    case: &Case,
    previous: &mut Plan,
    events: &[Event],
) -> Result<Vec<Applied>, Vec<EventFault>> {
    keep_calendar(sheets, case);
    let (mut applied, mut faults) = (Vec::new(), Vec::new());
    for (position, event) in events.iter().enumerate() {
        let mut work = Work { sheets, case, previous, done: Applied { event: position + 1, ..Applied::default() } };
        match work.one(event) {
            Ok(()) => applied.push(work.done),
            Err(mut fault) => {
                fault.event = Some(position + 1);
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() { Ok(applied) } else { Err(faults) }
}

/// Periods that were only inferred from the cells that name them are written down, so that no event can lose one.
fn keep_calendar(sheets: &mut Sheets, case: &Case) {
    let inferred = case.periods.iter().all(|period| period.row == 0);
    if inferred && case.periods.len() > 1 {
        let sheet = edit::table(sheets, Table::Periods);
        for period in &case.periods {
            edit::append(sheet, &[("id", period.id.clone())]);
        }
    }
}

struct Work<'a> {
    sheets: &'a mut Sheets,
    case: &'a Case,
    previous: &'a mut Plan,
    done: Applied,
}

type Done = Result<(), EventFault>;

impl Work<'_> {
    fn one(&mut self, event: &Event) -> Done {
        match event {
            Event::DroppedOut { resource, members, from, .. } => self.dropped_out(resource, *members, from.as_deref()),
            Event::NeedAdded { need, .. } => self.need_added(need),
            Event::NeedWithdrawn { need, units, .. } => self.need_withdrawn(need, *units),
            Event::FundCut { resource, to, by, .. } => self.fund_cut(resource, to.as_ref(), by.as_ref()),
            Event::VenueClosed { resource, from, to, .. } => {
                let row = self.row(resource)?;
                if row.kind != Kind::Venue {
                    return Err(EventFault::new(format!("“{resource}”不是场地"), format!("`{resource}` is no venue")));
                }
                let first = self.period_or(from.as_deref(), 0)?;
                let last = self.period_or(to.as_deref(), self.case.periods.len() - 1)?;
                self.unavailable(&row, &|p| (first..=last).contains(&p.index()));
                Ok(())
            }
            Event::SessionCancelled { session, .. } => self.session_cancelled(session),
            Event::ResultReported { session, served, .. } => self.result_reported(session, served),
            Event::Declined { resource, session, project, period, cool_off, .. } => {
                self.declined(resource, session.as_deref(), project.as_deref(), period.as_deref(), *cool_off)
            }
        }
    }

    fn dropped_out(&mut self, resource: &str, members: i64, from: Option<&str>) -> Done {
        let row = self.row(resource)?;
        if row.kind != Kind::Staff || members < 1 {
            return Err(EventFault::new(
                format!("退出的应是人员，至少 1 人：“{resource}”"),
                format!("staff drops out, at least 1 member: `{resource}`"),
            ));
        }
        let first = self.period_or(from, 0)?;
        // What starts before the freeze is past: who is missing from then on is missing altogether.
        let whole = first <= self.case.settings.freeze_before.map_or(0, PeriodId::index);
        if members >= row.count {
            self.unavailable(&row, &|p| whole || p.index() >= first);
            return Ok(());
        }
        let sheet = edit::table(self.sheets, Table::Resources);
        edit::set(sheet, row.row, "count", (row.count - members).to_string());
        self.done.edits.push(format!("resources {resource} count {}", row.count - members));
        if !whole {
            // Until then they are there: a row of their own.
            let id = format!("{resource}-{}", members);
            let cells: Vec<(String, String)> = columns::columns(Table::Resources)
                .iter()
                .map(|column| (column.name.to_owned(), edit::cell(sheet, row.row, column.name)))
                .collect();
            let mut cells: Vec<(&str, String)> =
                cells.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
            let before: Vec<&str> = row
                .periods
                .iter(self.case.periods.len())
                .filter(|p| p.index() < first)
                .map(|p| self.case.periods[p.index()].id.as_str())
                .collect();
            for (name, text) in &mut cells {
                match *name {
                    "id" => text.clone_from(&id),
                    "count" => *text = members.to_string(),
                    "periods" => *text = before.join(";"),
                    _ => {}
                }
            }
            if !before.is_empty() {
                edit::append(sheet, &cells);
                self.done.edits.push(format!("resources + {id}"));
            }
        }
        Ok(())
    }

    fn need_added(&mut self, need: &serde_json::Map<String, Value>) -> Done {
        let mut cells = Vec::new();
        for (key, value) in need {
            let text = text_of(value).ok_or_else(|| {
                EventFault::new(
                    format!("“{key}”应是一个值或值的列表"),
                    format!("`{key}` must be a value or a list of values"),
                )
            })?;
            if key == "id" || columns::find(Table::Needs, key).is_some_and(|column| column.name == "id") {
                self.done.needs.push(text.clone());
                self.done.edits.push(format!("needs + {text}"));
            }
            cells.push((columns::find(Table::Needs, key).map_or(key.as_str(), |column| column.name), text));
        }
        edit::append(edit::table(self.sheets, Table::Needs), &cells);
        Ok(())
    }

    fn need_withdrawn(&mut self, id: &str, units: Option<i64>) -> Done {
        let need = self.case.need(id).ok_or_else(|| absent("需求清单", "needs", id))?;
        let row = &self.case.needs[need.index()];
        self.done.needs.push(id.to_owned());
        let left = units.map_or(0, |units| row.quantity - units.max(0));
        if left > 0 {
            edit::set(edit::table(self.sheets, Table::Needs), row.row, "quantity", left.to_string());
            self.done.edits.push(format!("needs {id} quantity {left}"));
            return Ok(());
        }
        edit::remove(edit::table(self.sheets, Table::Needs), &[row.row]);
        self.done.edits.push(format!("needs − {id}"));
        // What names it goes with it.
        let fits: Vec<u32> = self.case.fits.iter().filter(|fit| fit.need == need).map(|fit| fit.row).collect();
        let pins: Vec<u32> = self.case.pins.iter().filter(|pin| pin.need == Some(need)).map(|pin| pin.row).collect();
        for (table, rows) in [(Table::Fit, fits), (Table::Pins, pins)] {
            if !rows.is_empty() {
                edit::remove(edit::table(self.sheets, table), &rows);
                self.done.edits.push(format!("{} − {}", table.name(), rows.len()));
            }
        }
        Ok(())
    }

    fn fund_cut(&mut self, resource: &str, to: Option<&Value>, by: Option<&Value>) -> Done {
        let row = self.row(resource)?;
        let scale = match row.kind {
            Kind::Fund => 100,
            Kind::Goods => 1,
            _ => {
                return Err(EventFault::new(
                    format!("“{resource}”不是资金或物资"),
                    format!("`{resource}` is neither a fund nor a stock"),
                ));
            }
        };
        let amount = |value: &Value| text_of(value).and_then(|text| parts(&text, scale));
        let left = match (to, by) {
            (Some(to), None) => amount(to),
            (None, Some(by)) => amount(by).map(|by| (row.amount - by).max(0)),
            _ => None,
        };
        let Some(left) = left else {
            return Err(EventFault::new(
                "要写“为”或“减”其中一个，不小于 0 的数",
                "give one of `to` and `by`, a number of at least 0",
            ));
        };
        let text = if scale == 100 { yuan(left).replace(',', "") } else { left.to_string() };
        self.done.edits.push(format!("resources {resource} amount {text}"));
        edit::set(edit::table(self.sheets, Table::Resources), row.row, "amount", text);
        Ok(())
    }

    fn session_cancelled(&mut self, id: &str) -> Done {
        let session = self.session(id)?;
        self.done.sessions.push(id.to_owned());
        if self.frozen(&session) {
            self.previous.sessions.retain(|s| s.id != id);
            self.done.edits.push(format!("previous − {id}"));
            return Ok(());
        }
        let same =
            |s: &&Session| s.project == session.project && s.place == session.place && s.period == session.period;
        let beside = self.previous.sessions.iter().filter(same).count() - 1;
        let Session { project, place, period, .. } = session;
        if beside == 0 {
            self.forbid(&[("project", &project), ("place", &place), ("period", &period)]);
        } else {
            let id = format!("cancelled-{id}");
            self.done.edits.push(format!("rules + {id}"));
            let cells = [
                ("id", id),
                ("rule", "sessions".to_owned()),
                ("projects", project),
                ("places", place),
                ("periods", period),
                ("max", beside.to_string()),
            ];
            edit::append(edit::table(self.sheets, Table::Rules), &cells);
        }
        Ok(())
    }

    /// Adds a pin that forbids something.
    fn forbid(&mut self, what: &[(&str, &str)]) {
        let what = what.iter().filter(|(_, id)| !id.is_empty());
        let ids: Vec<&str> = what.clone().map(|(_, id)| *id).collect();
        self.done.edits.push(format!("pins + forbid {}", ids.join(" ")));
        let named = what.map(|(column, id)| (*column, (*id).to_owned()));
        let cells: Vec<_> = [("pin", "forbid".to_owned())].into_iter().chain(named).collect();
        edit::append(edit::table(self.sheets, Table::Pins), &cells);
    }

    fn result_reported(&mut self, id: &str, served: &std::collections::BTreeMap<String, i64>) -> Done {
        let session = self.session(id)?;
        if !self.frozen(&session) {
            return Err(EventFault::new(
                format!("场次 {id} 还没有冻结：先把 freeze_before 设到它之后"),
                format!("session {id} is not frozen: set freeze_before past it first"),
            ));
        }
        self.done.sessions.push(id.to_owned());
        let Some(session) = self.previous.sessions.iter_mut().find(|s| s.id == id) else { return Ok(()) };
        for (need, units) in served {
            let Some(line) = session.needs.iter_mut().find(|line| line.need == *need) else {
                return Err(EventFault::new(
                    format!("场次 {id} 没有需求“{need}”"),
                    format!("session {id} does not serve `{need}`"),
                ));
            };
            let (planned, served) = (line.units, (*units).max(0));
            line.units = served;
            self.done.needs.push(need.clone());
            self.done.edits.push(format!("previous {id} served {need} {planned} → {served}"));
        }
        session.needs.retain(|line| line.units > 0);
        Ok(())
    }

    fn declined(
        &mut self,
        resource: &str,
        session: Option<&str>,
        project: Option<&str>,
        period: Option<&str>,
        cool_off: Option<i64>,
    ) -> Done {
        let row = self.row(resource)?;
        if matches!(row.kind, Kind::Fund | Kind::Goods) {
            return Err(EventFault::new(format!("“{resource}”不会拒绝"), format!("`{resource}` cannot decline")));
        }
        let forbid = |work: &mut Self, project: &str, place: &str, period: &str| {
            work.forbid(&[("resource", resource), ("project", project), ("place", place), ("period", period)]);
        };
        let cooled = |start: usize| {
            let length = usize::try_from(cool_off.unwrap_or(0).max(0)).unwrap_or(usize::MAX);
            self.case.periods.iter().skip(start).take(length).map(|p| p.id.clone()).collect::<Vec<_>>()
        };
        match (session, project, period) {
            (Some(id), None, None) => {
                let at = self.session(id)?;
                let start = self.period_or(Some(&at.period), 0)?;
                let cooled = cooled(start);
                self.done.sessions.push(id.to_owned());
                forbid(self, &at.project, &at.place, &at.period);
                cooled.iter().for_each(|period| forbid(self, &at.project, "", period));
                Ok(())
            }
            (None, Some(project), period) if cool_off.is_some() => {
                self.case.project(project).ok_or_else(|| absent("项目清单", "projects", project))?;
                let freeze = self.case.settings.freeze_before.map_or(0, PeriodId::index);
                let cooled = cooled(self.period_or(period, freeze)?);
                cooled.iter().for_each(|period| forbid(self, project, "", period));
                Ok(())
            }
            (None, Some(project), None) => {
                self.case.project(project).ok_or_else(|| absent("项目清单", "projects", project))?;
                let sheet = edit::table(self.sheets, Table::Resources);
                let mut listed = edit::cell(sheet, row.row, "exclude");
                if !listed.is_empty() {
                    listed.push(';');
                }
                listed.push_str(project);
                edit::set(sheet, row.row, "exclude", listed);
                self.done.edits.push(format!("resources {resource} exclude {project}"));
                Ok(())
            }
            (None, None, Some(period)) => {
                let at = self.period_or(Some(period), 0)?;
                self.unavailable(&row, &|p| p.index() == at);
                Ok(())
            }
            _ => Err(EventFault::new(
                "要写场次、项目、时段其中一个；项目写了冷静期的，时段是它的开始",
                "give one of session, project and period; with a project and its cool_off, period is where that begins",
            )),
        }
    }

    /// The row is not there in these periods; where no period is left, it is excluded from every project.
    fn unavailable(&mut self, row: &Resource, gone: &dyn Fn(PeriodId) -> bool) {
        let left: Vec<PeriodId> = row.periods.iter(self.case.periods.len()).filter(|p| !gone(*p)).collect();
        let sheet = edit::table(self.sheets, Table::Resources);
        if left.is_empty() {
            let all: Vec<&str> = self.case.projects.iter().map(|p| p.id.as_str()).collect();
            edit::set(sheet, row.row, "projects", String::new());
            edit::set(sheet, row.row, "exclude", all.join(";"));
            self.done.edits.push(format!("resources {} exclude *", row.id));
        } else {
            self.done.edits.push(format!("resources {} periods {}", row.id, in_runs(self.case, &left)));
            // One by one: a range asks for a table of periods.
            let ids: Vec<&str> = left.iter().map(|period| self.case.periods[period.index()].id.as_str()).collect();
            edit::set(sheet, row.row, "periods", ids.join(";"));
        }
    }

    fn row(&mut self, id: &str) -> Result<Resource, EventFault> {
        let found = self.case.resource(id).ok_or_else(|| absent("资源清单", "resources", id))?;
        self.done.resources.push(id.to_owned());
        Ok(self.case.resources[found.index()].clone())
    }

    fn session(&self, id: &str) -> Result<Session, EventFault> {
        let found = self.previous.sessions.iter().find(|s| s.id == id);
        found.cloned().ok_or_else(|| absent("上期方案", "the previous plan", id))
    }

    fn period_or(&self, id: Option<&str>, default: usize) -> Result<usize, EventFault> {
        match id {
            None => Ok(default),
            Some(id) => self.case.period(id).map(PeriodId::index).ok_or_else(|| absent("时段", "periods", id)),
        }
    }

    fn frozen(&self, session: &Session) -> bool {
        frozen(self.case, session)
    }
}

/// Periods in order, those that follow one another as a range: `2025-01..2025-05;2025-08`.
fn in_runs(case: &Case, periods: &[PeriodId]) -> String {
    let id = |period: &PeriodId| case.periods[period.index()].id.as_str();
    let runs = periods.chunk_by(|a, b| a.index() + 1 == b.index());
    let run = |run: &[PeriodId]| match run {
        [first, .., last] => format!("{}..{}", id(first), id(last)),
        one => one.iter().map(id).collect(),
    };
    runs.map(run).collect::<Vec<_>>().join(";")
}

fn absent(chinese: &str, english: &str, id: &str) -> EventFault {
    EventFault::new(format!("{chinese}里没有“{id}”"), format!("{english} has no `{id}`"))
}

/// A cell as its text; lists are joined.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Array(list) => {
            let parts: Option<Vec<String>> = list.iter().map(text_of).collect();
            Some(parts?.join(";"))
        }
        Value::Object(_) => None,
    }
}

/// A decimal number of at least 0 in parts of `scale` (1 or 100).
fn parts(text: &str, scale: i64) -> Option<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let places = if scale == 100 { 2 } else { 0 };
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > places {
        return None;
    }
    let fraction: i64 = if places == 0 { 0 } else { format!("{fraction:0<2}").parse().ok()? };
    whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(fraction)
}

/// The names that events are about, without repeats.
pub(in crate::answers) fn touched(applied: &[Applied], of: impl Fn(&Applied) -> &[String]) -> BTreeSet<(&str, usize)> {
    applied.iter().flat_map(|done| of(done).iter().map(|id| (id.as_str(), done.event))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly() {
        assert_eq!(parts("1200", 100), Some(120_000));
        assert_eq!(parts("0.5", 100), Some(50));
        assert_eq!(parts("0.5", 1), None);
        assert_eq!(parts("-1", 1), None);
        assert_eq!(parts("99999999999999999999", 100), None);
    }
}
