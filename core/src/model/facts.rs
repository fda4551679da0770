//! What frozen sessions of the previous plan have already used up. Facts are kept as they are; where they alone exceed a
//! limit nothing more may be added to it, so everything left is at least 0.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Combination, rule_scope};
use crate::fit::Geography;
use crate::lists::{Case, NeedId, PeriodId, ProjectId, ResourceId, RuleKind, Symbol};
use crate::plan::Session;

/// Totals of the frozen sessions.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Positions in `previous.sessions`.
    pub sessions: Vec<usize>,
    /// Units served of each need, as written.
    served: Vec<i64>,
    open: Vec<i64>,
    projects_of_need: BTreeMap<NeedId, BTreeSet<Option<ProjectId>>>,
    members: BTreeMap<ResourceId, Vec<i64>>,
    loads: BTreeMap<(ResourceId, i64, PeriodId), i64>,
    load_totals: BTreeMap<(ResourceId, i64), i64>,
    /// Sessions held of each project.
    pub sessions_of: BTreeMap<ProjectId, i64>,
    /// Projects whose launch is paid.
    pub launched: BTreeSet<ProjectId>,
    /// Fen or items taken from each fund or stock.
    pub drawn: BTreeMap<ResourceId, i64>,
    /// Sessions each person is in, by period.
    pub person: BTreeMap<(Symbol, PeriodId), i64>,
    /// Count of each combination of each count rule (by position in `case.rules`); for distinct counts see `seen`.
    pub counted: BTreeMap<(usize, Combination), i64>,
    /// Distinct projects or leads seen in each combination.
    pub seen: BTreeMap<(usize, Combination), BTreeSet<u32>>,
    /// Load of each member within each window rule, by period.
    pub windowed: BTreeMap<(usize, ResourceId, i64, PeriodId), i64>,
}

impl Facts {
    /// Adds up the frozen sessions.
    pub fn new(case: &Case, geography: &Geography) -> Self {
        let mut facts = Facts { served: vec![0; case.needs.len()], ..Facts::default() };
        let periods: BTreeMap<&str, PeriodId> =
            case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), PeriodId::from(i))).collect();
        if let Some(previous) = &case.previous {
            let freeze = case.settings.freeze_before.unwrap_or(PeriodId::from(0));
            for (position, session) in previous.sessions.iter().enumerate() {
                let Some(&start) = periods.get(session.period.as_str()) else { continue };
                if start < freeze || case.kept.contains(&position) {
                    facts.sessions.push(position);
                    facts.add(case, geography, session, start, &periods);
                }
            }
            for launch in &previous.launches {
                let Some(project) = case.project(&launch.project) else { continue };
                if facts.sessions_of.contains_key(&project) {
                    facts.launched.insert(project);
                    facts.draw(case, launch.funds.iter().map(|f| (f.fund.as_str(), f.fen)));
                }
            }
        }
        facts.open = case
            .needs
            .iter()
            .zip(&facts.served)
            .map(|(need, &served)| if need.whole && served > 0 { 0 } else { (need.quantity - served).max(0) })
            .collect();
        facts
    }

    fn draw<'a>(&mut self, case: &Case, lines: impl Iterator<Item = (&'a str, i64)>) {
        for (supply, amount) in lines {
            if let Some(id) = case.resource(supply) {
                let drawn = self.drawn.entry(id).or_default();
                *drawn = drawn.saturating_add(amount);
            }
        }
    }

    fn add(
        &mut self,
        case: &Case,
        geography: &Geography,
        session: &Session,
        start: PeriodId,
        periods: &BTreeMap<&str, PeriodId>,
    ) {
        let project = case.project(&session.project);
        let span = project.map_or(1, |p| case.projects[p.index()].span);
        let running: Vec<PeriodId> =
            (start.index()..(start.index() + span as usize).min(case.periods.len())).map(PeriodId::from).collect();
        if let Some(project) = project {
            *self.sessions_of.entry(project).or_default() += 1;
        }
        let mut persons = BTreeSet::new();
        for served in &session.needs {
            let Some(need) = case.need(&served.need) else { continue };
            self.served[need.index()] = self.served[need.index()].saturating_add(served.units);
            self.projects_of_need.entry(need).or_default().insert(project);
            persons.extend(case.needs[need.index()].person);
        }
        for person in persons {
            for &period in &running {
                *self.person.entry((person, period)).or_default() += 1;
            }
        }
        self.draw(case, session.funds.iter().map(|f| (f.fund.as_str(), f.fen)));
        self.draw(case, session.goods.iter().map(|g| (g.stock.as_str(), g.n)));
        if let (Some(venue), Some(room)) = (session.venue.as_deref().and_then(|v| case.resource(v)), session.room) {
            for &period in &running {
                *self.loads.entry((venue, room, period)).or_default() += 1;
            }
            *self.load_totals.entry((venue, room)).or_default() += 1;
            self.note_member(venue, room);
        }
        for seat in &session.staff {
            let Some(resource) = case.resource(&seat.resource) else { continue };
            let post = project.and_then(|p| case.projects[p.index()].posts.iter().find(|q| q.number == seat.post));
            let load = post.map_or(1, |p| p.load);
            let served: Vec<PeriodId> = match &seat.period {
                Some(period) => periods.get(period.as_str()).copied().into_iter().collect(),
                None => running.clone(),
            };
            self.note_member(resource, seat.member);
            for &period in &served {
                *self.loads.entry((resource, seat.member, period)).or_default() += load;
                *self.load_totals.entry((resource, seat.member)).or_default() += load;
            }
            for (rule_index, rule) in case.rules.iter().enumerate().filter(|(_, r)| r.kind == RuleKind::Window) {
                let scope = rule_scope(case, geography, rule);
                if !scope.session(project, case.place(&session.place), start) {
                    continue;
                }
                let role = case.symbols.find(&seat.role);
                for &period in &served {
                    if scope.member(role, resource, period) {
                        *self.windowed.entry((rule_index, resource, seat.member, period)).or_default() += load;
                    }
                }
            }
        }
        self.count(case, geography, session, project, start);
    }

    fn count(
        &mut self,
        case: &Case,
        geography: &Geography,
        session: &Session,
        project: Option<ProjectId>,
        start: PeriodId,
    ) {
        let place = case.place(&session.place);
        for (index, rule) in case.rules.iter().enumerate() {
            let scope = rule_scope(case, geography, rule);
            match rule.kind {
                RuleKind::Ratio | RuleKind::Window => {}
                RuleKind::Units => {
                    for served in &session.needs {
                        let Some(need) = case.need(&served.need) else { continue };
                        if scope.unit(need, project, place, start) {
                            for combination in scope.combinations_of(project, place, start) {
                                *self.counted.entry((index, combination)).or_default() += served.units;
                            }
                        }
                    }
                }
                RuleKind::Sessions | RuleKind::Projects | RuleKind::Orgs => {
                    if !scope.session(project, place, start) {
                        continue;
                    }
                    let lead = project.and_then(|p| case.projects[p.index()].lead);
                    for combination in scope.combinations_of(project, place, start) {
                        let distinct = match rule.kind {
                            RuleKind::Projects => project.map(|p| p.0),
                            RuleKind::Orgs => lead.map(|l| l.0),
                            _ => {
                                *self.counted.entry((index, combination)).or_default() += 1;
                                continue;
                            }
                        };
                        if let Some(id) = distinct {
                            self.seen.entry((index, combination)).or_default().insert(id);
                        }
                    }
                }
            }
        }
    }

    fn note_member(&mut self, resource: ResourceId, member: i64) {
        let members = self.members.entry(resource).or_default();
        if let Err(at) = members.binary_search(&member) {
            members.insert(at, member);
        }
    }

    /// Units of a need that may still be served.
    pub fn open_units(&self, need: NeedId) -> i64 {
        self.open[need.index()]
    }

    /// Units of a need that facts have served, at most its quantity.
    pub fn served_units(&self, case: &Case, need: NeedId) -> i64 {
        self.served[need.index()].min(case.needs[need.index()].quantity)
    }

    /// Whether a need may still be served by a project: with `one_project`, facts fix which.
    pub fn project_open(&self, case: &Case, need: NeedId, project: ProjectId) -> bool {
        if !case.needs[need.index()].one_project {
            return true;
        }
        self.projects_of_need.get(&need).is_none_or(|seen| seen.len() == 1 && seen.contains(&Some(project)))
    }

    /// Members of a row that have facts of their own, in order.
    pub fn members_used(&self, resource: ResourceId) -> &[i64] {
        self.members.get(&resource).map_or(&[], Vec::as_slice)
    }

    /// Load of a member in a period.
    pub fn load(&self, resource: ResourceId, member: i64, period: PeriodId) -> i64 {
        self.loads.get(&(resource, member, period)).copied().unwrap_or(0)
    }

    /// Load of a member over the horizon.
    pub fn load_total(&self, resource: ResourceId, member: i64) -> i64 {
        self.load_totals.get(&(resource, member)).copied().unwrap_or(0)
    }
}
