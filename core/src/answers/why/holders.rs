//! Who holds what a session lacks: the sessions of a plan that would set it free.

use std::collections::BTreeSet;

use crate::answers::spare::{Draft, Lack, Spare, runs};
use crate::fit;
use crate::lists::{Case, Kind, PeriodId, PlaceId, ProjectId, Resource, ResourceId};
use crate::plan::Session;

/// Sessions that hold something.
pub(super) enum Holders {
    /// They use one of the rows and run in one of the periods (blank: in any).
    Rows(BTreeSet<ResourceId>, Option<std::ops::Range<usize>>),
    /// They are of the project.
    Project(ProjectId),
    /// There are none.
    Nobody,
}

impl Holders {
    /// The holders of each thing that a draft lacks.
    pub(super) fn of_all(spare: &Spare, draft: &Draft) -> Vec<Self> {
        draft.lacks.iter().map(|lack| Holders::of(spare, lack)).collect()
    }

    /// The holders of what is lacking.
    pub(super) fn of(spare: &Spare, lack: &Lack) -> Self {
        let case = spare.case;
        match *lack {
            Lack::Staff { cell: (id, place, _), post, periods: (from, to), .. } => {
                let project = &case.projects[id.index()];
                let Some(post) = project.posts.iter().find(|known| known.number == post) else {
                    return Holders::Nobody;
                };
                let fills = |row: &Resource| {
                    (from..to).any(|period| {
                        let period = PeriodId::from(period);
                        fit::may_fill(case, &spare.geography, row, (id, project), post, place, period).is_some()
                    })
                };
                // Where members have used up their total, sessions of any period have.
                let ever =
                    case.resources.iter().any(|row| row.kind == Kind::Staff && row.total.is_some() && fills(row));
                Holders::Rows(rows(case, Kind::Staff, fills), (!ever).then_some(from..to))
            }
            Lack::Room { project: id, place, start } => {
                let project = &case.projects[id.index()];
                let hosts = |row: &Resource| fit::may_host(case, row, id, project, place, start, &spare.geography);
                let ever =
                    case.resources.iter().any(|row| row.kind == Kind::Venue && row.total.is_some() && hosts(row));
                Holders::Rows(rows(case, Kind::Venue, hosts), (!ever).then(|| runs(project, start)))
            }
            Lack::Money { project, place, start, .. } => {
                Holders::Rows(rows(case, Kind::Fund, supplies(spare, project, place, start)), None)
            }
            Lack::Items { project, place, start, item, .. } => {
                let supplies = supplies(spare, project, place, start);
                let has = |row: &Resource| row.roles.binary_search(&item).is_ok() && supplies(row);
                Holders::Rows(rows(case, Kind::Goods, has), None)
            }
            Lack::Sessions { project } | Lack::PerCell { project } => Holders::Project(project),
            Lack::People { .. } => Holders::Nobody,
        }
    }

    /// Whether a session is one of them.
    pub(super) fn has(&self, case: &Case, session: &Session) -> bool {
        match self {
            Holders::Rows(rows, when) => {
                let of = |id: &str| case.resource(id).is_some_and(|row| rows.contains(&row));
                let uses = session.staff.iter().any(|seat| of(&seat.resource))
                    || session.venue.as_deref().is_some_and(of)
                    || session.funds.iter().any(|line| of(&line.fund))
                    || session.goods.iter().any(|line| of(&line.stock));
                uses && when.as_ref().is_none_or(|when| {
                    let project = case.project(&session.project).map(|id| &case.projects[id.index()]);
                    let start = case.period(&session.period);
                    project.zip(start).is_some_and(|(project, start)| {
                        let running = runs(project, start);
                        running.start < when.end && when.start < running.end
                    })
                })
            }
            Holders::Project(project) => case.project(&session.project) == Some(*project),
            Holders::Nobody => false,
        }
    }
}

fn rows(case: &Case, kind: Kind, holds: impl Fn(&Resource) -> bool) -> BTreeSet<ResourceId> {
    let all = (0..case.resources.len()).map(ResourceId::from);
    all.filter(|row| case.resources[row.index()].kind == kind && holds(&case.resources[row.index()])).collect()
}

/// Whether a fund or stock may be spent on a session.
fn supplies<'s>(spare: &'s Spare, id: ProjectId, place: PlaceId, start: PeriodId) -> impl Fn(&Resource) -> bool + 's {
    let project = &spare.case.projects[id.index()];
    move |row| fit::may_supply(&spare.geography, row, (id, project), place, start)
}
