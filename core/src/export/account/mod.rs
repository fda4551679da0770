//! The account of a plan: what every sheet and page is written from. Counted from the lists and the plan alone.

mod funds;
mod served;
mod shifts;
mod usage;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use funds::{Cause, FundAccount, Spending};
pub use served::{PlaceLine, ServedLine};
pub use shifts::{MemberLoad, Shift};
pub use usage::{Peak, Usage};

use super::words::by_unit;
use crate::lists::{Case, Project};
use crate::plan::{FunnelStep, Plan, Reason, Unmet};

/// Everything counted about one plan of one case.
pub struct Account<'a> {
    /// The case.
    pub case: &'a Case,
    /// The plan.
    pub plan: &'a Plan,
    /// Who works when: by resource, member, period, session.
    pub shifts: Vec<Shift<'a>>,
    /// What each serving member carries, in the order of `shifts`.
    pub members: Vec<MemberLoad<'a>>,
    /// Units served, by need.
    pub served: BTreeMap<&'a str, i64>,
    /// Served and wanted by the services a need names, units of each kind apart.
    pub services: Vec<ServedLine>,
    /// The same by the place of the need.
    pub places: Vec<PlaceLine>,
    /// Every fund with what it pays; by id.
    pub funds: Vec<FundAccount<'a>>,
    /// Like resources with what is used of them, the scarcest first.
    pub usage: Vec<Usage>,
    /// Organisations that lead, join in and send staff, counted apart.
    pub orgs: Organisations,
    /// Projects held and places where sessions stand.
    pub held: Held,
    /// Needs with unserved units: as the plan lists them, or counted here where it lists none.
    pub unmet: Cow<'a, [Unmet]>,
}

/// Distinct organisations by what they do in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisations {
    /// Leads of the projects held.
    pub leads: BTreeSet<String>,
    /// Partners of the projects held.
    pub partners: BTreeSet<String>,
    /// Organisations of the staff that serve.
    pub staff: BTreeSet<String>,
}

/// What is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Distinct projects.
    pub projects: usize,
    /// Distinct places.
    pub places: usize,
}

impl<'a> Account<'a> {
    /// Counts a plan.
    pub fn of(case: &'a Case, plan: &'a Plan) -> Self {
        let shifts = shifts::shifts(case, plan);
        let members = shifts::by_member(&shifts);
        let served = served::by_need(plan);
        let funds = funds::accounts(case, plan);
        let projects: BTreeSet<&str> = plan.sessions.iter().map(|s| s.project.as_str()).collect();
        let places: BTreeSet<&str> = plan.sessions.iter().map(|s| s.place.as_str()).collect();
        Account {
            orgs: organisations(case, &projects, &members),
            held: Held { projects: projects.len(), places: places.len() },
            services: served::by_service(case, &served),
            places: served::by_place(case, plan, &served),
            usage: usage::usage(case, plan, &shifts, &funds),
            unmet: unmet(case, plan, &served),
            case,
            plan,
            shifts,
            members,
            served,
            funds,
        }
    }

    /// The project of a session, if the lists have it (a fact may name one that is gone).
    pub fn project(&self, id: &str) -> Option<&'a Project> {
        self.case.project(id).map(|i| &self.case.projects[i.index()])
    }

    /// The word for the unit of a need; blank if the need is gone.
    pub fn unit(&self, need: &str) -> &'a str {
        self.case.need(need).map_or("", |i| self.case.text(self.case.needs[i.index()].unit))
    }

    /// Units by kind, in the order of the words: `[("人次", 20)]`.
    pub fn by_unit(&self, units: impl IntoIterator<Item = (&'a str, i64)>) -> Vec<(&'a str, i64)> {
        by_unit(self.case, units)
    }
}

/// The stage of the funnel where nothing is left; `None` if every stage leaves something (or none was looked at).
pub fn stop(reason: &Reason) -> Option<&FunnelStep> {
    reason.funnel.iter().find(|step| step.left == 0)
}

/// A plan made by hand lists nothing unmet; that is no claim that all is met.
fn unmet<'a>(case: &Case, plan: &'a Plan, served: &BTreeMap<&str, i64>) -> Cow<'a, [Unmet]> {
    if !plan.unmet.is_empty() {
        return Cow::Borrowed(&plan.unmet);
    }
    let open = |need: &crate::lists::Need| {
        let units = need.quantity.saturating_sub(served.get(need.id.as_str()).copied().unwrap_or(0));
        (units > 0).then(|| Unmet { need: need.id.clone(), units, reason: Reason::default() })
    };
    Cow::Owned(case.needs.iter().filter_map(open).collect())
}

fn organisations(case: &Case, projects: &BTreeSet<&str>, members: &[MemberLoad]) -> Organisations {
    let mut orgs = Organisations::default();
    for id in projects {
        let Some(project) = case.project(id).map(|i| &case.projects[i.index()]) else {
            continue;
        };
        orgs.leads.extend(project.lead.map(|lead| case.text(lead).to_owned()));
        orgs.partners.extend(project.partners.iter().map(|partner| case.text(*partner).to_owned()));
    }
    for member in members {
        let Some(row) = case.resource(member.resource).map(|i| &case.resources[i.index()]) else {
            continue;
        };
        orgs.staff.extend(row.org.map(|org| case.text(org).to_owned()));
    }
    orgs
}
