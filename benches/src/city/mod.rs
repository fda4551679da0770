//! A seeded generator of cities: needs, projects and resources of a year, hard by default.
//!
//! ```text
//! City (size, seed, features) ──generate──▶ Sheets ──▶ one JSON document, a folder of CSV, or a case at once
//! ```
//!
//! A community has 14 need rows of 3 to 200 units and 4 families, cases or wishes. Staff is scarce in kinds (role,
//! skills, clearances, months), money and goods cover about four fifths, a fifth of the needs reach neighbours. The
//! same options and seed give the same bytes. Each table draws from a stream of its own, so that a feature more or less
//! leaves the rest as it was.

mod draft;
mod history;
mod land;
mod means;
mod needs;
mod people;
mod projects;
mod rules;
mod shapes;

use std::collections::BTreeSet;

use sandan::intake::Sheets;
use sandan::lists::Table;

use draft::Draft;
use land::Land;
pub use shapes::Shape;

/// Communities of the city that the defaults are measured by.
const WHOLE: usize = 186;

/// What to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// How many communities, ≥ 1; everything else is in proportion.
    pub communities: usize,
    /// How many months, ≥ 1.
    pub months: usize,
    /// The seed.
    pub seed: u64,
    /// How volunteers are listed.
    pub volunteers: Volunteers,
    /// One session a community and month, four organisations for each of four pilot communities.
    pub quota: bool,
    /// What the case makes use of.
    pub features: BTreeSet<Feature>,
    /// The setting `gap`, where it is not the default.
    pub gap: Option<String>,
    /// An adversarial shape to bend it into.
    pub shape: Option<Shape>,
}

/// How volunteers are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volunteers {
    /// Rows of like members.
    Teams,
    /// One row a person.
    People,
}

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal $default:literal,)+) => {
        /// Something that a case can make use of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Feature { $($(#[$doc])* $name,)+ }

        impl Feature {
            /// Every feature.
            pub const ALL: &'static [Feature] = &[$(Feature::$name,)+];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Feature::$name => $text,)+ }
            }

            /// Whether a city has it unless told otherwise.
            pub fn default(self) -> bool {
                match self { $(Feature::$name => $default,)+ }
            }
        }
    };
}

features! {
    /// Skills and clearances: without them every volunteer fits every post.
    Skills = "skills" true,
    /// Needs that reach neighbouring communities.
    Reach = "reach" true,
    /// Families, cases and wishes.
    Cases = "cases" true,
    /// Money.
    Funds = "funds" true,
    /// Sessions of two or three months.
    Spans = "spans" false,
    /// Rooms.
    Rooms = "rooms" false,
    /// Goods in stock.
    Stocks = "stocks" false,
    /// Projects that serve a second service.
    Second = "second" false,
    /// Social workers who stand at a station of their own, with a limit over the year.
    Stations = "stations" false,
    /// Part of the money tied to districts.
    Districts = "districts" false,
    /// Families who come to group activities, where sessions can no longer be counted alike.
    Families = "families" false,
    /// Limits over the year for all staff, courses and cases included: like members must be told apart.
    Totals = "totals" false,
    /// Needs that must be met.
    Must = "must" false,
    /// Needs whose units go to one project.
    OneProject = "one-project" false,
    /// Needs with a limit by period.
    PerPeriod = "per-period" false,
    /// Children with several cases.
    Person = "person" false,
    /// Projects for some children only.
    Audience = "audience" false,
    /// Posts whose members change from period to period of a span.
    Rotating = "rotating" false,
    /// Stand-bys.
    Reserves = "reserves" false,
    /// Social workers whose session takes two units of load.
    Loads = "loads" false,
    /// Social workers of the project's own organisations.
    Own = "own" false,
    /// Projects held online.
    Online = "online" false,
    /// Least numbers of units and sessions.
    Least = "least" false,
    /// Greatest numbers of sessions.
    Caps = "caps" false,
    /// Costs of launching a project.
    Launches = "launches" false,
    /// Costs of staff, in the last level.
    Costs = "costs" false,
    /// Stated preferences of social workers.
    Prefers = "prefers" false,
    /// Max rules.
    Max = "max" false,
    /// A ratio rule.
    Ratio = "ratio" false,
    /// A window rule.
    Window = "window" false,
    /// Sessions that may not be changed any more: a quarter of the horizon.
    Facts = "facts" false,
    /// Pins that ask for sessions, units and members, and forbid others.
    Pins = "pins" false,
    /// Fairness in three steps.
    Fairness = "fairness" false,
    /// A level for each term.
    Levels = "levels" false,
}

impl City {
    /// A city of this size with the features that are on by default.
    pub fn new(communities: usize, seed: u64) -> Self {
        City {
            communities,
            months: 12,
            seed,
            volunteers: Volunteers::Teams,
            quota: false,
            features: Feature::ALL.iter().copied().filter(|f| f.default()).collect(),
            gap: None,
            shape: None,
        }
    }

    fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

/// Draws the lists of a city.
pub fn generate(city: &City) -> Sheets {
    let city = &City { communities: city.communities.max(1), months: city.months.max(1), ..city.clone() };
    let land = Land::new(city.communities, city.months);
    let needs = needs::needs(city, &land);
    let projects = projects::projects(city, &land);
    let columns = [
        "id",
        "kind",
        "roles",
        "skills",
        "org",
        "place",
        "reach_minutes",
        "count",
        "periods",
        "per_period",
        "total",
        "amount",
        "projects",
        "exclude",
        "places",
        "seats",
        "cost",
        "prefers",
    ];
    let mut resources = Draft::new(Table::Resources, &columns);
    // Without `totals`, whoever is limited over the year keeps to single sessions.
    let long = if city.has(Feature::Totals) { String::new() } else { projects.long.join(";") };
    people::staff(city, &land, &long, &mut resources);
    means::means(city, &land, &needs, &projects, &mut resources);
    let drafts = [
        needs.draft,
        projects.draft,
        resources,
        land.places(city.seed),
        land.table(),
        projects.requirements,
        rules::rules(city, &land),
        rules::settings(city),
    ];
    let mut sheets = Sheets { sheets: drafts.into_iter().filter_map(Draft::finish).collect(), previous: None };
    if city.has(Feature::Facts) || city.has(Feature::Pins) {
        history::add(city, &land, &mut sheets);
    }
    if let Some(shape) = city.shape {
        shapes::bend(shape, city.months, &mut sheets);
    }
    sheets
}

/// A number of the whole prefecture in proportion to the size of a city, rounded.
fn scaled(whole: usize, communities: usize) -> usize {
    (whole * communities + WHOLE / 2) / WHOLE
}
