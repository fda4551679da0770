//! Staff: social workers and volunteers.

use super::draft::Draft;
use super::land::{Community, Land};
use super::projects::org;
use super::{City, Feature, Volunteers, scaled};
use crate::draw::Draw;

/// What some social workers can do.
pub const SOCIAL_SKILLS: [&str; 4] = ["心理咨询", "法务", "家庭工作", "应急"];
/// What some volunteers can do.
pub const VOLUNTEER_SKILLS: [&str; 6] = ["急救", "壮语", "手语", "绘画", "体育", "科普"];
/// What every member of some sessions must hold.
pub const CLEARANCES: [&str; 2] = ["背景核查", "岗前培训"];
/// Kinds of social workers that a district has ready.
const WORKER_KINDS: usize = 6;
/// Sessions that a social worker holds in a year.
const SESSIONS_A_YEAR: i64 = 10;
/// Kinds of volunteers of a community.
const TEAM_KINDS: usize = 6;
/// The smallest and the largest team.
const MEMBERS: (i64, i64) = (1, 2);
/// Social workers of 186 communities.
const SOCIAL_WORKERS: usize = 563;
/// Volunteer teams of 186 communities.
const TEAMS: usize = 5_000;
/// Volunteers of 186 communities, one by one.
const PEOPLE: usize = 897_800;

/// Draws the staff rows of the resource list.
///
/// Whoever is limited over the year holds single sessions only (`long`: ids of the other projects), unless the feature
/// `totals` says otherwise: then like members can no longer be counted as one, and their sums are only a relaxation.
pub fn staff(city: &City, land: &Land, long: &str, draft: &mut Draft) {
    social_workers(city, land, long, draft);
    volunteers(city, land, long, draft);
}

/// Social workers stand ready at the district, of a few kinds; with `stations`, one of three holds single sessions around
/// a station of its own, so many a year.
fn social_workers(city: &City, land: &Land, long: &str, draft: &mut Draft) {
    let mut draw = Draw::new(city.seed, "social workers");
    let mut extra = Draw::new(city.seed, "extra of social workers");
    let total = scaled(SOCIAL_WORKERS, city.communities).max(1);
    let months = land.periods.len();
    let kinds: Vec<Vec<Worker>> = (0..land.districts)
        .map(|_| (0..WORKER_KINDS).map(|n| worker(city, land, &mut draw, Some(n))).collect())
        .collect();
    for n in 0..total {
        let community = &land.communities[n * land.communities.len() / total];
        let station = n % 3 == 2 && city.has(Feature::Stations);
        let own = worker(city, land, &mut draw, None);
        let kind = draw.one(&kinds[community.district]);
        let Worker { skills, periods, per_period } = if station { &own } else { kind };
        let total = (SESSIONS_A_YEAR * months as i64).div_euclid(12).max(1).to_string();
        let prefers = format!("P{:03}", extra.between(1, 20));
        draft.row(&[
            ("id", &format!("S{:04}", n + 1)),
            ("roles", "社工"),
            ("skills", skills),
            ("org", &org(community.district, draw.between(1, 3))),
            ("place", &if station { community.id.clone() } else { land.district(community.district) }),
            ("periods", periods),
            ("per_period", per_period),
            ("total", if station || city.has(Feature::Totals) { &total } else { "" }),
            ("exclude", if station { long } else { "" }),
            ("cost", if city.has(Feature::Costs) { "120" } else { "" }),
            ("prefers", if city.has(Feature::Prefers) { &prefers } else { "" }),
        ]);
    }
}

/// What a social worker can do, and when.
struct Worker {
    skills: String,
    periods: String,
    per_period: &'static str,
}

/// Draws a kind of social worker; the first kinds of a district have one skill each, so that none is missing.
fn worker(city: &City, land: &Land, draw: &mut Draw, nth: Option<usize>) -> Worker {
    let count = draw.between(1, 2) as usize;
    let mut skills: Vec<&str> = draw.some(&SOCIAL_SKILLS, count).into_iter().copied().collect();
    if let Some(n) = nth {
        skills = vec![SOCIAL_SKILLS[n % SOCIAL_SKILLS.len()]];
    }
    skills.extend(CLEARANCES.iter().filter(|_| draw.chance(65)));
    let months = land.periods.len();
    let away = draw.chance(25);
    let first = draw.index(months.div_ceil(3));
    Worker {
        skills: if city.has(Feature::Skills) { skills.join(";") } else { String::new() },
        periods: if away { land.range(first, months * 2 / 3) } else { String::new() },
        per_period: if draw.chance(25) { "2" } else { "1" },
    }
}

/// Like volunteers: a team, or a kind of which there are so many people.
#[derive(Clone)]
struct Team<'a> {
    community: &'a Community,
    skills: String,
    reach_minutes: &'static str,
    periods: String,
    total: Option<i64>,
    count: usize,
}

fn volunteers(city: &City, land: &Land, long: &str, draft: &mut Draft) {
    let total = scaled(TEAMS, city.communities).max(1);
    let mut draw = Draw::new(city.seed, "volunteers");
    let kinds: Vec<Vec<Team>> = (land.communities.iter())
        .map(|community| (0..TEAM_KINDS).map(|n| kind(city, land, &mut draw, community, n)).collect())
        .collect();
    let teams: Vec<Team> = (0..total)
        .map(|n| Team {
            count: draw.between(MEMBERS.0, MEMBERS.1) as usize,
            ..draw.one(&kinds[n * land.communities.len() / total]).clone()
        })
        .collect();
    match city.volunteers {
        Volunteers::Teams => {
            for (n, team) in teams.iter().enumerate() {
                volunteer(draft, &format!("T{:05}", n + 1), team, long, team.count);
            }
        }
        // The same kinds one by one, and a crowd without skills around them.
        Volunteers::People => {
            let skilled: usize = teams.iter().map(|t| t.count).sum();
            let crowd = scaled(PEOPLE, city.communities).saturating_sub(skilled);
            let mut rows = 0;
            let mut add = |team: &Team, times: usize| {
                for _ in 0..times {
                    rows += 1;
                    volunteer(draft, &format!("V{rows:07}"), team, long, 1);
                }
            };
            for team in &teams {
                add(team, team.count);
            }
            for (n, team) in teams.iter().enumerate() {
                let share = (n + 1) * crowd / teams.len() - n * crowd / teams.len();
                add(&Team { skills: String::new(), total: Some(1), ..team.clone() }, share);
            }
        }
    }
}

/// Draws a kind of volunteers of a community; one of three kinds goes to neighbouring communities too.
fn kind<'a>(city: &City, land: &Land, draw: &mut Draw, community: &'a Community, nth: usize) -> Team<'a> {
    let mut skills: Vec<&str> = Vec::new();
    // Every skill is held by somebody in most communities, though not at all times.
    skills.extend(draw.chance(85).then_some(VOLUNTEER_SKILLS[nth % VOLUNTEER_SKILLS.len()]));
    skills.extend(CLEARANCES.iter().filter(|_| draw.chance(75)));
    let months = land.periods.len();
    // Half of the kinds come now and then all year, the others whenever they are free in some months.
    let steady = nth.is_multiple_of(2);
    let (first, length) = *draw.one(&[(0, 5), (2, 4), (4, 6), (6, 3), (7, 5)]);
    let total = draw.between(2, 3);
    Team {
        community,
        skills: if city.has(Feature::Skills) { skills.join(";") } else { String::new() },
        reach_minutes: if nth.is_multiple_of(3) { "" } else { "0" },
        periods: if steady { land.range(first * months / 12, (length * months).div_ceil(12)) } else { String::new() },
        total: (!steady || city.has(Feature::Totals)).then_some(total),
        count: 1,
    }
}

fn volunteer(draft: &mut Draft, id: &str, team: &Team, long: &str, count: usize) {
    draft.row(&[
        ("id", id),
        ("roles", "志愿者"),
        ("skills", &team.skills),
        ("place", &team.community.id),
        ("reach_minutes", team.reach_minutes),
        ("count", &if count == 1 { String::new() } else { count.to_string() }),
        ("periods", &team.periods),
        ("total", &team.total.map(|t| t.to_string()).unwrap_or_default()),
        ("exclude", if team.total.is_some() { long } else { "" }),
    ]);
}
