//! What a clerk keeps: who is busy when, what is left of money and goods, and what may be used for what.

use std::collections::BTreeMap;

use sandan::lists::{Case, Kind, PeriodId, PlaceId, Post, Project, ProjectId, Resource, ResourceId, Symbol};
use sandan::plan::{Draw, Payment, Seat};

use crate::reach::Reach;

/// Kind, place and reach of rows that get to the same places.
type Station = (Kind, Option<PlaceId>, i64);

/// The clerk's books.
pub struct Books<'case> {
    case: &'case Case,
    /// Distances.
    pub reach: Reach<'case>,
    /// Rows by where they are and how far they go.
    stations: BTreeMap<Station, Vec<ResourceId>>,
    /// Staff and rooms that get to a place, in the order of the list; filled in when a place is first asked for.
    near: BTreeMap<PlaceId, Vec<ResourceId>>,
    /// Load carried by a member: by period, and in all.
    carried: BTreeMap<(ResourceId, i64), (Vec<i64>, i64)>,
    /// Rows of one member who has done all that he may: looked over no more.
    spent: Vec<bool>,
    /// What is left of each fund (fen) and stock (items).
    left: BTreeMap<usize, i64>,
}

/// A session as far as the books need to know it.
#[derive(Clone, Copy)]
pub struct Wanted<'case> {
    /// The project.
    pub id: ProjectId,
    /// Its row.
    pub project: &'case Project,
    /// Where.
    pub place: PlaceId,
    /// When it starts.
    pub start: PeriodId,
}

impl Wanted<'_> {
    /// The periods that it takes.
    fn periods(&self) -> impl Iterator<Item = PeriodId> + use<> {
        let start = self.start.index();
        (start..start + self.project.span as usize).map(PeriodId::from)
    }
}

/// Members and a room that a session can have.
pub struct Crew {
    /// Members by post.
    pub staff: Vec<(ResourceId, Seat, i64)>,
    /// The room.
    pub room: Option<(ResourceId, i64)>,
}

impl<'case> Books<'case> {
    /// Empty books.
    pub fn new(case: &'case Case) -> Self {
        let supplies = case.resources.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Fund | Kind::Goods));
        let left = supplies.map(|(r, row)| (r, row.amount)).collect();
        let mut stations: BTreeMap<Station, Vec<ResourceId>> = BTreeMap::new();
        for (r, row) in case.resources.iter().enumerate() {
            stations.entry((row.kind, row.place, row.reach_minutes)).or_default().push(ResourceId::from(r));
        }
        Books {
            case,
            reach: Reach::new(case),
            stations,
            near: BTreeMap::new(),
            carried: BTreeMap::new(),
            spent: vec![false; case.resources.len()],
            left,
        }
    }

    /// The first members, row by row, and the first room that a session can have; nothing is booked yet.
    pub fn crew(&mut self, wanted: Wanted) -> Option<Crew> {
        let (reach, stations) = (&self.reach, &self.stations);
        let near = self.near.entry(wanted.place).or_insert_with(|| {
            let gets_there = |station: &Station| match station.0 {
                Kind::Staff => reach.within(station.1, station.2, wanted.place),
                Kind::Venue => station.1 == Some(wanted.place),
                Kind::Fund | Kind::Goods => false,
            };
            let there = stations.iter().filter(|(station, _)| gets_there(station));
            let mut near: Vec<ResourceId> = there.flat_map(|(_, rows)| rows.iter().copied()).collect();
            near.sort_unstable();
            near
        });
        let near = std::mem::take(near);
        let crew = self.first(wanted, &near);
        self.near.insert(wanted.place, near);
        crew
    }

    fn first(&self, wanted: Wanted, near: &[ResourceId]) -> Option<Crew> {
        let mut staff: Vec<(ResourceId, Seat, i64)> = Vec::new();
        for post in &wanted.project.posts {
            let mut missing = members(post, wanted.project.size);
            for &id in near {
                let row = &self.case.resources[id.index()];
                if missing == 0 {
                    break;
                }
                if self.spent[id.index()] {
                    continue;
                }
                if row.kind != Kind::Staff || !self.may_use(row, wanted) || !self.may_fill(row, post, wanted) {
                    continue;
                }
                for member in 1..=row.count {
                    let taken = staff.iter().any(|(r, seat, _)| *r == id && seat.member == member);
                    if missing > 0 && !taken && self.free(id, member, post.load, wanted) {
                        missing -= 1;
                        let role = self.case.text(post.role).to_owned();
                        let seat = Seat { resource: row.id.clone(), member, post: post.number, role, period: None };
                        staff.push((id, seat, post.load));
                    }
                }
            }
            if missing > 0 {
                return None;
            }
        }
        let roomed = !wanted.project.venue.is_empty() && !wanted.project.online;
        let room = near.iter().copied().filter(|_| roomed).find_map(|id| {
            let row = &self.case.resources[id.index()];
            let fits = row.kind == Kind::Venue
                && row.roles.iter().any(|kind| wanted.project.venue.contains(kind))
                && row.seats.is_none_or(|seats| seats >= wanted.project.size)
                && self.may_use(row, wanted);
            (1..=row.count).find(|room| fits && self.room_free(id, *room, wanted)).map(|room| (id, room))
        });
        (room.is_some() || !roomed).then_some(Crew { staff, room })
    }

    /// Books members and room.
    pub fn book(&mut self, wanted: Wanted, crew: &Crew) {
        for (id, seat, load) in &crew.staff {
            self.carry((*id, seat.member), *load, load * wanted.project.span, wanted);
        }
        if let Some(room) = crew.room {
            self.carry(room, 1, 1, wanted);
        }
    }

    fn carry(&mut self, who: (ResourceId, i64), each: i64, in_all: i64, wanted: Wanted) {
        let periods = self.case.periods.len();
        let (by_period, total) = self.carried.entry(who).or_insert_with(|| (vec![0; periods], 0));
        for period in wanted.periods() {
            by_period[period.index()] += each;
        }
        *total += in_all;
        let row = &self.case.resources[who.0.index()];
        self.spent[who.0.index()] = row.count == 1 && row.total.is_some_and(|limit| *total >= limit);
    }

    fn free(&self, id: ResourceId, member: i64, load: i64, wanted: Wanted) -> bool {
        let row = &self.case.resources[id.index()];
        if !wanted.periods().all(|p| row.periods.contains(p)) {
            return false;
        }
        let none = (Vec::new(), 0);
        let (by_period, total) = self.carried.get(&(id, member)).unwrap_or(&none);
        let carries = |p: PeriodId| by_period.get(p.index()).copied().unwrap_or(0);
        wanted.periods().all(|p| carries(p) + load <= row.per_period)
            && row.total.is_none_or(|limit| total + load * wanted.project.span <= limit)
    }

    fn room_free(&self, id: ResourceId, room: i64, wanted: Wanted) -> bool {
        let row = &self.case.resources[id.index()];
        let none = (Vec::new(), 0);
        let (by_period, total) = self.carried.get(&(id, room)).unwrap_or(&none);
        let carries = |p: PeriodId| by_period.get(p.index()).copied().unwrap_or(0);
        wanted.periods().all(|p| row.periods.contains(p) && carries(p) < row.per_period)
            && row.total.is_none_or(|limit| *total < limit)
    }

    /// Whether a member of a row may fill a post throughout a session.
    fn may_fill(&self, row: &Resource, post: &Post, wanted: Wanted) -> bool {
        let holds = |skill: &Symbol| {
            wanted.periods().all(|p| row.skills.iter().any(|s| s.tag == *skill && s.periods.contains(p)))
        };
        let project = wanted.project;
        let from = |orgs: &sandan::lists::PostOrgs| {
            row.org.is_some_and(|org| {
                orgs.named.contains(&org)
                    || (orgs.own && (project.lead == Some(org) || project.partners.contains(&org)))
            })
        };
        row.roles.contains(&post.role)
            && post.skills.iter().chain(project.clearance.iter()).all(holds)
            && post.orgs.as_ref().is_none_or(from)
    }

    /// What a row says it may be used for.
    fn may_use(&self, row: &Resource, wanted: Wanted) -> bool {
        let online = wanted.place == self.case.online;
        let supply = matches!(row.kind, Kind::Fund | Kind::Goods);
        self.for_project(row, wanted.id, wanted.project)
            && row
                .places
                .as_ref()
                .is_none_or(|places| (online && !supply) || places.iter().any(|p| self.reach.covers(*p, wanted.place)))
            && (!supply || row.periods.contains(wanted.start))
    }

    fn for_project(&self, row: &Resource, id: ProjectId, project: &Project) -> bool {
        row.projects.as_ref().is_none_or(|allowed| allowed.contains(&id))
            && !row.exclude.contains(&id)
            && row.services.as_ref().is_none_or(|services| services.iter().any(|s| project.services.contains(s)))
    }

    /// Pays for a session from the first funds that may, in full or not at all.
    pub fn pay(&mut self, wanted: Wanted, fen: i64) -> Option<Vec<Payment>> {
        let may: Vec<usize> = self.supplies(Kind::Fund, |row| self.may_use(row, wanted));
        let drawn = self.draw(&may, fen)?;
        let name = |r: usize| self.case.resources[r].id.clone();
        Some(drawn.into_iter().map(|(r, fen)| Payment { fund: name(r), fen }).collect())
    }

    /// Pays for the launch of a project.
    pub fn launch(&mut self, id: ProjectId, fen: i64) -> Option<Vec<Payment>> {
        let project = &self.case.projects[id.index()];
        let open = |row: &Resource| row.places.is_none() && row.periods.is_all() && self.for_project(row, id, project);
        let may = self.supplies(Kind::Fund, open);
        let drawn = self.draw(&may, fen)?;
        let name = |r: usize| self.case.resources[r].id.clone();
        Some(drawn.into_iter().map(|(r, fen)| Payment { fund: name(r), fen }).collect())
    }

    /// Takes items from the first stocks that may give them, all or none.
    pub fn take(&mut self, wanted: Wanted, item: Symbol, n: i64) -> Option<Vec<Draw>> {
        let may = self.supplies(Kind::Goods, |row| row.roles.contains(&item) && self.may_use(row, wanted));
        let drawn = self.draw(&may, n)?;
        let (name, item) = (|r: usize| self.case.resources[r].id.clone(), self.case.text(item));
        Some(drawn.into_iter().map(|(r, n)| Draw { stock: name(r), item: item.to_owned(), n }).collect())
    }

    fn supplies(&self, kind: Kind, may: impl Fn(&Resource) -> bool) -> Vec<usize> {
        let fits = |r: &usize| {
            let row = &self.case.resources[*r];
            row.kind == kind && may(row)
        };
        self.left.keys().copied().filter(fits).collect()
    }

    fn draw(&mut self, may: &[usize], mut due: i64) -> Option<Vec<(usize, i64)>> {
        if may.iter().filter_map(|r| self.left.get(r)).copied().fold(0i64, i64::saturating_add) < due {
            return None;
        }
        let mut drawn = Vec::new();
        for &row in may {
            let Some(left) = self.left.get_mut(&row) else { continue };
            let part = due.min(*left);
            if part > 0 {
                *left -= part;
                due -= part;
                drawn.push((row, part));
            }
        }
        Some(drawn)
    }

    /// What is left of every fund and stock, to be put back when a session does not come about.
    pub fn left(&self) -> BTreeMap<usize, i64> {
        self.left.clone()
    }

    /// Puts money and goods back as they were.
    pub fn put_back(&mut self, left: BTreeMap<usize, i64>) {
        self.left = left;
    }
}

/// Members of a post, stand-bys included.
fn members(post: &Post, size: i64) -> i64 {
    let times = post.per_units.map_or(1, |per| (size + per - 1) / per.max(1));
    post.count * times + post.reserve
}
