//! The case in which what is asked about must be done.

use super::Question;
use super::quota::{self, Quota};
use crate::answers::ground::{Ground, Refusal};
use crate::fit;
use crate::lists::{Case, Kind, Pin, PinMode, Project, ProjectId, Table};
use crate::plan::Session;

/// A case that asks for something by its last pin, or by its last rule.
pub(crate) struct Forced<'a> {
    /// The case.
    pub case: Case,
    /// How many units (or whatever the rule counts) the plan has.
    pub held: i64,
    /// How many are asked for; not more than `held` where there is nothing to ask.
    pub asked: i64,
    /// Sessions of the plan that do it already.
    pub sessions: Vec<String>,
    /// Where a rule asks, and not a pin.
    pub quota: Option<Quota<'a>>,
}

/// Asks for one unit more than the plan has (for all of a whole need).
pub(crate) fn force<'a>(ground: &Ground<'a>, question: &Question) -> Result<Forced<'a>, Refusal> {
    let case = ground.case;
    let unknown = |table: Table, name: &str| Refusal::Unknown(table, name.to_owned());
    match question {
        Question::Need { need } => {
            let id = case.need(need).ok_or_else(|| unknown(Table::Needs, need))?;
            let row = &case.needs[id.index()];
            let held = ground.served(need).min(row.quantity);
            let asked = if row.whole { row.quantity } else { (held + 1).min(row.quantity) };
            let pin = Pin { need: Some(id), count: asked, ..blank() };
            Ok(pinned(ground, pin, held, |session| session.needs.iter().any(|served| served.need == *need)))
        }
        Question::Triple { need, project, resource } => {
            let id = case.need(need).ok_or_else(|| unknown(Table::Needs, need))?;
            let of = case.project(project).ok_or_else(|| unknown(Table::Projects, project))?;
            let row = case.resource(resource).ok_or_else(|| unknown(Table::Resources, resource))?;
            if matches!(case.resources[row.index()].kind, Kind::Fund | Kind::Goods) {
                return Err(Refusal::NotStaffOrVenue(resource.clone()));
            }
            let with = |session: &Session| {
                session.project == *project
                    && (session.venue.as_ref() == Some(resource)
                        || session.staff.iter().any(|seat| seat.resource == *resource))
            };
            let units = ground.plan.sessions.iter().filter(|session| with(session)).flat_map(|s| &s.needs);
            let held: i64 = units.filter(|served| served.need == *need).map(|served| served.units).sum();
            let count = if case.needs[id.index()].whole { case.needs[id.index()].quantity } else { 1 };
            let pin = Pin { need: Some(id), project: Some(of), resource: Some(row), count, ..blank() };
            Ok(pinned(ground, pin, held, |s| with(s) && s.needs.iter().any(|served| served.need == *need)))
        }
        Question::Rule { rule, per } => quota::force(ground, rule, per),
    }
}

fn pinned<'a>(ground: &Ground<'a>, pin: Pin, held: i64, serves: impl Fn(&Session) -> bool) -> Forced<'a> {
    let sessions = ground.plan.sessions.iter().filter(|session| serves(session)).map(|session| session.id.clone());
    let (mut case, asked) = (ground.case.clone(), pin.count);
    case.pins.push(pin);
    Forced { case, held, asked, sessions: sessions.collect(), quota: None }
}

/// The case with nothing but the need of its last pin to be served, where that decides as well whether the pin can be kept:
/// no other pin asks for anything, and no session has to be filled up with other needs, nor any other held beside it. What
/// keeps the pin then does so without the rest. With `lifted` that holds whatever other limits are lifted as well.
pub(super) fn alone(case: &Case, lifted: bool) -> Option<Case> {
    let asked = case.pins.last().and_then(|pin| pin.need)?;
    let fits = fit::fit_index(case);
    let row = &case.needs[asked.index()];
    let serves = |index: usize, project: &Project| match lifted {
        true => fit::share(&row.services, &project.services),
        false => fit::may_serve(&fits, (asked, row), (ProjectId::from(index), project)).is_some(),
    };
    let mut serving = case.projects.iter().enumerate().filter(|(index, project)| serves(*index, project));
    let fixes = case.pins.iter().filter(|pin| pin.mode == PinMode::Fix).count();
    if fixes > 1 || serving.any(|(_, project)| project.min_size > 1 || project.min_sessions > 1) {
        return None;
    }
    let mut out = case.clone();
    for (index, need) in out.needs.iter_mut().enumerate() {
        if index != asked.index() {
            // Nobody offers what it asks for: no cell is laid out for it, and what facts have served stays counted.
            need.services = [].into();
        }
    }
    Some(out)
}

fn blank() -> Pin {
    Pin { row: 0, mode: PinMode::Fix, need: None, project: None, place: None, period: None, resource: None, count: 1 }
}

impl Forced<'_> {
    /// The blank fix pin, for those who ask in their own words.
    pub(super) fn blank_pin() -> Pin {
        blank()
    }
}
