//! Classes: like members folded into one with a count.
//!
//! Folding is exact where handing out to members can always follow (the proofs stand beside [`exact_as_one`]); any other
//! class is unfolded into its members while that stays small, and otherwise kept as a relaxation.

use std::collections::BTreeMap;

use super::{Candidate, Cell, Facts, PostCandidates};
use crate::fit;
use crate::lists::{Case, Kind, PeriodId, ResourceId, RuleKind, Symbol, Term};

/// A class of like members (or rooms).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u32);

impl ClassId {
    /// The position among the classes, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for ClassId {
    fn from(position: usize) -> Self {
        ClassId(u32::try_from(position).expect("no more classes than members"))
    }
}

/// Like members (staff) or rooms (venues).
#[derive(Clone, Debug)]
pub struct Class {
    /// Staff or venue.
    pub kind: Kind,
    /// A row that stands for all: every row of the class is like it.
    pub resource: ResourceId,
    /// The members, row by row.
    pub shares: Vec<Share>,
    /// How many members.
    pub count: i64,
    /// Load one member has left in each period.
    pub free: Vec<i64>,
    /// Load one member has left over the horizon.
    pub free_total: Option<i64>,
    /// Whether any assignment that respects the class's sums can be handed out to its members.
    pub exact: bool,
    /// Whether a session over several periods takes all that a member has, so that it has the member to itself.
    pub exhausting: bool,
}

impl Class {
    /// Whether a member could carry a load in each of these periods.
    pub(super) fn could_carry(&self, load: i64, periods: &[PeriodId]) -> bool {
        let all = load.saturating_mul(periods.len() as i64);
        self.free_total.is_none_or(|total| all <= total)
            && periods.iter().all(|period| load <= self.free[period.index()])
    }
}

/// Some members of one row: `first`, `first + 1`, … (`count` of them).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The row.
    pub resource: ResourceId,
    /// The first member, from 1.
    pub first: i64,
    /// How many.
    pub count: i64,
}

/// Rows alike in all that matters become one class; members with facts of their own stand apart.
pub(super) fn fold(case: &Case, facts: &Facts) -> Vec<Class> {
    let mut apart = vec![false; case.resources.len()];
    for pin in &case.pins {
        if let Some(resource) = pin.resource {
            apart[resource.index()] = true;
        }
    }
    for rule in &case.rules {
        for resource in rule.resources.iter().flat_map(|r| r.iter()) {
            apart[resource.index()] = true;
        }
    }
    if case.settings.levels.iter().flatten().any(|t| *t == Term::Changes) {
        for session in case.previous.iter().flat_map(|p| &p.sessions) {
            for seat in &session.staff {
                if let Some(resource) = case.resource(&seat.resource) {
                    apart[resource.index()] = true;
                }
            }
        }
    }
    let orgs_matter = case.projects.iter().flat_map(|p| &p.posts).any(|p| p.orgs.is_some());
    let mut classes: Vec<Class> = Vec::new();
    let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for kind in [Kind::Staff, Kind::Venue] {
        for (index, row) in case.resources.iter().enumerate().filter(|(_, r)| r.kind == kind) {
            let id = ResourceId::from(index);
            let used = facts.members_used(id);
            let mut next = 1;
            // A fact may name a member that the row no longer has.
            for &member in used.iter().filter(|member| (1..=row.count).contains(*member)) {
                push_share(case, &mut classes, id, next, member - next, None);
                push_share(case, &mut classes, id, member, 1, Some(facts));
                next = member + 1;
            }
            if next == 1 && !apart[index] {
                let key = likeness(row, orgs_matter);
                if let Some(&class) = known.get(&key) {
                    classes[class].shares.push(Share { resource: id, first: 1, count: row.count });
                    classes[class].count += row.count;
                    continue;
                }
                known.insert(key, classes.len());
            }
            push_share(case, &mut classes, id, next, row.count - next + 1, None);
        }
    }
    classes
}

fn push_share(case: &Case, classes: &mut Vec<Class>, id: ResourceId, first: i64, count: i64, facts: Option<&Facts>) {
    if count <= 0 {
        return;
    }
    let row = &case.resources[id.index()];
    let mut free = vec![row.per_period; case.periods.len()];
    let mut free_total = row.total;
    if let Some(facts) = facts {
        for (period, left) in free.iter_mut().enumerate() {
            *left = (*left - facts.load(id, first, PeriodId::from(period))).max(0);
        }
        free_total = free_total.map(|t| (t - facts.load_total(id, first)).max(0));
    }
    for (period, left) in free.iter_mut().enumerate() {
        if !row.periods.contains(PeriodId::from(period)) {
            *left = 0;
        }
    }
    classes.push(Class {
        kind: row.kind,
        resource: id,
        shares: vec![Share { resource: id, first, count }],
        count,
        free,
        free_total,
        exact: true,
        exhausting: false,
    });
}

/// Everything by which two rows can differ for a plan, as bytes.
fn likeness(row: &crate::lists::Resource, orgs_matter: bool) -> Vec<u8> {
    let org = if orgs_matter { row.org } else { None };
    format!(
        "{:?}|{:?}|{:?}|{:?}|{:?}|{}|{:?}|{}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}|{:?}|{:?}",
        row.kind,
        row.roles,
        row.skills,
        org,
        row.place,
        row.reach_minutes,
        row.periods,
        row.per_period,
        row.total,
        row.projects,
        row.exclude,
        row.services,
        row.places,
        row.seats,
        row.cost_fen,
        row.prefers_services,
        row.prefers_projects,
    )
    .into_bytes()
}

/// Staff classes by role.
pub(super) fn by_role(case: &Case, classes: &[Class]) -> BTreeMap<Symbol, Vec<ClassId>> {
    let mut by_role: BTreeMap<Symbol, Vec<ClassId>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate().filter(|(_, c)| c.kind == Kind::Staff) {
        for &role in case.resources[class.resource.index()].roles.iter() {
            by_role.entry(role).or_default().push(ClassId::from(index));
        }
    }
    by_role
}

/// Members beyond which a class is not unfolded but kept as a relaxation.
const UNFOLD_MEMBERS: i64 = 60;
/// Candidate edges beyond which nothing is unfolded.
const UNFOLD_EDGES: i64 = 60_000;

/// What the sessions ask of a class, as far as it decides whether folding is exact.
#[derive(Clone, Debug, Default)]
struct Use {
    loads: Vec<i64>,
    long: bool,
    /// The shortest span of several periods, 0 if there is none.
    shortest_long: i64,
    short: bool,
    rotating: bool,
    several_posts: bool,
    several_members: bool,
    unpreferred: bool,
    edges: i64,
}

/// Unfolds the classes for which folding is not exact, while that stays small.
pub(super) fn unfold(case: &Case, classes: &mut Vec<Class>, cells: &mut [Cell]) {
    let uses = uses(case, classes, cells);
    let windows: Vec<_> = case.rules.iter().filter(|r| r.kind == RuleKind::Window).collect();
    let pinned: Vec<ResourceId> = case.pins.iter().filter_map(|p| p.resource).collect();
    // Whether member-sessions of a class are counted somewhere, so that a member that rotates must be told apart.
    let counted =
        |class: &Class, used: &Use| used.unpreferred || case.previous.is_some() || pinned.contains(&class.resource);
    let mut edges = 0;
    let mut pieces: Vec<Vec<ClassId>> = Vec::with_capacity(classes.len());
    let mut out: Vec<Class> = Vec::new();
    for (index, class) in classes.iter().enumerate() {
        let used = &uses[index];
        let exact = class.count == 1
            || used.edges == 0
            || match class.kind {
                Kind::Venue => !(used.long && class.free_total.is_some()),
                _ => {
                    let windowed = windows.iter().any(|w| {
                        w.resources
                            .as_ref()
                            .is_none_or(|r| class.shares.iter().any(|s| r.binary_search(&s.resource).is_ok()))
                    });
                    !windowed && exact_as_one(class, used, counted(class, used))
                }
            };
        let told_apart = used.rotating && counted(class, used);
        let small = class.count <= UNFOLD_MEMBERS && edges + class.count * used.edges <= UNFOLD_EDGES;
        if exact || !(small || told_apart) {
            pieces.push(vec![ClassId::from(out.len())]);
            let exhausting = class.kind == Kind::Staff && class.count > 1 && exhausting(class, used);
            out.push(Class { exact, exhausting, ..class.clone() });
            continue;
        }
        edges += class.count * used.edges;
        let mut ids = Vec::new();
        for share in &class.shares {
            for member in share.first..share.first + share.count {
                ids.push(ClassId::from(out.len()));
                let share = Share { resource: share.resource, first: member, count: 1 };
                out.push(Class {
                    resource: share.resource,
                    shares: vec![share],
                    count: 1,
                    exact: true,
                    exhausting: false,
                    ..class.clone()
                });
            }
        }
        pieces.push(ids);
    }
    for cell in cells.iter_mut() {
        for post in &mut cell.posts {
            match post {
                PostCandidates::Steady(list) => *list = spread(list, &pieces),
                PostCandidates::Rotating(lists) => lists.iter_mut().for_each(|l| *l = spread(l, &pieces)),
            }
        }
        cell.rooms = cell.rooms.iter().flat_map(|c| pieces[c.index()].iter().copied()).collect();
    }
    *classes = out;
}

fn spread(list: &[Candidate], pieces: &[Vec<ClassId>]) -> Vec<Candidate> {
    list.iter().flat_map(|c| pieces[c.class.index()].iter().map(|&class| Candidate { class, ..*c })).collect()
}

/// Whether sums over the class decide everything, so that handing out in turn can always follow.
///
/// * All sessions of one period, one load: deal members in a circle, session after session in time order. Every
///   member's total and load in a period are then within one turn of the mean, and a session that asks for at most
///   `count` members gets distinct ones.
/// * Spans, one turn a member and period, no total: sessions are intervals, members are colours; taking any free
///   member in order of start never gets stuck (interval graphs are perfect).
/// * Spans with several turns a period, when a session asks for one member only: the same with `count × turns` colours.
/// * Spans that take all a member has (`exhausting`): they are dealt first, each to members of their own; the rows
///   keep as many members for them in every period, and what is left is the first case.
/// * Rotating posts are dealt period by period, as in the first case, as long as a session has one post for the class
///   and nothing counts member-sessions.
fn exact_as_one(class: &Class, used: &Use, counted: bool) -> bool {
    if used.loads.len() > 1 {
        return false;
    }
    let load = used.loads.first().copied().unwrap_or(0);
    if used.rotating {
        return !used.several_posts && !used.long && !counted;
    }
    if !used.long {
        return true;
    }
    if exhausting(class, used) {
        return true;
    }
    let one_turn = load > 0 && class.free.iter().all(|f| f / load <= 1);
    class.free_total.is_none() && (one_turn || !used.several_members)
}

/// Whether all sessions of several periods leave a member without a single turn, one turn a period being the most.
fn exhausting(class: &Class, used: &Use) -> bool {
    let ([load], Some(total)) = (&used.loads[..], class.free_total) else { return false };
    used.long
        && !used.rotating
        && *load > 0
        && class.free.iter().all(|f| f / load <= 1)
        && load.saturating_mul(used.shortest_long + 1) > total
}

fn uses(case: &Case, classes: &[Class], cells: &[Cell]) -> Vec<Use> {
    let mut uses = vec![Use::default(); classes.len()];
    for cell in cells {
        let project = &case.projects[cell.project.index()];
        let mut posts_of: BTreeMap<ClassId, (i64, i64)> = BTreeMap::new();
        for (post, candidates) in project.posts.iter().zip(&cell.posts) {
            let members = super::members_of_post(post, project.size);
            let (lists, rotating): (&[Vec<Candidate>], bool) = match candidates {
                PostCandidates::Steady(list) => (std::slice::from_ref(list), false),
                PostCandidates::Rotating(lists) => (lists, true),
            };
            let mut seen: Vec<ClassId> = lists.iter().flatten().map(|c| c.class).collect();
            seen.sort_unstable();
            seen.dedup();
            for class in seen {
                let row = &case.resources[classes[class.index()].resource.index()];
                let used = &mut uses[class.index()];
                if let Err(at) = used.loads.binary_search(&post.load) {
                    used.loads.insert(at, post.load);
                }
                used.rotating |= rotating;
                if project.span > 1 && !rotating {
                    used.shortest_long = if used.long { used.shortest_long.min(project.span) } else { project.span };
                    used.long = true;
                }
                used.short |= project.span == 1;
                used.unpreferred |= !fit::prefers(row, cell.project, project);
                used.edges += lists.len() as i64;
                let entry = posts_of.entry(class).or_default();
                entry.0 += 1;
                entry.1 += members;
            }
        }
        for (class, (posts, members)) in posts_of {
            uses[class.index()].several_posts |= posts > 1;
            uses[class.index()].several_members |= members > 1;
        }
        for class in &cell.rooms {
            uses[class.index()].long |= project.span > 1;
            uses[class.index()].edges += 1;
        }
    }
    uses
}
