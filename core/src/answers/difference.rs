//! What is different between two plans, in the planner's words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cells::few_lines;
use crate::export::{Names, either};
use crate::lists::Lang;
use crate::plan::{Plan, Session};

/// What another plan does differently. Facts are the same in both, and only one of the two may know them to be facts: they
/// count like all else and make no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Units of `needs` and member-sessions that are gone (what the term `changes` counts).
    pub gone: i64,
    /// Units and member-sessions that are new.
    pub new: i64,
    /// Needs whose served units differ, by id.
    pub needs: Vec<NeedChange>,
    /// Numbers of sessions that differ, by (project, place, period).
    pub sessions: Vec<SessionCount>,
    /// Member-sessions that differ, by (resource, project, place, period).
    pub members: Vec<MemberChange>,
}

/// A need served more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NeedChange {
    /// The need.
    pub need: String,
    /// Units served before.
    pub before: i64,
    /// Units served after.
    pub after: i64,
}

/// Sessions of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionCount {
    /// The project.
    pub project: String,
    /// The place.
    pub place: String,
    /// The start period.
    pub period: String,
    /// How many before.
    pub before: i64,
    /// How many after.
    pub after: i64,
}

/// Member-sessions of a row in a cell: one member in one session, however many periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberChange {
    /// The staff row.
    pub resource: String,
    /// The project.
    pub project: String,
    /// The place.
    pub place: String,
    /// The start period.
    pub period: String,
    /// How many before.
    pub before: i64,
    /// How many after.
    pub after: i64,
}

/// The names of where and when sessions are held.
pub(super) type Cell<'a> = (&'a str, &'a str, &'a str);

/// Counts by key, before and after.
type Sides<K> = BTreeMap<K, (i64, i64)>;

/// Compares two plans.
pub fn difference(before: &Plan, after: &Plan) -> Difference {
    let mut cells: BTreeMap<Cell, [Vec<&Session>; 2]> = BTreeMap::new();
    let mut by_need: Sides<&str> = BTreeMap::new();
    for (plan, late) in [(before, false), (after, true)] {
        for session in &plan.sessions {
            let cell = (session.period.as_str(), session.place.as_str(), session.project.as_str());
            cells.entry(cell).or_default()[usize::from(late)].push(session);
            for served in &session.needs {
                add(by_need.entry(&served.need).or_default(), late, served.units);
            }
        }
    }
    // Most cells are as they were.
    let same = |[before, after]: &[Vec<&Session>; 2]| {
        before.len() == after.len() && before.iter().zip(after).all(|(a, b)| a.needs == b.needs && a.staff == b.staff)
    };
    cells.retain(|_, sides| !same(sides));
    let mut sessions: Sides<Cell> = BTreeMap::new();
    let mut needs: Sides<(&str, Cell)> = BTreeMap::new();
    let mut members: Sides<(&str, Cell)> = BTreeMap::new();
    for (cell, sides) in &cells {
        for (session, late) in sides.iter().zip([false, true]).flat_map(|(of, late)| of.iter().map(move |s| (s, late)))
        {
            add(sessions.entry(*cell).or_default(), late, 1);
            for served in &session.needs {
                add(needs.entry((&served.need, *cell)).or_default(), late, served.units);
            }
            for (resource, _) in session.members() {
                add(members.entry((resource, *cell)).or_default(), late, 1);
            }
        }
    }
    let parts = needs.values().chain(members.values());
    let (gone, new) = parts.fold((0, 0), |(gone, new), (a, b)| (gone + (a - b).max(0), new + (b - a).max(0)));
    let own = |text: &str| text.to_owned();
    Difference {
        gone,
        new,
        needs: differing(by_need).map(|(need, before, after)| NeedChange { need: own(need), before, after }).collect(),
        sessions: differing(sessions)
            .map(|((period, place, project), before, after)| SessionCount {
                project: own(project),
                place: own(place),
                period: own(period),
                before,
                after,
            })
            .collect(),
        members: differing(members)
            .map(|((resource, (period, place, project)), before, after)| MemberChange {
                resource: own(resource),
                project: own(project),
                place: own(place),
                period: own(period),
                before,
                after,
            })
            .collect(),
    }
}

fn add(sides: &mut (i64, i64), late: bool, amount: i64) {
    let side = if late { &mut sides.1 } else { &mut sides.0 };
    *side += amount;
}

fn differing<K>(sides: Sides<K>) -> impl Iterator<Item = (K, i64, i64)> {
    sides.into_iter().filter(|(_, (a, b))| a != b).map(|(key, (a, b))| (key, a, b))
}

/// Lines a list shows at most before the rest is counted.
pub(super) const SHOWN: usize = 12;

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.gone == 0 && self.new == 0 && self.sessions.is_empty()
    }

    /// What differs in the planner's words, in a dozen lines at most.
    pub fn lines(&self, names: &Names) -> Vec<String> {
        few_lines(self, names)
    }
}

/// The first lines of a list, and how many more there are.
pub(super) fn cut(out: &mut Vec<String>, lines: impl ExactSizeIterator<Item = String>, most: usize, lang: Lang) {
    let all = lines.len();
    out.extend(lines.take(most));
    if all > most {
        let more = all - most;
        out.push(format!("{} {more} {}", either(lang, "另有", "and"), either(lang, "项", "more")));
    }
}
