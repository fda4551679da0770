//! What passes the filters of a rule. A filter that is blank lets everything pass; what the lists no longer have (in a
//! fact) passes only filters that do not look at it; a blank lead is no organisation and matches nothing.

use super::super::member::holds;
use super::super::reading::{Held, Reading, Sat};
use crate::lists::{NeedId, PeriodId, Project, ProjectId, Rule, RuleKind, Symbol};

/// One rule with its place filter spread over the leaves.
pub(super) struct Sieve<'r, 'a> {
    pub reading: &'r Reading<'a>,
    pub rule: &'a Rule,
    /// For each place whether it passes; `None` is all.
    places: Option<Vec<bool>>,
}

impl<'r, 'a> Sieve<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>, rule: &'a Rule) -> Self {
        let places = rule.places.as_deref().map(|listed| {
            let all = (0..reading.case.places.len()).map(Into::into);
            all.map(|place| reading.ways.allow(Some(listed), place)).collect()
        });
        Sieve { reading, rule, places }
    }

    pub(super) fn place_passes(&self, place: usize) -> bool {
        self.places.as_ref().is_none_or(|places| places.get(place).copied().unwrap_or(false))
    }

    /// Whether the column `services` is filled.
    pub(super) fn names_services(&self) -> bool {
        self.rule.services.is_some() || self.rule.theme
    }

    /// Whether `services` names this service in a start period: by its name, or as the theme of that period.
    pub(super) fn names(&self, service: Symbol, period: usize) -> bool {
        self.rule.services.as_deref().is_some_and(|list| list.binary_search(&service).is_ok())
            || (self.rule.theme && self.reading.case.periods[period].theme.contains(&service))
    }

    /// Whether the project passes in some start period, `services` apart.
    pub(super) fn project_passes(&self, (id, project): (ProjectId, &Project)) -> bool {
        let rule = self.rule;
        // In ratio and window `roles` is the role of the post filled.
        let by_roles = rule.roles.as_deref().filter(|_| !matches!(rule.kind, RuleKind::Ratio | RuleKind::Window));
        rule.projects.as_deref().is_none_or(|list| list.binary_search(&id).is_ok())
            && rule
                .orgs
                .as_deref()
                .is_none_or(|orgs| project.lead.is_some_and(|lead| orgs.binary_search(&lead).is_ok()))
            && by_roles.is_none_or(|roles| project.posts.iter().any(|post| roles.binary_search(&post.role).is_ok()))
    }

    /// Whether the session passes: project, services and lead, place, start period. The services of `units` are the
    /// need's.
    pub(super) fn session_passes(&self, held: &Held) -> bool {
        let rule = self.rule;
        let Some(start) = held.start.filter(|start| rule.periods.contains(PeriodId::from(*start))) else {
            return false;
        };
        if self.places.is_some() && !held.place.is_some_and(|place| self.place_passes(place.index())) {
            return false;
        }
        let looks_at_services = self.names_services() && rule.kind != RuleKind::Units;
        let Some((id, project)) = held.project else {
            let looks_at_roles = rule.roles.is_some() && !matches!(rule.kind, RuleKind::Ratio | RuleKind::Window);
            return rule.projects.is_none() && rule.orgs.is_none() && !looks_at_roles && !looks_at_services;
        };
        self.project_passes((id, project))
            && (!looks_at_services || project.services.iter().any(|service| self.names(*service, start)))
    }

    /// Whether units of the need pass in a session that passes.
    pub(super) fn need_passes(&self, need: Option<NeedId>, start: usize) -> bool {
        let Some(need) = need.map(|need| self.reading.need(need)) else {
            return !self.names_services() && self.rule.units.is_none() && self.rule.audience.is_none();
        };
        (!self.names_services() || need.services.iter().any(|service| self.names(*service, start)))
            && any_of(self.rule.units.as_deref(), &[need.unit])
            && any_of(self.rule.audience.as_deref(), &need.audience)
    }

    /// Whether a member passes in a period: the role of the post filled, a skill held then, the row.
    pub(super) fn member_passes(&self, sat: &Sat, period: usize) -> bool {
        let (rule, reading) = (self.rule, self.reading);
        let by_role = rule
            .roles
            .as_deref()
            .is_none_or(|roles| sat.role(reading.case).is_some_and(|role| roles.binary_search(&role).is_ok()));
        let by_row =
            rule.resources.as_deref().is_none_or(|rows| sat.resource.is_some_and(|id| rows.binary_search(&id).is_ok()));
        let by_skill = rule.skills.as_deref().is_none_or(|skills| {
            let row = sat.resource.map(|id| reading.resource(id));
            row.is_some_and(|row| skills.iter().any(|skill| holds(row, *skill, period)))
        });
        by_role && by_row && by_skill
    }
}

/// Whether a filter is blank or names one of these words.
fn any_of(list: Option<&[Symbol]>, words: &[Symbol]) -> bool {
    list.is_none_or(|list| words.iter().any(|word| list.binary_search(word).is_ok()))
}
