//! The project list.

use sandan::lists::Table;

use super::draft::Draft;
use super::land::Land;
use super::needs::{CASES, FAMILY, SERVICES, WISH};
use super::people::{CLEARANCES, SOCIAL_SKILLS, VOLUNTEER_SKILLS};
use super::{City, Feature, scaled};
use crate::draw::Draw;

/// Projects of 186 communities.
const PROJECTS: usize = 60;
/// The fewest projects of a city: each service has three.
const FEWEST: usize = 30;
/// Of ten projects, seven are group activities; the others are for cases, families and wishes.
const TENTH: usize = 10;
/// Items that some sessions use up.
pub const KIT: &str = "急救包";

/// The project list and what the other tables are measured by.
pub struct Projects {
    /// The table.
    pub draft: Draft,
    /// Posts that the short form cannot say.
    pub requirements: Draft,
    /// The prefecture of each project, from 0.
    pub prefectures: Vec<usize>,
    /// Ids of projects whose sessions take more than one month.
    pub long: Vec<String>,
    /// Mean yuan a session of a group activity.
    pub mean_cost: i64,
    /// Mean units a session of a group activity.
    pub mean_size: i64,
}

/// Draws the projects.
pub fn projects(city: &City, land: &Land) -> Projects {
    let columns = [
        "id",
        "title",
        "services",
        "audience",
        "unit",
        "lead",
        "partners",
        "places",
        "online",
        "span",
        "size",
        "min_size",
        "max_sessions",
        "min_sessions",
        "max_per_cell",
        "launch_cost",
        "session_cost",
        "unit_cost",
        "goods",
        "staffing",
        "venue",
        "clearance",
        "quality",
    ];
    let posts = ["project", "role", "skills", "count", "reserve", "rotate", "load", "orgs"];
    let mut all = Projects {
        draft: Draft::new(Table::Projects, &columns),
        requirements: Draft::new(Table::Requirements, &posts),
        prefectures: Vec::new(),
        long: Vec::new(),
        mean_cost: 0,
        mean_size: 0,
    };
    let mut draw = Draw::new(city.seed, "projects");
    let mut extra = Draw::new(city.seed, "extra of projects");
    let total = scaled(PROJECTS, city.communities).max(FEWEST);
    let (mut groups, mut cost, mut size) = (0, 0, 0);
    for k in 0..total {
        let prefecture = k % land.prefectures();
        all.prefectures.push(prefecture);
        match (k / land.prefectures()) % TENTH {
            7 => case(city, land, &mut all, &mut draw, k),
            8 => family(city, land, &mut all, &mut draw, k),
            9 => wish(city, land, &mut all, &mut draw, k),
            _ => {
                let (yuan, units) =
                    group(city, land, &mut all, (&mut draw, &mut extra), (k, groups / land.prefectures()));
                groups += 1;
                cost += yuan;
                size += units;
            }
        }
    }
    all.mean_cost = cost / groups.max(1) as i64;
    all.mean_size = size / groups.max(1) as i64;
    all
}

/// One post of a project.
struct Post<'a> {
    role: &'a str,
    skills: &'a str,
    count: i64,
}

/// A group activity: the `nth` of its prefecture. Gives yuan and seats a session.
fn group(
    city: &City,
    land: &Land,
    all: &mut Projects,
    (draw, extra): (&mut Draw, &mut Draw),
    (k, nth): (usize, usize),
) -> (i64, i64) {
    let prefecture = k % land.prefectures();
    let first = SERVICES[nth % SERVICES.len()];
    let second = *draw.one(&SERVICES);
    let services = if draw.chance(25) && second != first && city.has(Feature::Second) {
        format!("{first};{second}")
    } else {
        first.to_owned()
    };
    // One of each service in each district; then, in turn, anywhere in the prefecture or in one more district.
    let districts = land.districts_of(prefecture);
    let anywhere = nth >= SERVICES.len() * districts.len() && nth % 2 == 0;
    let district = districts[nth / SERVICES.len() % districts.len()];
    let places = if anywhere { land.prefecture(prefecture) } else { land.district(district) };
    let size = draw.between(3, 8) * 5;
    let yuan = draw.between(3, 16) * 100;
    let skilled = draw.chance(60) && city.has(Feature::Skills);
    let clearance = draw.chance(38) && city.has(Feature::Skills);
    let (social, volunteer) = (*draw.one(&SOCIAL_SKILLS), *draw.one(&VOLUNTEER_SKILLS));
    let whose = draw.between(1, 3);
    let members = draw.between(2, 6);
    let special = if skilled && whose >= 2 { (*draw.one(&[1, 1, 1, 2])).min(members) } else { 0 };
    let mut posts = vec![Post { role: "社工", skills: if skilled && whose != 2 { social } else { "" }, count: 1 }];
    if special > 0 {
        posts.push(Post { role: "志愿者", skills: volunteer, count: special });
    }
    if members > special {
        posts.push(Post { role: "志愿者", skills: "", count: members - special });
    }
    let long = draw.chance(15) && city.has(Feature::Spans);
    let span = if long { draw.between(2, 3).min(land.periods.len() as i64) } else { 1 };
    all.long.extend((span > 1).then(|| id(k)));
    let venue = draw.chance(33) && city.has(Feature::Rooms);
    let kit = draw.chance(20) && city.has(Feature::Stocks);
    let online = extra.chance(10) && city.has(Feature::Online);
    let audience = *extra.one(&["", "", "留守儿童", "困境儿童"]);
    let min_size = extra.between(1, 3) * size / 10;
    let cap = extra.between(2, 6) * land.communities.len() as i64 / 10;
    let launch = extra.between(2, 10) * 500;
    let quality = draw.between(-5, 20);
    let id = id(k);
    let rotate = long && city.has(Feature::Rotating);
    let short = short_form(city, &mut all.requirements, &id, &posts, rotate);
    let kinds = if venue { ["活动室", "活动室;礼堂"][draw.index(2)] } else { "" };
    all.draft.row(&[
        ("id", &id),
        ("title", &format!("{first}{}", nth + 1)),
        ("services", &services),
        ("audience", if city.has(Feature::Audience) { audience } else { "" }),
        ("unit", "人次"),
        ("lead", &lead(land, draw, prefecture)),
        ("places", if online { "" } else { &places }),
        ("online", if online { "yes" } else { "" }),
        ("span", &blank(span, 1)),
        ("size", &size.to_string()),
        ("min_size", &if city.has(Feature::Least) { min_size.to_string() } else { String::new() }),
        ("max_sessions", &if city.has(Feature::Caps) { cap.max(1).to_string() } else { String::new() }),
        ("min_sessions", if city.has(Feature::Least) { "2" } else { "" }),
        ("max_per_cell", if city.has(Feature::Caps) { "2" } else { "" }),
        ("launch_cost", &if city.has(Feature::Launches) { launch.to_string() } else { String::new() }),
        ("session_cost", &if city.has(Feature::Funds) { yuan.to_string() } else { String::new() }),
        ("goods", if kit { "急救包:1" } else { "" }),
        ("staffing", &short),
        ("venue", if online { "" } else { kinds }),
        ("clearance", if clearance { *draw.one(&CLEARANCES) } else { "" }),
        ("quality", &quality.to_string()),
    ]);
    (yuan, size)
}

/// A case project: one child, one social worker, up to three months.
fn case(city: &City, land: &Land, all: &mut Projects, draw: &mut Draw, k: usize) {
    let prefecture = k % land.prefectures();
    let nth = k / land.prefectures() / TENTH;
    let service = CASES[nth % CASES.len()];
    let skill = *draw.one(&SOCIAL_SKILLS);
    let span = draw.between(1, 3).min(land.periods.len() as i64);
    all.long.extend((span > 1 && city.has(Feature::Spans)).then(|| id(k)));
    let staffing =
        if city.has(Feature::Skills) && draw.chance(75) { format!("社工[{skill}]:1") } else { "社工:1".to_owned() };
    let yuan = draw.between(2, 6) * 100;
    all.draft.row(&[
        ("id", &id(k)),
        ("title", &format!("{service}{}", nth + 1)),
        ("services", service),
        ("unit", "例"),
        ("lead", &lead(land, draw, prefecture)),
        ("places", &places(land, prefecture, nth)),
        ("span", &if city.has(Feature::Spans) { blank(span, 1) } else { String::new() }),
        ("session_cost", &if city.has(Feature::Funds) { yuan.to_string() } else { String::new() }),
        ("staffing", &staffing),
        ("quality", &draw.between(0, 20).to_string()),
    ]);
}

/// Sessions of two or three families.
fn family(city: &City, land: &Land, all: &mut Projects, draw: &mut Draw, k: usize) {
    let prefecture = k % land.prefectures();
    let nth = k / land.prefectures() / TENTH;
    let staffing = format!("社工:1; 志愿者:{}", draw.between(1, 2));
    let yuan = draw.between(2, 6) * 100;
    all.draft.row(&[
        ("id", &id(k)),
        ("title", &format!("{FAMILY}{}", nth + 1)),
        ("services", FAMILY),
        ("unit", "人次"),
        ("lead", &lead(land, draw, prefecture)),
        ("places", &places(land, prefecture, nth)),
        ("size", &draw.between(6, 10).to_string()),
        ("session_cost", &if city.has(Feature::Funds) { yuan.to_string() } else { String::new() }),
        ("staffing", &staffing),
        ("quality", &draw.between(0, 20).to_string()),
    ]);
}

/// A project that grants wishes, each paid for.
fn wish(city: &City, land: &Land, all: &mut Projects, draw: &mut Draw, k: usize) {
    let prefecture = k % land.prefectures();
    let nth = k / land.prefectures() / TENTH;
    let yuan = draw.between(5, 20) * 10;
    all.draft.row(&[
        ("id", &id(k)),
        ("title", &format!("{WISH}{}", nth + 1)),
        ("services", WISH),
        ("unit", "件"),
        ("lead", &lead(land, draw, prefecture)),
        ("places", &places(land, prefecture, nth)),
        ("size", &draw.between(2, 6).to_string()),
        ("unit_cost", &if city.has(Feature::Funds) { yuan.to_string() } else { String::new() }),
        ("staffing", &format!("志愿者:{}", draw.between(1, 2))),
        ("quality", &draw.between(0, 20).to_string()),
    ]);
}

/// The short form of posts; what it cannot say (stand-bys, turns, organisations) goes into requirements instead.
fn short_form(city: &City, requirements: &mut Draft, project: &str, posts: &[Post], rotate: bool) -> String {
    let mut short = Vec::new();
    for post in posts {
        let social = post.role == "社工";
        let reserve = city.has(Feature::Reserves) && !social;
        let own = city.has(Feature::Own) && social;
        let heavy = city.has(Feature::Loads) && social;
        let rotating = rotate && !social;
        let count = post.count.to_string();
        if reserve || own || heavy || rotating {
            requirements.row(&[
                ("project", project),
                ("role", post.role),
                ("skills", post.skills),
                ("count", &count),
                ("reserve", if reserve { "1" } else { "" }),
                ("rotate", if rotating { "yes" } else { "" }),
                ("load", if heavy { "2" } else { "" }),
                ("orgs", if own { "own" } else { "" }),
            ]);
        } else if post.skills.is_empty() {
            short.push(format!("{}:{count}", post.role));
        } else {
            short.push(format!("{}[{}]:{count}", post.role, post.skills));
        }
    }
    short.join("; ")
}

/// Where projects for cases, families and wishes are held: the first three of a kind anywhere in the prefecture, more in
/// a district each, so that a community has about as many to choose from in a large city as in a small one.
fn places(land: &Land, prefecture: usize, nth: usize) -> String {
    let districts = land.districts_of(prefecture);
    if nth < 3 { land.prefecture(prefecture) } else { land.district(districts[nth % districts.len()]) }
}

/// One of the organisations of a prefecture; see [`super::people`], where its social workers are.
fn lead(land: &Land, draw: &mut Draw, prefecture: usize) -> String {
    let districts = land.districts_of(prefecture);
    org(*draw.one(&districts), draw.between(1, 3))
}

/// The name of an organisation of a district.
pub fn org(district: usize, number: i64) -> String {
    format!("社工机构{:02}-{number}", district + 1)
}

fn id(k: usize) -> String {
    format!("P{:03}", k + 1)
}

fn blank(number: i64, default: i64) -> String {
    if number == default { String::new() } else { number.to_string() }
}
