//! Staff: social workers and volunteers.

use super::draft::Draft;
use super::draw::Draw;
use super::land::{Community, Land};
use super::projects::org;
use super::{City, Feature, Volunteers, scaled};

/// What some social workers can do.
pub const SOCIAL_SKILLS: [&str; 4] = ["心理咨询", "法务", "家庭工作", "应急"];
/// What some volunteers can do.
pub const VOLUNTEER_SKILLS: [&str; 6] = ["急救", "壮语", "手语", "绘画", "体育", "科普"];
/// What every member of some sessions must hold.
pub const CLEARANCES: [&str; 2] = ["背景核查", "岗前培训"];
/// Social workers of 186 communities.
const SOCIAL_WORKERS: usize = 563;
/// Volunteer teams of 186 communities.
const TEAMS: usize = 5_000;
/// Volunteers of 186 communities, one by one.
const PEOPLE: usize = 897_800;

/// Draws the staff rows of the resource list.
pub fn staff(city: &City, land: &Land, draft: &mut Draft) {
    social_workers(city, land, draft);
    volunteers(city, land, draft);
}

fn social_workers(city: &City, land: &Land, draft: &mut Draft) {
    let mut draw = Draw::new(city.seed, "social workers");
    let mut extra = Draw::new(city.seed, "extra of social workers");
    let total = scaled(SOCIAL_WORKERS, city.communities).max(1);
    for n in 0..total {
        let community = &land.communities[n * land.communities.len() / total];
        let mut skills: Vec<&str> = Vec::new();
        if city.has(Feature::Skills) {
            let count = draw.between(1, 2) as usize;
            skills.extend(draw.some(&SOCIAL_SKILLS, count));
            skills.extend(CLEARANCES.iter().filter(|_| draw.chance(65)));
        }
        let months = land.periods.len();
        let away = draw.chance(20);
        let first = if away { draw.index(months.min(4)) } else { 0 };
        let periods = if away { land.range(first, months * 2 / 3) } else { String::new() };
        let per_period = draw.between(1, 2);
        let total = draw.between(8, 12) * months as i64 / 12 + 1;
        let prefers = format!("P{:03}", extra.between(1, 20));
        draft.row(&[
            ("id", &format!("S{:04}", n + 1)),
            ("roles", "社工"),
            ("skills", &skills.join(";")),
            ("org", &org(community.district, draw.between(1, 3))),
            ("place", &community.id),
            ("reach_minutes", *draw.one(&["30", "30", ""])),
            ("periods", &periods),
            ("per_period", &per_period.to_string()),
            ("total", &total.to_string()),
            ("cost", if city.has(Feature::Costs) { "120" } else { "" }),
            ("prefers", if city.has(Feature::Prefers) { &prefers } else { "" }),
        ]);
    }
}

/// Like volunteers: a team, or a kind of which there are so many people.
struct Team<'a> {
    community: &'a Community,
    skills: String,
    periods: String,
    total: i64,
    count: usize,
}

fn volunteers(city: &City, land: &Land, draft: &mut Draft) {
    let total = scaled(TEAMS, city.communities).max(1);
    let mut draw = Draw::new(city.seed, "volunteers");
    let teams: Vec<Team> = (0..total)
        .map(|n| team(city, land, &mut draw, &land.communities[n * land.communities.len() / total]))
        .collect();
    match city.volunteers {
        Volunteers::Teams => {
            for (n, team) in teams.iter().enumerate() {
                volunteer(draft, &format!("T{:05}", n + 1), team, team.count);
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
                    volunteer(draft, &format!("V{rows:07}"), team, 1);
                }
            };
            for team in &teams {
                add(team, team.count);
            }
            for (n, team) in teams.iter().enumerate() {
                let share = (n + 1) * crowd / teams.len() - n * crowd / teams.len();
                add(&Team { skills: String::new(), total: 1, periods: team.periods.clone(), ..*team }, share);
            }
        }
    }
}

fn team<'a>(city: &City, land: &Land, draw: &mut Draw, community: &'a Community) -> Team<'a> {
    let mut skills: Vec<&str> = Vec::new();
    if city.has(Feature::Skills) {
        let count = *draw.one(&[0, 0, 1, 1, 2]);
        skills.extend(draw.some(&VOLUNTEER_SKILLS, count));
        skills.extend(CLEARANCES.iter().filter(|_| draw.chance(50)));
    }
    let months = land.periods.len();
    // All year, a half, the summer, or a term.
    let (first, length) = match draw.between(1, 10) {
        ..=4 => (0, months),
        5 | 6 => (0, months.div_ceil(2)),
        7 | 8 => (months / 2, months),
        9 => (months / 2, 3),
        _ => (months / 6, 4),
    };
    Team {
        community,
        skills: skills.join(";"),
        periods: land.range(first, length),
        total: draw.between(1, 2),
        count: draw.between(2, 5) as usize,
    }
}

fn volunteer(draft: &mut Draft, id: &str, team: &Team, count: usize) {
    draft.row(&[
        ("id", id),
        ("roles", "志愿者"),
        ("skills", &team.skills),
        ("place", &team.community.id),
        ("count", &if count == 1 { String::new() } else { count.to_string() }),
        ("periods", &team.periods),
        ("total", &team.total.to_string()),
    ]);
}
