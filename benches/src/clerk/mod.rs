//! The rule that a clerk follows with a list and a pencil: serve the needs in the order of the list, each with the first
//! session that has room, else with the first project, place, period and staff that work.
//!
//! It is what a plan is compared with that nobody computed. Limits that take a view of the whole (rules other than
//! quotas, pins, facts) are beyond it.

mod books;

use std::collections::{BTreeMap, BTreeSet};

use sandan::lists::{Case, FitWorth, Need, NeedId, PeriodId, PlaceId, ProjectId, Symbol};
use sandan::plan::{Launch, Plan, Served, Session};

use books::{Books, Wanted};

/// Why the clerk gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond;

impl std::fmt::Display for Beyond {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("rules, pins and facts are beyond a clerk")
    }
}

/// A session that stands.
struct Held {
    project: ProjectId,
    place: PlaceId,
    start: PeriodId,
    seats_left: i64,
    units: i64,
    written: Session,
}

/// The clerk at work.
struct Clerk<'case> {
    case: &'case Case,
    books: Books<'case>,
    leaves: Vec<PlaceId>,
    held: Vec<Held>,
    /// Sessions by project and place.
    at: BTreeMap<(ProjectId, PlaceId), Vec<usize>>,
    launches: BTreeMap<ProjectId, Launch>,
    /// Sessions of a person by period.
    persons: BTreeMap<(Symbol, usize), BTreeSet<usize>>,
    /// Units of a need by start period, where it has a limit.
    by_period: BTreeMap<(NeedId, PeriodId), i64>,
}

/// The plan of a clerk.
///
/// # Errors
/// Where the case has rules that limit, pins or facts.
pub fn plan(case: &Case) -> Result<Plan, Beyond> {
    let limits = case.rules.iter().any(|r| r.max.is_some() || r.window.is_some() || r.against.is_some());
    if limits || !case.pins.is_empty() || case.settings.freeze_before.is_some() {
        return Err(Beyond);
    }
    let books = Books::new(case);
    let leaves = books.reach.leaves().collect();
    let mut clerk = Clerk {
        case,
        books,
        leaves,
        held: Vec::new(),
        at: BTreeMap::new(),
        launches: BTreeMap::new(),
        persons: BTreeMap::new(),
        by_period: BTreeMap::new(),
    };
    for need in (0..case.needs.len()).map(NeedId::from) {
        clerk.serve(need);
    }
    Ok(clerk.finish())
}

impl Clerk<'_> {
    fn serve(&mut self, id: NeedId) {
        let need = &self.case.needs[id.index()];
        let places: Vec<PlaceId> =
            [&[self.case.online][..], &self.leaves].concat().into_iter().filter(|p| self.comes_to(need, *p)).collect();
        let mut projects: Vec<(ProjectId, i64)> =
            (0..self.case.projects.len()).map(ProjectId::from).filter_map(|p| self.suits(id, p)).collect();
        let mut left = need.quantity;
        while left > 0 {
            let Some((project, units)) =
                self.join(id, left, &projects, &places).or_else(|| self.open(id, left, &projects, &places))
            else {
                return;
            };
            left -= units;
            if need.one_project {
                projects.retain(|(p, _)| *p == project);
            }
        }
    }

    /// Puts units into the first session that has room.
    fn join(
        &mut self,
        id: NeedId,
        left: i64,
        projects: &[(ProjectId, i64)],
        places: &[PlaceId],
    ) -> Option<(ProjectId, i64)> {
        for &(project, seats) in projects {
            for &place in places {
                for session in self.at.get(&(project, place)).cloned().unwrap_or_default() {
                    let units = self.admit(id, left, session, seats);
                    if units > 0 {
                        return Some((project, units));
                    }
                }
            }
        }
        None
    }

    /// Holds the first new session that works.
    fn open(
        &mut self,
        id: NeedId,
        left: i64,
        projects: &[(ProjectId, i64)],
        places: &[PlaceId],
    ) -> Option<(ProjectId, i64)> {
        let periods = self.case.periods.len();
        for &(project, seats) in projects {
            let places: Vec<PlaceId> = places.iter().copied().filter(|p| self.stands_at(project, *p)).collect();
            for place in places {
                for start in (0..periods).map(PeriodId::from) {
                    let row = &self.case.projects[project.index()];
                    let wanted = Wanted { id: project, project: row, place, start };
                    if let Some(units) = self.hold(id, left, wanted, seats) {
                        return Some((project, units));
                    }
                }
            }
        }
        None
    }

    /// Holds one session for a need, whole or not at all.
    fn hold(&mut self, id: NeedId, left: i64, wanted: Wanted<'_>, seats: i64) -> Option<i64> {
        let (need, project) = (&self.case.needs[id.index()], wanted.project);
        let ends = wanted.start.index() + project.span as usize;
        let sessions = || self.held.iter().filter(|h| h.project == wanted.id).count() as i64;
        let here = self
            .at
            .get(&(wanted.id, wanted.place))
            .map_or(0, |all| all.iter().filter(|s| self.held[**s].start == wanted.start).count() as i64);
        let fits = ends <= self.case.periods.len()
            && project.periods.contains(wanted.start)
            && need.periods.contains(wanted.start)
            && project.max_sessions.is_none_or(|max| sessions() < max)
            && project.max_per_cell.is_none_or(|max| here < max)
            && self.units(id, left, wanted.start, project.size / seats, project.span) >= project.min_size.max(1);
        if !fits {
            return None;
        }
        let crew = self.books.crew(wanted)?;
        let before = self.books.left();
        let mut written = Session {
            project: project.id.clone(),
            place: self.case.places[wanted.place.index()].id.clone(),
            period: self.case.periods[wanted.start.index()].id.clone(),
            ..Session::default()
        };
        let launch = self.launch(wanted.id);
        if launch.is_none() || !self.supply(wanted, &mut written, None) {
            self.books.put_back(before);
            return None;
        }
        let session = self.held.len();
        self.held.push(Held {
            project: wanted.id,
            place: wanted.place,
            start: wanted.start,
            seats_left: project.size,
            units: 0,
            written,
        });
        let units = self.admit(id, left, session, seats);
        if units == 0 {
            self.held.pop();
            self.books.put_back(before);
            return None;
        }
        let rotating = |post: u32| project.posts.iter().any(|p| p.number == post && p.rotate);
        let written = &mut self.held[session].written;
        for (_, seat, _) in &crew.staff {
            if rotating(seat.post) {
                for period in &self.case.periods[wanted.start.index()..ends] {
                    written.staff.push(sandan::plan::Seat { period: Some(period.id.clone()), ..seat.clone() });
                }
            } else {
                written.staff.push(seat.clone());
            }
        }
        if let Some((venue, room)) = crew.room {
            written.venue = Some(self.case.resources[venue.index()].id.clone());
            written.room = Some(room);
        }
        self.books.book(wanted, &crew);
        self.at.entry((wanted.id, wanted.place)).or_default().push(session);
        if let Some(launch) = launch.flatten() {
            self.launches.insert(wanted.id, launch);
        }
        Some(units)
    }

    /// Pays for the launch of a project, unless it is paid or free; nothing where no fund can.
    fn launch(&mut self, id: ProjectId) -> Option<Option<Launch>> {
        let project = &self.case.projects[id.index()];
        if project.launch_cost_fen == 0 || self.launches.contains_key(&id) {
            return Some(None);
        }
        let funds = self.books.launch(id, project.launch_cost_fen)?;
        Some(Some(Launch { project: project.id.clone(), funds, fact: false }))
    }

    /// Takes money and goods for a session itself, or for so many units of a need in it.
    fn supply(&mut self, wanted: Wanted<'_>, written: &mut Session, served: Option<(&Need, i64)>) -> bool {
        let before = self.books.left();
        let project = wanted.project;
        let fen = served.map_or(project.session_cost_fen, |(_, units)| project.unit_cost_fen * units);
        let of_project = project.goods.iter().filter(|g| g.per_unit == served.is_some());
        let mut items: Vec<(Symbol, i64)> = of_project.map(|g| (g.item, g.n * served.map_or(1, |(_, u)| u))).collect();
        if let Some((need, units)) = served {
            items.extend(need.goods.iter().map(|g| (g.item, g.n * units)));
        }
        let Some(funds) = self.books.pay(wanted, fen) else { return false };
        let mut goods = Vec::new();
        for (item, n) in items {
            match self.books.take(wanted, item, n) {
                Some(drawn) => goods.extend(drawn),
                None => {
                    self.books.put_back(before);
                    return false;
                }
            }
        }
        for payment in funds {
            match written.funds.iter_mut().find(|p| p.fund == payment.fund) {
                Some(line) => line.fen += payment.fen,
                None => written.funds.push(payment),
            }
        }
        for draw in goods {
            match written.goods.iter_mut().find(|d| d.stock == draw.stock && d.item == draw.item) {
                Some(line) => line.n += draw.n,
                None => written.goods.push(draw),
            }
        }
        true
    }

    /// Units of a need that a session starting then could take, person, whole and limits by period considered.
    fn units(&self, id: NeedId, left: i64, start: PeriodId, room: i64, span: i64) -> i64 {
        let need = &self.case.needs[id.index()];
        let used = self.by_period.get(&(id, start)).copied().unwrap_or(0);
        let mut units = left.min(room).min(need.per_period.map_or(left, |limit| limit - used)).max(0);
        if let Some(person) = need.person {
            let limit = self.case.settings.person_per_period as usize;
            let busy = (start.index()..start.index() + span as usize)
                .any(|p| self.persons.get(&(person, p)).is_some_and(|sessions| sessions.len() >= limit));
            units = units.min(if busy {
                0
            } else if need.whole {
                units
            } else {
                1
            });
        }
        if need.whole && units < need.quantity { 0 } else { units }
    }

    /// Puts as many units as it can into a session that stands.
    fn admit(&mut self, id: NeedId, left: i64, session: usize, seats: i64) -> i64 {
        let need = &self.case.needs[id.index()];
        let Held { project, place, start, seats_left, .. } = self.held[session];
        let row = &self.case.projects[project.index()];
        let again = need.person.is_some() && self.held[session].written.needs.iter().any(|s| s.need == need.id);
        if !need.periods.contains(start) || again {
            return 0;
        }
        let mut units = self.units(id, left, start, seats_left / seats, row.span);
        let wanted = Wanted { id: project, project: row, place, start };
        let mut written = std::mem::take(&mut self.held[session].written);
        while units > 0 && !self.supply(wanted, &mut written, Some((need, units))) {
            units = if need.whole { 0 } else { units - 1 };
        }
        if units > 0 {
            match written.needs.iter_mut().find(|s| s.need == need.id) {
                Some(line) => line.units += units,
                None => written.needs.push(Served { need: need.id.clone(), units }),
            }
            *self.by_period.entry((id, start)).or_default() += units;
            for period in start.index()..start.index() + row.span as usize {
                if let Some(person) = need.person {
                    self.persons.entry((person, period)).or_default().insert(session);
                }
            }
        }
        let held = &mut self.held[session];
        held.written = written;
        held.seats_left -= units * seats;
        held.units += units;
        units
    }

    /// Whether a project may serve a need, and the seats that a unit takes.
    fn suits(&self, id: NeedId, project: ProjectId) -> Option<(ProjectId, i64)> {
        let (need, row) = (&self.case.needs[id.index()], &self.case.projects[project.index()]);
        let fit = self.case.fits.iter().find(|f| f.need == id && f.project == project);
        let suits = need.services.iter().any(|s| row.services.contains(s))
            && row.unit.is_none_or(|unit| unit == need.unit)
            && (row.audience.is_empty() || need.audience.iter().any(|a| row.audience.contains(a)))
            && need.projects.as_ref().is_none_or(|allowed| allowed.contains(&project))
            && !need.exclude.contains(&project)
            && fit.is_none_or(|f| f.worth != FitWorth::Excluded);
        let seats = fit.map_or(1, |f| f.load);
        (suits && seats <= row.size).then_some((project, seats))
    }

    fn comes_to(&self, need: &Need, place: PlaceId) -> bool {
        self.books.reach.within(Some(need.place), need.reach_minutes, place)
    }

    /// Whether sessions of a project may stand at a place.
    fn stands_at(&self, project: ProjectId, place: PlaceId) -> bool {
        let row = &self.case.projects[project.index()];
        let online = place == self.case.online;
        let listed = |places: &[PlaceId]| places.iter().any(|p| self.books.reach.covers(*p, place));
        if online || row.online {
            return online && row.online;
        }
        row.places.as_ref().is_none_or(|places| listed(places))
            && self.books.reach.within(row.place, row.reach_minutes, place)
    }

    /// Leaves out projects below their least number of sessions, and writes the rest.
    fn finish(self) -> Plan {
        let mut count: BTreeMap<ProjectId, i64> = BTreeMap::new();
        for held in &self.held {
            *count.entry(held.project).or_default() += 1;
        }
        let enough = |p: &ProjectId| count.get(p).copied().unwrap_or(0) >= self.case.projects[p.index()].min_sessions;
        let mut plan = Plan::empty();
        plan.launches = self.launches.into_iter().filter(|(p, _)| enough(p)).map(|(_, launch)| launch).collect();
        plan.sessions = self.held.into_iter().filter(|h| enough(&h.project)).map(|h| h.written).collect();
        for (n, session) in plan.sessions.iter_mut().enumerate() {
            session.id = format!("S{:06}", n + 1);
        }
        plan
    }
}
