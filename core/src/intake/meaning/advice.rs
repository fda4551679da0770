//! Warnings that need the whole case: what cannot work as it stands, and words that nothing else uses.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{At, Findings, details};
use super::suggest::Suggestions;
use crate::lists::{Case, Kind, Project, ProjectId, Resource, Rule, Symbol, Table};
use crate::problem::Code;

/// Every warning about the case as a whole.
pub(super) fn advise(case: &Case, findings: &mut Findings) {
    let known = Known::of(case);
    for (position, project) in case.projects.iter().enumerate() {
        let id = ProjectId::from(position);
        known.advise_money(case, id, project, findings);
        known.advise_posts(case, project, findings);
        known.advise_venue(case, project, findings);
        if let Some(max) = project.max_sessions.filter(|max| *max < project.min_sessions) {
            let value = project.min_sessions.to_string();
            findings.add(at(project, "min_sessions"), Code::NeverHeld, &value, details![max]);
        }
    }
    for rule in &case.rules {
        known.advise_rule(case, rule, findings);
    }
    let always = case.resources.iter().filter(|r| r.kind == Kind::Staff && r.periods.is_all()).count();
    if case.periods.len() > 1 && always > 0 {
        let at = At { table: Table::Resources, row: None, column: Some("periods") };
        findings.add(at, Code::AlwaysAvailable, "", details![always]);
    }
}

fn at(project: &Project, column: &'static str) -> At<'static> {
    At { table: Table::Projects, row: Some(project.row), column: Some(column) }
}

/// A filter of a rule: its column, its words, and the words that the lists use there.
type Filter<'a> = (&'static str, Option<&'a [Symbol]>, &'a BTreeSet<Symbol>);

/// What the rows of the case hold, gathered once.
struct Known<'c> {
    orgs: BTreeSet<Symbol>,
    venue_kinds: BTreeSet<Symbol>,
    items: BTreeSet<Symbol>,
    /// The largest `per_period` of staff with a role.
    most_load: BTreeMap<Symbol, i64>,
    funds: Vec<&'c Resource>,
    stocks: Vec<&'c Resource>,
    skills: BTreeSet<Symbol>,
    leads: BTreeSet<Symbol>,
    post_roles: BTreeSet<Symbol>,
    services: BTreeSet<Symbol>,
    units: BTreeSet<Symbol>,
    audiences: BTreeSet<Symbol>,
    suggestions: Suggestions,
}

impl<'c> Known<'c> {
    fn of(case: &'c Case) -> Self {
        let of_kind = |kind: Kind| case.resources.iter().filter(move |row| row.kind == kind);
        let mut most_load: BTreeMap<Symbol, i64> = BTreeMap::new();
        let mut last: Option<(*const Symbol, i64)> = None;
        let mut skills: BTreeSet<Symbol> = BTreeSet::new();
        for row in of_kind(Kind::Staff) {
            skills.extend(row.skills.iter().map(|skill| skill.tag));
            // Rows that share their list of roles and their limit say the same.
            let here = (row.roles.as_ptr(), row.per_period);
            if last == Some(here) {
                continue;
            }
            last = Some(here);
            for role in row.roles.iter() {
                let most = most_load.entry(*role).or_default();
                *most = (*most).max(row.per_period);
            }
        }
        Known {
            orgs: of_kind(Kind::Staff).filter_map(|row| row.org).collect(),
            venue_kinds: of_kind(Kind::Venue).flat_map(|row| row.roles.iter().copied()).collect(),
            items: of_kind(Kind::Goods).flat_map(|row| row.roles.iter().copied()).collect(),
            most_load,
            funds: of_kind(Kind::Fund).collect(),
            stocks: of_kind(Kind::Goods).collect(),
            skills,
            leads: case.projects.iter().filter_map(|project| project.lead).collect(),
            post_roles: case.projects.iter().flat_map(|p| p.posts.iter().map(|post| post.role)).collect(),
            services: case
                .projects
                .iter()
                .flat_map(|p| p.services.iter().copied())
                .chain(case.needs.iter().flat_map(|need| need.services.iter().copied()))
                .collect(),
            units: case.needs.iter().map(|need| need.unit).collect(),
            audiences: case.needs.iter().flat_map(|need| need.audience.iter().copied()).collect(),
            suggestions: Suggestions::default(),
        }
    }

    /// Costs that no fund may pay and goods that no stock holds.
    fn advise_money(&self, case: &Case, id: ProjectId, project: &Project, findings: &mut Findings) {
        let pays = |row: &&Resource| may_serve(row, id, project);
        let any = self.funds.iter().copied().any(|row| pays(&row));
        let launches = |row: &&Resource| pays(row) && row.places.is_none() && row.periods.is_all();
        let launch = self.funds.iter().copied().any(|row| launches(&row));
        let costs = [
            ("launch_cost", project.launch_cost_fen, launch),
            ("session_cost", project.session_cost_fen, any),
            ("unit_cost", project.unit_cost_fen, any),
        ];
        for (column, cost, payable) in costs {
            if cost > 0 && !payable {
                findings.add(at(project, column), Code::CostWithoutFund, "", Vec::new());
            }
        }
        for goods in project.goods.iter() {
            let held = |row: &&Resource| row.roles.binary_search(&goods.item).is_ok() && pays(row);
            if !self.stocks.iter().copied().any(|row| held(&row)) {
                let item = case.text(goods.item);
                let near = self.suggestions.nearest(item, self.items.iter().map(|item| case.text(*item)));
                findings.add(
                    at(project, "goods"),
                    Code::GoodsWithoutStock,
                    item,
                    details![near.filter(|n| *n != item)],
                );
            }
        }
    }

    /// Posts whose load is above every limit, and organisations without staff.
    fn advise_posts(&self, case: &Case, project: &Project, findings: &mut Findings) {
        for post in &project.posts {
            let place = |column: &'static str| match post.row {
                Some(row) => At { table: Table::Requirements, row: Some(row), column: Some(column) },
                None => at(project, "staffing"),
            };
            if let Some(most) = self.most_load.get(&post.role).filter(|most| **most < post.load) {
                findings.add(place("load"), Code::LoadTooLarge, &post.load.to_string(), details![*most]);
            }
            let Some(orgs) = &post.orgs else { continue };
            let missing = orgs.named.iter().filter(|org| !self.orgs.contains(org)).copied();
            for org in missing {
                self.report_org(case, place("orgs"), org, findings);
            }
            let mut own = project.lead.iter().chain(project.partners.iter());
            if orgs.own && !own.clone().any(|org| self.orgs.contains(org)) {
                match own.next() {
                    Some(org) => self.report_org(case, place("orgs"), *org, findings),
                    None => findings.add(place("orgs"), Code::OrgWithoutStaff, "own", details![""]),
                }
            }
        }
    }

    fn report_org(&self, case: &Case, place: At<'_>, org: Symbol, findings: &mut Findings) {
        let name = case.text(org);
        let near = self.suggestions.nearest(name, self.orgs.iter().map(|org| case.text(*org)));
        findings.add(place, Code::OrgWithoutStaff, name, details![near]);
    }

    /// Venue kinds that no venue has.
    fn advise_venue(&self, case: &Case, project: &Project, findings: &mut Findings) {
        if project.online {
            return;
        }
        for kind in project.venue.iter().filter(|kind| !self.venue_kinds.contains(kind)) {
            let name = case.text(*kind);
            let near = self.suggestions.nearest(name, self.venue_kinds.iter().map(|kind| case.text(*kind)));
            findings.add(at(project, "venue"), Code::VenueWithoutRoom, name, details![near]);
        }
    }

    /// Words in a rule's filters that nothing else uses.
    fn advise_rule(&self, case: &Case, rule: &Rule, findings: &mut Findings) {
        if rule.theme && case.periods.iter().all(|period| period.theme.is_empty()) {
            let at = At { table: Table::Rules, row: Some(rule.row), column: Some("services") };
            findings.add(at, Code::RuleWordUnused, "theme", details![""]);
        }
        let against = rule.against.as_ref();
        let role = against.and_then(|a| a.role);
        let sets: [Filter<'_>; 8] = [
            ("services", rule.services.as_deref(), &self.services),
            ("orgs", rule.orgs.as_deref(), &self.leads),
            ("roles", rule.roles.as_deref(), &self.post_roles),
            ("skills", rule.skills.as_deref(), &self.skills),
            ("unit", rule.units.as_deref(), &self.units),
            ("audience", rule.audience.as_deref(), &self.audiences),
            ("against", role.as_ref().map(std::slice::from_ref), &self.post_roles),
            ("against", against.map(|a| &*a.skills), &self.skills),
        ];
        for (column, words, known) in sets {
            for word in words.into_iter().flatten().filter(|word| !known.contains(word)) {
                let at = At { table: Table::Rules, row: Some(rule.row), column: Some(column) };
                let near = self.suggestions.nearest(case.text(*word), known.iter().map(|word| case.text(*word)));
                findings.add(at, Code::RuleWordUnused, case.text(*word), details![near]);
            }
        }
    }
}

/// Whether a fund or stock may be used for a project, places and periods aside.
fn may_serve(row: &Resource, id: ProjectId, project: &Project) -> bool {
    row.projects.as_ref().is_none_or(|list| list.binary_search(&id).is_ok())
        && row.exclude.binary_search(&id).is_err()
        && row.services.as_ref().is_none_or(|list| project.services.iter().any(|s| list.binary_search(s).is_ok()))
}
