//! What a plan leaves free, and whole sessions built from it.
//!
//! A [`Draft`] is one more session, complete but for what it lacks. What rules of several sessions say is not looked at
//! here: every draft that is handed out has been checked with the whole plan.

mod lack;
mod team;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::closed::about;
use crate::fit::{self, FitIndex, Geography, Nearby};
use crate::lists::{Case, Kind, NeedId, PeriodId, Pin, PinMode, PlaceId, Project, ProjectId, ResourceId, Symbol};
use crate::plan::{Launch, Payment, Plan, Seat, Served, Session};

pub(super) use lack::Lack;

/// Places and start periods of a project.
type Held = Rc<(Vec<PlaceId>, Vec<PeriodId>)>;

/// Capacity that a plan does not use.
pub(super) struct Spare<'a> {
    pub case: &'a Case,
    pub geography: Geography,
    fits: FitIndex,
    /// Load of a member (rooms: sessions) by period.
    load: BTreeMap<(ResourceId, i64, usize), i64>,
    total: BTreeMap<(ResourceId, i64), i64>,
    /// Fen of funds, items of stocks.
    left: Vec<i64>,
    served: Vec<i64>,
    served_in: BTreeMap<(NeedId, usize), i64>,
    project_of: BTreeMap<NeedId, ProjectId>,
    persons: BTreeMap<(Symbol, usize), i64>,
    sessions_of: Vec<i64>,
    in_cell: BTreeMap<(ProjectId, PlaceId, PeriodId), i64>,
    launched: BTreeSet<ProjectId>,
    pub nearby: Nearby,
    /// Where and when sessions of each project may be held, found when first asked for.
    held: RefCell<BTreeMap<ProjectId, Held>>,
    venues_at: BTreeMap<PlaceId, Vec<ResourceId>>,
    supplies: Vec<ResourceId>,
}

/// One more session.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub project: ProjectId,
    pub place: PlaceId,
    pub start: PeriodId,
    /// The session, without what it lacks.
    pub session: Session,
    /// The launch that it needs.
    pub launch: Option<Launch>,
    /// What is missing; empty if it can be held.
    pub lacks: Vec<Lack>,
    /// Minutes that its members and units travel.
    pub minutes: i64,
    /// Σ priority of the units served.
    pub worth: i64,
}

/// Whom a draft prefers.
#[derive(Clone, Copy, Default)]
pub(super) struct Favour<'s> {
    /// A member, room, fund or stock that comes first.
    pub first: Option<ResourceId>,
    /// A session whose units, members and room are kept as far as they can be.
    pub keep: Option<&'s Session>,
    /// Whether a draft that lacks something is of no use.
    pub whole: bool,
}

/// A cell that could be held.
pub(super) type Cell = (ProjectId, PlaceId, PeriodId);

impl<'a> Spare<'a> {
    /// Counts what a plan uses.
    pub fn new(case: &'a Case, plan: &Plan) -> Self {
        let mut spare = Spare {
            case,
            geography: Geography::new(case),
            fits: fit::fit_index(case),
            load: BTreeMap::new(),
            total: BTreeMap::new(),
            left: case.resources.iter().map(|row| row.amount).collect(),
            served: vec![0; case.needs.len()],
            served_in: BTreeMap::new(),
            project_of: BTreeMap::new(),
            persons: BTreeMap::new(),
            sessions_of: vec![0; case.projects.len()],
            in_cell: BTreeMap::new(),
            launched: BTreeSet::new(),
            nearby: Nearby::new(case),
            held: RefCell::default(),
            venues_at: BTreeMap::new(),
            supplies: Vec::new(),
        };
        for (index, row) in case.resources.iter().enumerate() {
            let id = ResourceId::from(index);
            match row.kind {
                Kind::Staff => {}
                Kind::Venue => spare.venues_at.entry(row.place.unwrap_or(case.online)).or_default().push(id),
                Kind::Fund | Kind::Goods => spare.supplies.push(id),
            }
        }
        plan.sessions.iter().for_each(|session| spare.use_up(session));
        for launch in &plan.launches {
            spare.launched.extend(case.project(&launch.project));
            launch.funds.iter().for_each(|line| spare.pay(&line.fund, line.fen));
        }
        spare
    }

    /// Counts a draft that is held.
    pub fn add(&mut self, draft: &Draft) {
        self.use_up(&draft.session);
        if let Some(launch) = &draft.launch {
            self.launched.insert(draft.project);
            launch.funds.iter().for_each(|line| self.pay(&line.fund, line.fen));
        }
    }

    fn use_up(&mut self, session: &Session) {
        let case = self.case;
        session.funds.iter().for_each(|line| self.pay(&line.fund, line.fen));
        session.goods.iter().for_each(|line| self.pay(&line.stock, line.n));
        let project = case.project(&session.project);
        let span = project.map_or(1, |p| case.projects[p.index()].span);
        let Some(start) = case.period(&session.period) else { return };
        let runs = start.index()..start.index() + usize::try_from(span).unwrap_or(1);
        for seat in &session.staff {
            let Some(row) = case.resource(&seat.resource) else { continue };
            let posts = project.map_or(&[][..], |p| &case.projects[p.index()].posts);
            let load = posts.iter().find(|post| post.number == seat.post).map_or(1, |post| post.load);
            let served = seat.period.as_deref().map(|period| case.period(period));
            let periods = match served {
                Some(Some(period)) => period.index()..period.index() + 1,
                Some(None) => continue,
                None => runs.clone(),
            };
            self.take(row, seat.member, periods, load, true);
        }
        if let (Some(venue), Some(room)) = (session.venue.as_deref().and_then(|v| case.resource(v)), session.room) {
            self.take(venue, room, runs.clone(), 1, false);
        }
        let mut persons: BTreeSet<Symbol> = BTreeSet::new();
        for line in &session.needs {
            let Some(need) = case.need(&line.need) else { continue };
            self.served[need.index()] += line.units;
            *self.served_in.entry((need, start.index())).or_default() += line.units;
            persons.extend(case.needs[need.index()].person);
            if let Some(project) = project {
                self.project_of.insert(need, project);
            }
        }
        for person in persons {
            for period in runs.clone() {
                *self.persons.entry((person, period)).or_default() += 1;
            }
        }
        if let (Some(project), Some(place)) = (project, case.place(&session.place)) {
            self.sessions_of[project.index()] += 1;
            *self.in_cell.entry((project, place, start)).or_default() += 1;
        }
    }

    fn pay(&mut self, id: &str, amount: i64) {
        if let Some(row) = self.case.resource(id) {
            self.left[row.index()] -= amount;
        }
    }

    /// Counts a load. A room's `total` counts a session once, a member's counts its load in every period.
    pub fn take(&mut self, row: ResourceId, member: i64, periods: std::ops::Range<usize>, load: i64, every: bool) {
        let length = i64::try_from(periods.len()).unwrap_or(1);
        *self.total.entry((row, member)).or_default() += if every { load * length } else { load };
        for period in periods {
            *self.load.entry((row, member, period)).or_default() += load;
        }
    }

    /// Fen of funds and items of stocks that are not used up, by row.
    pub fn left_over(self) -> Vec<i64> {
        self.left
    }

    /// Units of a need that are not served.
    pub fn open(&self, need: NeedId) -> i64 {
        (self.case.needs[need.index()].quantity - self.served[need.index()]).max(0)
    }

    /// Cells in which a need may be served, as the lists stand.
    pub fn cells(&self, need: NeedId) -> Vec<Cell> {
        let case = self.case;
        let row = &case.needs[need.index()];
        let mut cells = Vec::new();
        for (index, project) in case.projects.iter().enumerate() {
            let id = ProjectId::from(index);
            if fit::may_serve(&self.fits, (need, row), (id, project)).is_none() {
                continue;
            }
            let held = self.held(id, project);
            for place in &held.0 {
                if self.geography.reach(Some(row.place), row.reach_minutes, *place).is_some() {
                    let fitting = held.1.iter().filter(|start| row.periods.contains(**start));
                    cells.extend(fitting.map(|start| (id, *place, *start)));
                }
            }
        }
        cells
    }

    /// Whether a cell is one of those.
    pub fn may(&self, need: NeedId, (id, place, start): Cell) -> bool {
        let (row, project) = (&self.case.needs[need.index()], &self.case.projects[id.index()]);
        let held = self.held(id, project);
        fit::may_serve(&self.fits, (need, row), (id, project)).is_some()
            && held.0.contains(&place)
            && held.1.contains(&start)
            && row.periods.contains(start)
            && self.geography.reach(Some(row.place), row.reach_minutes, place).is_some()
    }

    fn held(&self, id: ProjectId, project: &Project) -> Held {
        let find = || {
            let places = fit::places_of_project(self.case, &self.geography, project);
            Rc::new((places, fit::start_periods(self.case, project)))
        };
        Rc::clone(self.held.borrow_mut().entry(id).or_insert_with(find))
    }

    /// Units of a need that a new session of a cell could serve beside `used` seats, and the seats that a unit takes.
    fn units(&self, need: NeedId, (id, place, start): Cell, used: i64) -> Option<(i64, i64)> {
        let case = self.case;
        let (row, project) = (&case.needs[need.index()], &case.projects[id.index()]);
        let offering = fit::may_serve(&self.fits, (need, row), (id, project))?;
        self.geography.reach(Some(row.place), row.reach_minutes, place)?;
        if !row.periods.contains(start) || (row.one_project && self.project_of.get(&need).is_some_and(|p| *p != id)) {
            return None;
        }
        if let Some(person) = row.person {
            let busy = |period: usize| self.persons.get(&(person, period)).copied().unwrap_or(0);
            if runs(project, start).any(|period| busy(period) >= case.settings.person_per_period) {
                return None;
            }
        }
        let in_period = self.served_in.get(&(need, start.index())).copied().unwrap_or(0);
        let mut units = self.open(need).min((project.size - used) / offering.seats.max(1));
        units = row.per_period.map_or(units, |most| units.min(most - in_period));
        if row.whole {
            units = if units >= row.quantity { row.quantity } else { 0 };
        } else if row.person.is_some() {
            units = units.min(1);
        }
        (units > 0).then_some((units, offering.seats))
    }

    /// One more session of a cell for a need; free seats are filled with other needs of `beside`, in their order. A
    /// member, room or fund that is `wanted` comes first. `None` where not even one unit fits.
    pub fn draft(&self, need: NeedId, cell: Cell, beside: &[NeedId], wanted: Option<ResourceId>) -> Option<Draft> {
        self.draft_as(need, cell, beside, Favour { first: wanted, ..Favour::default() })
    }

    /// The same where it lacks nothing.
    pub fn whole(&self, need: NeedId, cell: Cell, beside: &[NeedId], wanted: Option<ResourceId>) -> Option<Draft> {
        self.draft_as(need, cell, beside, Favour { first: wanted, whole: true, ..Favour::default() })
    }

    /// The same with more to prefer.
    pub fn draft_as(&self, need: NeedId, cell: Cell, beside: &[NeedId], favour: Favour) -> Option<Draft> {
        let case = self.case;
        let wanted = favour.first;
        let (id, place, start) = cell;
        let project = &case.projects[id.index()];
        let mut lacks = Vec::new();
        let at_most = |most: Option<i64>, now: i64| most.is_some_and(|most| now >= most);
        if at_most(project.max_sessions, self.sessions_of[id.index()]) {
            lacks.push(Lack::Sessions { project: id });
        }
        if at_most(project.max_per_cell, self.in_cell.get(&cell).copied().unwrap_or(0)) {
            lacks.push(Lack::PerCell { project: id });
        }
        if favour.whole && !lacks.is_empty() {
            return None;
        }
        let mut needs: Vec<(NeedId, i64)> = Vec::new();
        let (mut used, mut persons) = (0, BTreeSet::new());
        for candidate in [need].into_iter().chain(beside.iter().copied().filter(|n| *n != need)) {
            if candidate != need && used >= project.size {
                break;
            }
            let person = case.needs[candidate.index()].person;
            let Some((units, seats)) =
                self.units(candidate, cell, used).filter(|_| person.is_none_or(|p| !persons.contains(&p)))
            else {
                if candidate == need {
                    return None;
                }
                continue;
            };
            let kept = favour.keep.and_then(|keep| {
                keep.needs.iter().find(|line| line.need == case.needs[candidate.index()].id).map(|line| line.units)
            });
            let units = kept.map_or(units, |kept| units.min(kept));
            used += units * seats;
            persons.extend(person);
            needs.push((candidate, units));
        }
        let units: i64 = needs.iter().map(|(_, units)| units).sum();
        if units < project.min_size {
            lacks.push(Lack::People { project: id, units: project.min_size - units });
        }
        let mut session = Session {
            project: project.id.clone(),
            place: case.places[place.index()].id.clone(),
            period: case.periods[start.index()].id.clone(),
            needs: needs
                .iter()
                .map(|(need, units)| Served { need: case.needs[need.index()].id.clone(), units: *units })
                .collect(),
            ..Session::default()
        };
        // What is quick to see comes first.
        let (mut money, mut rooms) = (Vec::new(), Vec::new());
        let launch = self.buy(cell, wanted, &needs, &mut session, &mut money);
        self.house(cell, favour, &mut session, &mut rooms);
        if favour.whole && !(lacks.is_empty() && money.is_empty() && rooms.is_empty()) {
            return None;
        }
        let mut minutes = self.seat(cell, favour, &mut session.staff, &mut lacks);
        if favour.whole && !lacks.is_empty() {
            return None;
        }
        lacks.extend(rooms.into_iter().chain(money));
        let worth = needs.iter().map(|(need, units)| case.needs[need.index()].priority * units).sum();
        for (need, units) in &needs {
            let way = self.geography.minutes(Some(case.needs[need.index()].place), place).unwrap_or(0);
            minutes = minutes.saturating_add(way.saturating_mul(*units).saturating_mul(project.span));
        }
        Some(Draft { project: id, place, start, session, launch, lacks, minutes, worth })
    }

    /// Whether a room and a complete team are free for one more session of a cell.
    pub fn has_team(&self, cell: Cell) -> bool {
        let (mut session, mut lacks) = (Session::default(), Vec::new());
        self.house(cell, Favour::default(), &mut session, &mut lacks);
        if lacks.is_empty() {
            self.seat(cell, Favour::default(), &mut session.staff, &mut lacks);
        }
        lacks.is_empty()
    }

    /// Whether a pin forbids sessions of a cell, or something in them.
    pub fn forbids(&self, pin: &Pin, cell: Cell) -> bool {
        pin.mode == PinMode::Forbid && about(pin, &self.geography, cell)
    }

    /// Whether a pin keeps a member or a room out of a cell.
    fn barred(&self, row: ResourceId, cell: Cell) -> bool {
        let named = self.case.pins.iter().filter(|pin| pin.resource == Some(row) && pin.need.is_none());
        named.into_iter().any(|pin| self.forbids(pin, cell))
    }

    /// A room.
    fn house(&self, (id, place, start): Cell, favour: Favour, session: &mut Session, lacks: &mut Vec<Lack>) {
        let (case, project) = (self.case, &self.case.projects[id.index()]);
        if !fit::needs_room(project) {
            return;
        }
        let rows = self.venues_at.get(&place).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<ResourceId> = rows.to_vec();
        let old = favour.keep.and_then(|keep| keep.venue.as_deref());
        rows.sort_by_key(|row| (Some(*row) != favour.first, old != Some(case.resources[row.index()].id.as_str())));
        for row in rows {
            let venue = &case.resources[row.index()];
            if self.barred(row, (id, place, start))
                || !fit::may_host(case, venue, id, project, place, start, &self.geography)
            {
                continue;
            }
            let free = |room: &i64| {
                venue.total.is_none_or(|total| self.total.get(&(row, *room)).copied().unwrap_or(0) < total)
                    && runs(project, start).all(|period| self.taken(row, *room, period) < venue.per_period)
            };
            if let Some(room) = (1..=venue.count).find(free) {
                (session.venue, session.room) = (Some(venue.id.clone()), Some(room));
                return;
            }
        }
        lacks.push(Lack::Room { project: id, place, start });
    }

    fn taken(&self, row: ResourceId, member: i64, period: usize) -> i64 {
        self.load.get(&(row, member, period)).copied().unwrap_or(0)
    }

    /// Money and goods; the launch that a project not held yet needs.
    fn buy(
        &self,
        (id, place, start): Cell,
        wanted: Option<ResourceId>,
        needs: &[(NeedId, i64)],
        session: &mut Session,
        lacks: &mut Vec<Lack>,
    ) -> Option<Launch> {
        let (case, project) = (self.case, &self.case.projects[id.index()]);
        let mut drawn: BTreeMap<ResourceId, i64> = BTreeMap::new();
        let mut draw = |rows: &[ResourceId], amount: i64| self.draw(rows, &mut drawn, amount);
        let units: i64 = needs.iter().map(|(_, units)| units).sum();
        let funds = |may: &dyn Fn(ResourceId) -> bool| -> Vec<ResourceId> {
            let of_kind = |row: &&ResourceId| case.resources[row.index()].kind == Kind::Fund;
            let mut rows: Vec<ResourceId> = self.supplies.iter().filter(of_kind).copied().filter(|r| may(*r)).collect();
            // Money that can be used for least comes first.
            let open = |row: &ResourceId| {
                let row = &case.resources[row.index()];
                row.projects.is_none() && row.services.is_none() && row.places.is_none()
            };
            rows.sort_by_key(|row| (Some(*row) != wanted, open(row)));
            rows
        };
        let mut launch = None;
        let mut missing = 0;
        if project.launch_cost_fen > 0 && !self.launched.contains(&id) {
            let rows = funds(&|row| fit::may_launch(&case.resources[row.index()], id, project));
            let (lines, short) = draw(&rows, project.launch_cost_fen);
            missing += short;
            launch = Some(Launch { project: project.id.clone(), funds: lines, fact: false });
        }
        let cost = project.session_cost_fen.saturating_add(project.unit_cost_fen.saturating_mul(units));
        let may = |row: ResourceId| {
            fit::may_supply(&self.geography, &case.resources[row.index()], (id, project), place, start)
        };
        let (lines, short) = draw(&funds(&may), cost);
        session.funds = lines;
        if missing + short > 0 {
            lacks.push(Lack::Money { project: id, place, start, fen: missing + short });
        }
        let mut items: BTreeMap<Symbol, i64> = BTreeMap::new();
        for goods in project.goods.iter() {
            *items.entry(goods.item).or_default() += if goods.per_unit { goods.n * units } else { goods.n };
        }
        for (need, units) in needs {
            for goods in case.needs[need.index()].goods.iter() {
                *items.entry(goods.item).or_default() += goods.n * units;
            }
        }
        for (item, n) in items {
            let holds = |row: &ResourceId| {
                let stock = &case.resources[row.index()];
                stock.kind == Kind::Goods && stock.roles.binary_search(&item).is_ok() && may(*row)
            };
            let mut rows: Vec<ResourceId> = self.supplies.iter().copied().filter(holds).collect();
            rows.sort_by_key(|row| Some(*row) != wanted);
            let (lines, short) = draw(&rows, n);
            session.goods.extend(lines.into_iter().map(|line| crate::plan::Draw {
                stock: line.fund,
                item: case.text(item).to_owned(),
                n: line.fen,
            }));
            if short > 0 {
                lacks.push(Lack::Items { project: id, place, start, item, n: short });
            }
        }
        launch
    }

    /// Draws an amount from supplies in order, beside what is drawn already; what is short comes back.
    fn draw(&self, rows: &[ResourceId], drawn: &mut BTreeMap<ResourceId, i64>, mut amount: i64) -> (Vec<Payment>, i64) {
        let mut lines = Vec::new();
        for row in rows {
            let already = drawn.entry(*row).or_default();
            let fen = (self.left[row.index()] - *already).min(amount);
            if fen > 0 {
                *already += fen;
                amount -= fen;
                lines.push(Payment { fund: self.case.resources[row.index()].id.clone(), fen });
            }
        }
        (lines, amount)
    }
}

/// The periods in which a session runs.
pub(super) fn runs(project: &Project, start: PeriodId) -> std::ops::Range<usize> {
    start.index()..start.index() + usize::try_from(project.span).unwrap_or(1)
}

impl Draft {
    /// The plan with this session.
    pub fn added_to(&self, case: &Case, plan: &Plan) -> Plan {
        let mut out = Plan::empty();
        out.case.clone_from(&case.hash);
        out.sessions.clone_from(&plan.sessions);
        out.launches.clone_from(&plan.launches);
        out.sessions.push(self.session.clone());
        out.launches.extend(self.launch.clone());
        out.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
        out
    }

    /// Whether a member, room, fund or stock takes part.
    pub fn uses(&self, id: &str) -> bool {
        self.session.staff.iter().any(|seat| seat.resource == id)
            || self.session.venue.as_deref() == Some(id)
            || self.session.funds.iter().any(|line| line.fund == id)
            || self.session.goods.iter().any(|line| line.stock == id)
            || self.launch.iter().flat_map(|launch| &launch.funds).any(|line| line.fund == id)
    }
}

/// A seat of a member.
fn seat(case: &Case, row: ResourceId, member: i64, post: &crate::lists::Post, period: Option<usize>) -> Seat {
    Seat {
        resource: case.resources[row.index()].id.clone(),
        member,
        post: post.number,
        role: case.text(post.role).to_owned(),
        period: period.map(|p| case.periods[p].id.clone()),
    }
}
