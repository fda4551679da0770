//! What is at stake: the sessions that could count toward a fix pin, and how much a plan that keeps every pin may need.
//!
//! Take a plan that keeps the pins and strike sessions that no fix pin counts, and then those beyond what the pins ask
//! for (a project with `min_sessions` keeps as many as it needs): what is left breaks nothing, since every other limit
//! only says "at most" or looks at one session. So rows that no such session touches, starts and places that no pin
//! names, and more than a few sessions can be left out of the question.

use crate::fit::{Geography, share};
use crate::lists::{Case, Kind, PeriodId, PeriodSet, Pin, PinMode, PlaceId, Project, ProjectId, Resource};

/// No amount in a lifted cell exceeds this.
const MOST: i64 = 1 << 40;

/// What a plan that keeps every pin may touch.
pub(super) struct Stake {
    /// What is asked for beside the pins, as pins of which the sessions counted are among those that matter.
    asks: Vec<Pin>,
    /// For each project: whether sessions of it could count toward a fix pin.
    pub projects: Vec<bool>,
    /// For each need: whether such a session could serve it.
    pub needs: Vec<bool>,
    /// For each resource: whether such a session could use it.
    pub resources: Vec<bool>,
    /// For each project: whether a fix pin asks for one of its rooms.
    pub roomed: Vec<bool>,
    /// Sessions such a plan needs at most.
    pub sessions: i64,
    /// Sessions of one project, `min_sessions` apart.
    counts: i64,
    /// Units it needs at most.
    pub units: i64,
    /// Members one session needs at most.
    pub members: i64,
    /// Load of one member in its sessions at most.
    pub load: i64,
    /// Seats its units take at most.
    pub seats: i64,
    /// Fen, or items, it needs at most.
    pub purse: i64,
}

impl Stake {
    pub fn new(case: &Case, asks: Vec<Pin>) -> Self {
        let fixes: Vec<&Pin> = case.pins.iter().filter(|p| p.mode == PinMode::Fix).chain(&asks).collect();
        let project = |id: usize| (ProjectId::from(id), &case.projects[id]);
        let projects: Vec<bool> =
            (0..case.projects.len()).map(|i| fixes.iter().any(|pin| counts(case, pin, project(i)))).collect();
        let held = || case.projects.iter().zip(&projects).filter(|(_, at_stake)| **at_stake).map(|(p, _)| p);
        let needs: Vec<bool> =
            case.needs.iter().map(|need| held().any(|p| share(&need.services, &p.services))).collect();
        let resources = case.resources.iter().map(|row| held().any(|p| may_use(row, p))).collect();
        let roomed = (0..case.projects.len())
            .map(|i| {
                let room = |pin: &&&Pin| pin.resource.is_some_and(|r| case.resources[r.index()].kind == Kind::Venue);
                fixes.iter().filter(room).any(|pin| counts(case, pin, project(i)))
            })
            .collect();
        let sum = |values: &mut dyn Iterator<Item = i64>| values.fold(0i64, i64::saturating_add).min(MOST);
        let most = |values: &mut dyn Iterator<Item = i64>| values.max().unwrap_or(0).max(1);
        let wanted = sum(&mut fixes.iter().map(|pin| pin.count));
        let sessions = sum(&mut held().map(|p| p.min_sessions).chain([wanted]));
        let served = || case.needs.iter().zip(&needs).filter(|(_, at_stake)| **at_stake).map(|(n, _)| n);
        let fill = sessions.saturating_mul(most(&mut held().map(|p| p.min_size)));
        let units = sum(&mut served().filter(|n| n.whole).map(|n| n.quantity).chain([wanted, fill]));
        let members =
            most(&mut held().map(|p| sum(&mut p.posts.iter().map(|post| crate::model::members_of_post(post, p.size)))));
        let of_session =
            held().map(|p| sum(&mut p.goods.iter().map(|g| g.n).chain([p.session_cost_fen, p.launch_cost_fen])));
        let of_unit = held()
            .map(|p| sum(&mut p.goods.iter().map(|g| g.n).chain([p.unit_cost_fen])))
            .chain(served().map(|n| sum(&mut n.goods.iter().map(|g| g.n))));
        let purse = most(&mut of_session.into_iter())
            .saturating_mul(sessions)
            .saturating_add(most(&mut of_unit.into_iter()).saturating_mul(units).saturating_mul(2));
        Stake {
            sessions,
            counts: wanted,
            units,
            members: members.min(MOST),
            load: most(&mut held().flat_map(|p| &p.posts).map(|post| post.load)).saturating_mul(sessions).min(MOST),
            seats: most(&mut case.fits.iter().map(|f| f.load)).saturating_mul(units).min(MOST),
            purse: purse.min(MOST),
            projects,
            needs,
            resources,
            roomed,
            asks,
        }
    }

    /// What is asked for beside the pins.
    pub fn asks(&self) -> &[Pin] {
        &self.asks
    }

    /// Leaves out of a case what cannot matter (see the head of this file).
    pub fn narrow(&self, case: &mut Case) {
        let geography = Geography::new(case);
        let fixes: Vec<Pin> =
            case.pins.iter().filter(|p| p.mode == PinMode::Fix).chain(&self.asks).cloned().collect();
        let count = case.periods.len();
        for index in 0..case.projects.len() {
            let id = ProjectId::from(index);
            let pins: Vec<&Pin> = fixes.iter().filter(|pin| counts(case, pin, (id, &case.projects[index]))).collect();
            let project = &case.projects[index];
            if pins.is_empty() {
                case.projects[index].periods = PeriodSet::of(&[]);
                continue;
            }
            let cap = self.counts.saturating_add(project.min_sessions);
            let max_per_cell = Some(project.max_per_cell.map_or(cap, |max| max.min(cap)));
            let (mut periods, mut places) = (project.periods.clone(), project.places.clone());
            if project.min_sessions <= 1 {
                if pins.iter().all(|pin| pin.period.is_some()) {
                    let named = |p: &PeriodId| pins.iter().any(|pin| pin.period == Some(*p));
                    periods = PeriodSet::of(&periods.iter(count).filter(named).collect::<Vec<_>>());
                }
                if !project.online && pins.iter().all(|pin| pin.place.is_some()) {
                    let mut leaves: Vec<PlaceId> =
                        pins.iter().filter_map(|pin| pin.place).flat_map(|p| geography.leaves(p)).copied().collect();
                    leaves.retain(|leaf| places.as_ref().is_none_or(|list| geography.any_covers(list, *leaf)));
                    leaves.sort_unstable();
                    leaves.dedup();
                    places = Some(leaves.into());
                }
            }
            let project = &mut case.projects[index];
            (project.periods, project.places, project.max_per_cell) = (periods, places, max_per_cell);
        }
    }
}

/// Whether sessions of a project could count toward a fix pin if every limit were lifted.
fn counts(case: &Case, pin: &Pin, (id, project): (ProjectId, &Project)) -> bool {
    pin.project.is_none_or(|p| p == id)
        && pin.need.is_none_or(|n| share(&case.needs[n.index()].services, &project.services))
        && pin.resource.is_none_or(|r| may_use(&case.resources[r.index()], project))
}

/// Whether sessions of a project have a use for such a row at all.
pub(super) fn may_use(row: &Resource, project: &Project) -> bool {
    match row.kind {
        Kind::Staff => project.posts.iter().any(|post| row.roles.binary_search(&post.role).is_ok()),
        Kind::Venue => crate::fit::needs_room(project) && share(&row.roles, &project.venue),
        Kind::Fund | Kind::Goods => true,
    }
}
