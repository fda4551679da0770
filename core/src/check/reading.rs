//! The plan read beside the lists: every name resolved once, what cannot be resolved named (`form`).
//!
//! What has a name that the lists do not know still fills its place — an unknown person fills the post, an unknown
//! fund pays — so that one wrong name is one violation and not five.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::Fault;
use super::violation::Violation;
use super::ways::Ways;
use crate::lists::{Case, FitWorth, Need, NeedId, PlaceId, Post, Project, ProjectId, Resource, ResourceId, Symbol};
use crate::plan::{FORMAT, Plan, Seat, Session};

/// The case and the plan side by side.
pub(super) struct Reading<'a> {
    pub case: &'a Case,
    pub plan: &'a Plan,
    pub ways: Ways<'a>,
    /// The sessions in the order of the plan.
    pub sessions: Vec<Held<'a>>,
    /// The launches of the plan that are facts, in the order of the plan.
    pub launch_facts: Vec<bool>,
    /// The position of each period.
    pub periods: BTreeMap<&'a str, usize>,
}

/// One session of the plan.
pub(super) struct Held<'a> {
    /// Its id, or `#` and its position from 1.
    pub label: String,
    pub session: &'a Session,
    /// It is kept from `previous`: it counts and is not judged.
    pub fact: bool,
    pub project: Option<(ProjectId, &'a Project)>,
    pub place: Option<PlaceId>,
    /// The start period.
    pub start: Option<usize>,
    /// The periods it takes, as far as they lie in the horizon; the start period alone if the project is unknown.
    pub runs: Range<usize>,
    /// Needs served, one entry a need, and units ≥ 1; `None` for units of needs that the lists do not have.
    pub needs: Vec<(Option<NeedId>, i128)>,
    pub staff: Vec<Sat<'a>>,
    pub venue: Option<ResourceId>,
    pub room: Option<i64>,
}

/// One line of `staff`.
pub(super) struct Sat<'a> {
    pub seat: &'a Seat,
    /// `None` if the lists do not have the row.
    pub resource: Option<ResourceId>,
    /// The member is one of the row.
    pub is_member: bool,
    pub post: Option<&'a Post>,
    /// The periods served.
    pub serves: Range<usize>,
}

impl Sat<'_> {
    /// Load carried in each period served. Of a post that the lists no longer have (in a fact) nobody knows the load.
    pub(super) fn load(&self) -> i128 {
        self.post.map_or(0, |post| i128::from(post.load))
    }

    /// The role of the post filled; for a post that the lists do not have, the role as written.
    pub(super) fn role(&self, case: &Case) -> Option<Symbol> {
        self.post.map_or_else(|| case.symbols.find(&self.seat.role), |post| Some(post.role))
    }
}

impl<'a> Held<'a> {
    /// All units served.
    pub(super) fn units(&self) -> i128 {
        self.needs.iter().map(|(_, units)| units).sum()
    }

    /// Whether it is judged: new, and of a project that the lists have.
    pub(super) fn judged(&self) -> Option<(ProjectId, &'a Project)> {
        self.project.filter(|_| !self.fact)
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        case: &'a Case,
        plan: &'a Plan,
        facts: &[bool],
        launch_facts: Vec<bool>,
    ) -> (Self, Vec<Violation>) {
        let periods = case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
        let mut reading = Reading { case, plan, ways: Ways::new(case), sessions: Vec::new(), launch_facts, periods };
        let mut out = Vec::new();
        if !plan.format.is_empty() && plan.format != FORMAT {
            out.push(Violation::new("form", Fault::Format).of([&plan.format, FORMAT]));
        }
        for (position, session) in plan.sessions.iter().enumerate() {
            let fact = facts.get(position).copied().unwrap_or(false);
            let held = reading.held(position, session, fact, &mut out);
            reading.sessions.push(held);
        }
        reading.name_ids_used_twice(&mut out);
        (reading, out)
    }

    pub(super) fn need(&self, id: NeedId) -> &'a Need {
        &self.case.needs[id.index()]
    }

    pub(super) fn resource(&self, id: ResourceId) -> &'a Resource {
        &self.case.resources[id.index()]
    }

    pub(super) fn place_id(&self, id: PlaceId) -> &'a str {
        &self.case.places[id.index()].id
    }

    pub(super) fn period_id(&self, position: usize) -> &'a str {
        self.case.periods.get(position).map_or("?", |p| p.id.as_str())
    }

    /// The row of `fit` for a pair: its points (`None` excludes it) and the seats that one unit takes.
    pub(super) fn fit(&self, need: NeedId, project: ProjectId) -> (Option<i64>, i64) {
        let fits = &self.case.fits;
        let at = fits.partition_point(|fit| (fit.need, fit.project) < (need, project));
        match fits.get(at).filter(|fit| (fit.need, fit.project) == (need, project)) {
            None => (Some(0), 1),
            Some(fit) => match fit.worth {
                FitWorth::Points(points) => (Some(points), fit.load),
                FitWorth::Excluded => (None, fit.load),
            },
        }
    }

    fn held(&self, position: usize, session: &'a Session, fact: bool, out: &mut Vec<Violation>) -> Held<'a> {
        let case = self.case;
        let label = if session.id.is_empty() { format!("#{}", position + 1) } else { session.id.clone() };
        // A fact may name ids that the lists no longer have.
        let mut name = |violation: Violation| {
            if !fact {
                out.push(violation.at(&label));
            }
        };
        let project = case.project(&session.project).map(|id| (id, &case.projects[id.index()]));
        if project.is_none() {
            name(Violation::new("form", Fault::UnknownProject).of([&session.project]));
        }
        let place = case.place(&session.place);
        if place.is_none() {
            name(Violation::new("form", Fault::UnknownPlace).of([&session.place]));
        }
        let start = self.periods.get(session.period.as_str()).copied();
        if start.is_none() {
            name(Violation::new("form", Fault::UnknownPeriod).of([&session.period]));
        }
        let span = project.map_or(1, |(_, p)| usize::try_from(p.span).unwrap_or(1).max(1));
        let runs = start.map_or(0..0, |start| start..start.saturating_add(span).min(case.periods.len()));
        let mut units_of: BTreeMap<Option<NeedId>, i128> = BTreeMap::new();
        for served in &session.needs {
            let need = case.need(&served.need);
            if need.is_none() {
                name(Violation::new("form", Fault::UnknownNeed).of([&served.need]));
            }
            if served.units < 1 {
                let amounts = (i128::from(served.units), 1);
                name(Violation::new("form", Fault::Units).of([&served.need]).amounts(amounts.0, amounts.1));
            } else {
                *units_of.entry(need).or_default() += i128::from(served.units);
            }
        }
        let needs = units_of.into_iter().collect();
        let staff = session.staff.iter().map(|seat| self.sat(seat, project, &runs, &mut name)).collect();
        let venue = session.venue.as_deref().and_then(|id| case.resource(id));
        self.name_room(session, venue, &mut name);
        self.name_ledger(session, &mut name);
        Held { label, session, fact, project, place, start, runs, needs, staff, venue, room: session.room }
    }

    fn sat(
        &self,
        seat: &'a Seat,
        project: Option<(ProjectId, &'a Project)>,
        runs: &Range<usize>,
        name: &mut impl FnMut(Violation),
    ) -> Sat<'a> {
        let resource = self.case.resource(&seat.resource);
        let count = resource.map(|id| self.resource(id).count);
        match count {
            None => name(Violation::new("form", Fault::UnknownResource).of([&seat.resource])),
            Some(count) if !(1..=count).contains(&seat.member) => name(
                Violation::new("form", Fault::MemberNumber)
                    .of([&seat.resource])
                    .amounts(seat.member.into(), count.into()),
            ),
            Some(_) => {}
        }
        let is_member = count.is_some_and(|count| (1..=count).contains(&seat.member));
        let post = project.and_then(|(_, project)| project.posts.iter().find(|post| post.number == seat.post));
        let number = seat.post.to_string();
        if let (Some((_, project)), None) = (project, post) {
            name(Violation::new("form", Fault::UnknownPost).of([&project.id, &number]));
        }
        let mut serves = runs.clone();
        if let Some(post) = post {
            let role = self.case.text(post.role);
            if !seat.role.is_empty() && seat.role != role {
                name(Violation::new("form", Fault::SeatRole).of([&seat.resource, &seat.role, &number, role]));
            }
            if !post.rotate && seat.period.is_some() {
                name(Violation::new("form", Fault::SeatPeriodGiven).of([&seat.resource, &number]));
            }
            if post.rotate && seat.period.is_none() {
                name(Violation::new("form", Fault::SeatPeriodMissing).of([&seat.resource, &number]));
            }
        }
        if let Some(id) = seat.period.as_deref().filter(|_| post.is_none_or(|post| post.rotate)) {
            match self.periods.get(id) {
                Some(period) => serves = *period..period + 1,
                None => name(Violation::new("form", Fault::UnknownPeriod).of([id])),
            }
        }
        Sat { seat, resource, is_member, post, serves }
    }

    fn name_room(&self, session: &Session, venue: Option<ResourceId>, name: &mut impl FnMut(Violation)) {
        let Some(written) = session.venue.as_deref() else {
            if let Some(room) = session.room {
                name(Violation::new("form", Fault::RoomAlone).amounts(room.into(), 0));
            }
            return;
        };
        let Some(venue) = venue else {
            return name(Violation::new("form", Fault::UnknownResource).of([written]));
        };
        let count = self.resource(venue).count;
        match session.room {
            None => name(Violation::new("form", Fault::RoomMissing).of([written])),
            Some(room) if !(1..=count).contains(&room) => {
                name(Violation::new("form", Fault::RoomNumber).of([written]).amounts(room.into(), count.into()));
            }
            Some(_) => {}
        }
    }

    fn name_ledger(&self, session: &Session, name: &mut impl FnMut(Violation)) {
        let funds = session.funds.iter().map(|payment| &payment.fund);
        for id in funds.chain(session.goods.iter().map(|draw| &draw.stock)) {
            if self.case.resource(id).is_none() {
                name(Violation::new("form", Fault::UnknownResource).of([id]));
            }
        }
    }

    fn name_ids_used_twice(&self, out: &mut Vec<Violation>) {
        let mut ids: Vec<&str> = self.plan.sessions.iter().map(|s| s.id.as_str()).filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        let mut twice: Vec<&str> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        out.extend(twice.into_iter().map(|id| Violation::new("form", Fault::SessionTwice).of([id]).at(id)));
    }
}

/// Whether two sorted lists share a word.
pub(super) fn share(a: &[Symbol], b: &[Symbol]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().any(|word| long.binary_search(word).is_ok())
}
