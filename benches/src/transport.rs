//! Plain transportation inside a case: people to sessions that need nobody, each pair worth something of its own.
//!
//! 200,000 people in 9,300 need rows of 186 communities, 8,064 sessions of 25 seats (168 places × 4 projects × 12 months),
//! about 1.22 million arcs. One level: points of the pair less minutes of travel.

use std::io::Write;
use std::path::Path;

use sandan::intake::{Sheet, SheetRow, Sheets};
use sandan::lists::{Case, FitWorth, PeriodId, PlaceId, ProjectId, Table};

use crate::draw::Draw;
use crate::reach::Reach;

/// Where people live.
const COMMUNITIES: usize = 186;
/// Of these, so many hold sessions.
const HOSTS: usize = 168;
/// Need rows of a community.
const ROWS: usize = 50;
/// Everybody.
const PEOPLE: i64 = 200_000;
/// Projects, each with one session a place and month.
const PROJECTS: usize = 4;
/// Months.
const MONTHS: usize = 12;
/// Seats of a session.
const SEATS: i64 = 25;
/// What a minute of travel is worth in points.
const MINUTE: i64 = 10;

/// A row of people alike.
struct Row {
    place: usize,
    people: i64,
    periods: &'static str,
    /// Project and points.
    points: Vec<(usize, i64)>,
}

/// The case, in rows of people alike or with one row a person.
pub fn generate(seed: u64, one_by_one: bool) -> Sheets {
    let (mut needs, mut fits) = (Vec::new(), Vec::new());
    for row in rows(seed) {
        let (copies, people) = if one_by_one { (row.people, 1) } else { (1, row.people) };
        let services: Vec<String> = row.points.iter().map(|(p, _)| service(*p)).collect();
        for _ in 0..copies {
            let id = format!("N{:06}", needs.len() + 1);
            fits.extend(row.points.iter().map(|(p, points)| vec![id.clone(), project(*p), points.to_string()]));
            let (place, services) = (community(row.place), services.join(";"));
            needs.push(vec![id, place, services, people.to_string(), row.periods.to_owned(), "15".to_owned()]);
        }
    }
    let hosts: Vec<String> = (0..HOSTS).map(|h| community(h * COMMUNITIES / HOSTS)).collect();
    let projects = (0..PROJECTS)
        .map(|p| vec![project(p), service(p), hosts.join(";"), SEATS.to_string(), "1".to_owned()])
        .collect();
    // A street grid of three kilometres: four neighbours at 12 minutes.
    let places = (0..COMMUNITIES).map(|c| {
        let (north, east) = ((c / 14) as f64 * 3.0, (c % 14) as f64 * 3.0);
        vec![community(c), format!("{:.5}", 22.6 + north / 111.195), format!("{:.5}", 109.2 + east / 102.5)]
    });
    let periods = (1..=MONTHS).map(|m| vec![format!("2025-{m:02}")]);
    let settings = [("levels", "quality travel"), ("weight.quality", "1"), ("gap", "0")];
    let mut settings = settings.map(|(key, value)| vec![key.to_owned(), value.to_owned()]).to_vec();
    settings.push(vec!["weight.travel".to_owned(), MINUTE.to_string()]);
    let sheets = vec![
        sheet(Table::Needs, &["id", "place", "services", "quantity", "periods", "reach_minutes"], needs),
        sheet(Table::Projects, &["id", "services", "places", "size", "max_per_cell"], projects),
        sheet(Table::Resources, &["id", "roles"], vec![vec!["R1".to_owned(), "nobody".to_owned()]]),
        sheet(Table::Places, &["id", "lat", "lon"], places.collect()),
        sheet(Table::Periods, &["id"], periods.collect()),
        sheet(Table::Fit, &["need", "project", "points"], fits),
        sheet(Table::Settings, &["key", "value"], settings),
    ];
    Sheets { sheets, previous: None }
}

fn rows(seed: u64) -> Vec<Row> {
    let mut draw = Draw::new(seed, "transport");
    let mut rows: Vec<Row> = (0..COMMUNITIES * ROWS)
        .map(|n| {
            let people = draw.between(1, 42);
            let periods = *draw.one(&["", "2025-01..2025-06", "2025-07..2025-12", ""]);
            let left_out = draw.index(2 * PROJECTS);
            let points = (0..PROJECTS).filter(|p| *p != left_out).map(|p| (p, draw.between(200, 1000))).collect();
            Row { place: n / ROWS, people, periods, points }
        })
        .collect();
    // Exactly as many people as there are: one more or less in a row after the other.
    let mut missing = PEOPLE - rows.iter().map(|r| r.people).sum::<i64>();
    for n in (0..rows.len()).cycle() {
        match missing {
            0 => break,
            1.. => rows[n].people += 1,
            _ if rows[n].people > 1 => rows[n].people -= 1,
            _ => continue,
        }
        missing -= missing.signum();
    }
    rows
}

/// The transportation problem of a case: rows and sessions by position, and what each pair is worth.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// People of each row.
    pub people: Vec<i32>,
    /// Seats of each session.
    pub seats: Vec<i32>,
    /// Row, session and worth of a person.
    pub arcs: Vec<(i32, i32, i32)>,
}

/// Writes the case out as a network, from the lists alone.
pub fn network(case: &Case) -> Network {
    let reach = Reach::new(case);
    let leaves: Vec<PlaceId> = reach.leaves().collect();
    let small = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
    let mut network = Network { people: case.needs.iter().map(|n| small(n.quantity)).collect(), ..Network::default() };
    let mut sessions: Vec<(ProjectId, PlaceId, PeriodId, i64)> = Vec::new();
    for (p, project) in case.projects.iter().enumerate() {
        for &place in &leaves {
            let listed = |places: &[PlaceId]| places.iter().any(|at| reach.covers(*at, place));
            if project.places.as_ref().is_none_or(|places| listed(places)) {
                let periods = (0..case.periods.len()).map(PeriodId::from);
                sessions.extend(periods.map(|period| (ProjectId::from(p), place, period, project.size)));
            }
        }
    }
    network.seats = sessions.iter().map(|s| small(s.3)).collect();
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); case.places.len()];
    for (s, session) in sessions.iter().enumerate() {
        at[session.1.index()].push(s);
    }
    for (n, need) in case.needs.iter().enumerate() {
        let first = case.fits.partition_point(|f| f.need.index() < n);
        let fits: Vec<_> = case.fits[first..].iter().take_while(|f| f.need.index() == n).collect();
        for &place in &leaves {
            let Some(minutes) = reach.minutes(need.place, place).filter(|m| *m <= need.reach_minutes) else { continue };
            for &s in &at[place.index()] {
                let (project, _, period, _) = sessions[s];
                let points = fits.iter().find(|f| f.project == project).map(|f| f.worth);
                if let (Some(FitWorth::Points(points)), true) = (points, need.periods.contains(period)) {
                    network.arcs.push((n as i32, s as i32, small(points - MINUTE * minutes)));
                }
            }
        }
    }
    network
}

impl Network {
    /// Writes the network for the peers: 32-bit little-endian integers — rows, sessions, arcs, then people, seats, and of
    /// all arcs the rows, the sessions and the worths.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let sizes = [self.people.len() as i32, self.seats.len() as i32, self.arcs.len() as i32];
        let numbers = (sizes.iter().chain(&self.people).chain(&self.seats).copied())
            .chain(self.arcs.iter().map(|a| a.0))
            .chain(self.arcs.iter().map(|a| a.1))
            .chain(self.arcs.iter().map(|a| a.2));
        for number in numbers {
            file.write_all(&number.to_le_bytes())?;
        }
        file.flush()
    }
}

fn community(c: usize) -> String {
    format!("C{:03}", c + 1)
}

fn project(p: usize) -> String {
    format!("P{}", p + 1)
}

fn service(p: usize) -> String {
    format!("S{}", p + 1)
}

fn sheet(table: Table, header: &[&str], rows: Vec<Vec<String>>) -> Sheet {
    let rows = (2..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
    Sheet { table, header: header.iter().map(|h| (*h).to_owned()).collect(), rows }
}
