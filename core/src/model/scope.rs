//! What a rule looks at: its filters over sessions, units and members, and the combinations of its `per` keys.

use crate::fit::{Geography, holds, share};
use crate::lists::{
    Case, Need, NeedId, PerKey, PeriodId, PlaceId, Project, ProjectId, ResourceId, Rule, RuleKind, Symbol,
};

/// One value of a `per` key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A leaf place.
    Place(PlaceId),
    /// A start period.
    Period(PeriodId),
    /// A project.
    Project(ProjectId),
    /// A lead.
    Org(Symbol),
    /// A service.
    Service(Symbol),
    /// A value of a tag kind.
    Tag(Symbol, Symbol),
}

/// One value a key, in the order of `Rule::per`.
pub type Combination = Vec<Subject>;

/// A rule with what its filters need.
pub struct Scope<'a> {
    case: &'a Case,
    geography: &'a Geography,
    rule: &'a Rule,
}

/// Binds a rule to its case.
pub fn rule_scope<'a>(case: &'a Case, geography: &'a Geography, rule: &'a Rule) -> Scope<'a> {
    Scope { case, geography, rule }
}

impl Scope<'_> {
    /// Whether one of these services passes the `services` filter for sessions that start in a period.
    fn service(&self, service: Symbol, start: PeriodId) -> bool {
        match &self.rule.services {
            None => true,
            Some(named) => {
                named.binary_search(&service).is_ok()
                    || (self.rule.theme && self.case.periods[start.index()].theme.contains(&service))
            }
        }
    }

    fn services(&self, services: &[Symbol], start: PeriodId) -> bool {
        self.rule.services.is_none() || services.iter().any(|s| self.service(*s, start))
    }

    /// Project, lead, role and services apart: place and start period.
    fn stands(&self, place: Option<PlaceId>, start: PeriodId) -> bool {
        self.rule.periods.contains(start)
            && self
                .rule
                .places
                .as_ref()
                .is_none_or(|places| place.is_some_and(|p| self.geography.any_covers(places, p)))
    }

    /// Project, lead and role.
    fn project(&self, project: Option<(ProjectId, &Project)>) -> bool {
        let rule = self.rule;
        let lead = project.and_then(|(_, p)| p.lead);
        rule.projects.as_ref().is_none_or(|list| project.is_some_and(|(id, _)| list.binary_search(&id).is_ok()))
            && rule.orgs.as_ref().is_none_or(|orgs| lead.is_some_and(|l| orgs.binary_search(&l).is_ok()))
            && (matches!(rule.kind, RuleKind::Ratio | RuleKind::Window)
                || rule.roles.as_ref().is_none_or(|roles| {
                    project.is_some_and(|(_, p)| p.posts.iter().any(|post| roles.binary_search(&post.role).is_ok()))
                }))
    }

    fn row(&self, project: Option<ProjectId>) -> Option<(ProjectId, &Project)> {
        project.map(|id| (id, &self.case.projects[id.index()]))
    }

    /// Whether a session passes (for `units`: what the session decides).
    pub fn session(&self, project: Option<ProjectId>, place: Option<PlaceId>, start: PeriodId) -> bool {
        let row = self.row(project);
        self.stands(place, start)
            && self.project(row)
            && (self.rule.kind == RuleKind::Units || self.services(row.map_or(&[][..], |(_, p)| &p.services), start))
    }

    /// Whether units of a need in a session pass.
    pub fn unit(&self, need: NeedId, project: Option<ProjectId>, place: Option<PlaceId>, start: PeriodId) -> bool {
        let need: &Need = &self.case.needs[need.index()];
        self.session(project, place, start)
            && self.services(&need.services, start)
            && self.rule.units.as_ref().is_none_or(|units| units.binary_search(&need.unit).is_ok())
            && self.rule.audience.as_ref().is_none_or(|audience| share(audience, &need.audience))
    }

    /// Whether a member in a post passes in a period (`ratio` and `window`).
    pub fn member(&self, role: Option<Symbol>, resource: ResourceId, period: PeriodId) -> bool {
        let rule = self.rule;
        rule.roles.as_ref().is_none_or(|roles| role.is_some_and(|r| roles.binary_search(&r).is_ok()))
            && rule.resources.as_ref().is_none_or(|list| list.binary_search(&resource).is_ok())
            && rule
                .skills
                .as_ref()
                .is_none_or(|skills| skills.iter().any(|s| holds(&self.case.resources[resource.index()], *s, period)))
    }

    /// Whether a member in a post matches `against` in a period.
    pub fn against(&self, role: Symbol, resource: ResourceId, period: PeriodId) -> bool {
        let Some(against) = &self.rule.against else { return false };
        against.role.is_none_or(|r| r == role)
            && against.skills.iter().all(|s| holds(&self.case.resources[resource.index()], *s, period))
    }

    /// The combinations in which a session (or, for `units`, the units in it) counts.
    pub fn combinations_of(
        &self,
        project: Option<ProjectId>,
        place: Option<PlaceId>,
        start: PeriodId,
    ) -> Vec<Combination> {
        let row = self.row(project);
        let mut found: Vec<Combination> = vec![Vec::new()];
        for key in &self.rule.per {
            let values: Vec<Subject> = match *key {
                PerKey::Place => place.filter(|p| *p != self.case.online).map(Subject::Place).into_iter().collect(),
                PerKey::Period => vec![Subject::Period(start)],
                PerKey::Project => project.map(Subject::Project).into_iter().collect(),
                PerKey::Org => row.and_then(|(_, p)| p.lead).map(Subject::Org).into_iter().collect(),
                PerKey::Service => row
                    .map_or(&[][..], |(_, p)| &p.services)
                    .iter()
                    .filter(|s| self.rule.kind == RuleKind::Units || self.service(**s, start))
                    .map(|s| Subject::Service(*s))
                    .collect(),
                PerKey::Tag(kind) => {
                    tags_of(self.case, kind, start).into_iter().map(|v| Subject::Tag(kind, v)).collect()
                }
            };
            found = product(&found, &values);
        }
        found
    }
}

fn product(prefixes: &[Combination], values: &[Subject]) -> Vec<Combination> {
    let mut out = Vec::with_capacity(prefixes.len() * values.len());
    for prefix in prefixes {
        for value in values {
            let mut combination = prefix.clone();
            combination.push(*value);
            out.push(combination);
        }
    }
    out
}

fn tags_of(case: &Case, kind: Symbol, period: PeriodId) -> Vec<Symbol> {
    let mut values: Vec<Symbol> =
        case.periods[period.index()].tags.iter().filter(|(k, _)| *k == Some(kind)).map(|(_, v)| *v).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Every combination of a rule's `per` keys, whether a session stands in it or not, in order.
pub fn combinations(case: &Case, geography: &Geography, rule: &Rule) -> Vec<Combination> {
    let scope = rule_scope(case, geography, rule);
    let periods: Vec<PeriodId> = rule.periods.iter(case.periods.len()).collect();
    let themes = |p: &Project| rule.kind == RuleKind::Units || periods.iter().any(|t| scope.services(&p.services, *t));
    let projects: Vec<(ProjectId, &Project)> = case
        .projects
        .iter()
        .enumerate()
        .map(|(i, p)| (ProjectId::from(i), p))
        .filter(|&(id, p)| scope.project(Some((id, p))) && themes(p))
        .collect();
    let mut found: Vec<Combination> = vec![Vec::new()];
    for key in &rule.per {
        let mut values: Vec<Subject> = match *key {
            PerKey::Place => (0..case.places.len())
                .map(PlaceId::from)
                .filter(|&p| p != case.online && geography.leaves(p) == [p])
                .filter(|&p| rule.places.as_ref().is_none_or(|places| geography.any_covers(places, p)))
                .map(Subject::Place)
                .collect(),
            PerKey::Period => periods.iter().map(|p| Subject::Period(*p)).collect(),
            PerKey::Project => projects.iter().map(|(id, _)| Subject::Project(*id)).collect(),
            PerKey::Org => projects.iter().filter_map(|(_, p)| p.lead).map(Subject::Org).collect(),
            PerKey::Service => projects
                .iter()
                .flat_map(|(_, p)| p.services.iter())
                .filter(|s| rule.kind == RuleKind::Units || periods.iter().any(|t| scope.service(**s, *t)))
                .map(|s| Subject::Service(*s))
                .collect(),
            PerKey::Tag(kind) => {
                periods.iter().flat_map(|p| tags_of(case, kind, *p)).map(|v| Subject::Tag(kind, v)).collect()
            }
        };
        values.sort_unstable();
        values.dedup();
        found = product(&found, &values);
    }
    found
}
