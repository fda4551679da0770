//! A plan in the words of the planner: ids as in the lists, nothing of the engine. This is what is written as
//! `sandan-plan/1`, what `check` judges, and what `previous` holds.

mod canonical;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The value of [`Plan::version`]: a build with another solver says so, since its plans may differ.
pub const VERSION: &str =
    if cfg!(feature = "highs") { concat!(env!("CARGO_PKG_VERSION"), "+highs") } else { env!("CARGO_PKG_VERSION") };

/// The value of [`Plan::format`].
pub const FORMAT: &str = "sandan-plan/1";

/// A plan, in canonical order when it comes from sandan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Plan {
    /// [`FORMAT`].
    pub format: String,
    /// SHA-256 of the normalised case, lower-case hex; blank in a plan made by hand.
    #[serde(default)]
    pub case: String,
    /// The version of sandan that made it.
    #[serde(default)]
    pub version: String,
    /// The settings in force, without threads and time limit, as written in the settings table.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// What is known about the whole.
    #[serde(default)]
    pub status: Status,
    /// One entry a level, in order.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// The sessions held.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// The launches paid.
    #[serde(default)]
    pub launches: Vec<Launch>,
    /// Needs with unserved units.
    #[serde(default)]
    pub unmet: Vec<Unmet>,
    /// Quotas missed.
    #[serde(default)]
    pub shortfalls: Vec<Shortfall>,
    /// What one more unit of each scarce thing is worth on the coverage level.
    #[serde(default)]
    pub prices: Vec<Price>,
    /// Counts of work done.
    #[serde(default)]
    pub stats: BTreeMap<String, u64>,
}

/// What is known about a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every level has gap 0.
    Optimal,
    /// Every level is within the gap asked for (must and quota: 0).
    WithinGap,
    /// Steps, time or the user ended it first.
    Stopped,
    /// Nothing has been proven: a plan made by hand.
    #[default]
    Unknown,
}

/// One level of a plan's worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Level {
    /// Unweighted terms, negative where they are losses.
    pub terms: BTreeMap<String, i64>,
    /// Σ weight × term.
    pub value: i64,
    /// No plan that equals this one on the levels above can exceed it.
    pub bound: i64,
    /// ⌈10⁶ × (bound − value) ÷ max(1, |bound|, Σ |weight × term|)⌉.
    pub gap_ppm: i64,
}

/// One project held at one place, starting in one period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Session {
    /// `S0001`, numbered in canonical order.
    #[serde(default)]
    pub id: String,
    /// The project.
    pub project: String,
    /// The place: a leaf or `online`.
    pub place: String,
    /// The start period.
    pub period: String,
    /// Who is served.
    #[serde(default)]
    pub needs: Vec<Served>,
    /// Who serves.
    #[serde(default)]
    pub staff: Vec<Seat>,
    /// The venue row, if one is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// The room of the venue row, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<i64>,
    /// What pays for it.
    #[serde(default)]
    pub funds: Vec<Payment>,
    /// What it takes from stock.
    #[serde(default)]
    pub goods: Vec<Draw>,
    /// It was in `previous` before the freeze.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fact: bool,
}

impl Session {
    /// The names of where and when it is held: project, place, start period.
    pub(crate) fn cell(&self) -> (&str, &str, &str) {
        (&self.project, &self.place, &self.period)
    }

    /// Its members, each once: the rows of staff and the numbers in them.
    pub(crate) fn members(&self) -> Vec<(&str, i64)> {
        let mut members: Vec<(&str, i64)> = self.staff.iter().map(|seat| (&*seat.resource, seat.member)).collect();
        members.sort_unstable();
        members.dedup();
        members
    }
}

/// Units of a need served in a session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Served {
    /// The need.
    pub need: String,
    /// Units, ≥ 1.
    pub units: i64,
}

/// One member in one post of a session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Seat {
    /// The staff row.
    pub resource: String,
    /// The member of the row, from 1.
    pub member: i64,
    /// The number of the post, from 1.
    pub post: u32,
    /// The post's role.
    #[serde(default)]
    pub role: String,
    /// Only for rotating posts: the period served.
    #[serde(default)]
    pub period: Option<String>,
}

/// Fen from a fund.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Payment {
    /// The fund row.
    pub fund: String,
    /// Fen, ≥ 1.
    pub fen: i64,
}

/// Items from a stock.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Draw {
    /// The goods row.
    pub stock: String,
    /// The item.
    pub item: String,
    /// How many, ≥ 1.
    pub n: i64,
}

/// The launch of a project that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Launch {
    /// The project.
    pub project: String,
    /// What pays for it.
    #[serde(default)]
    pub funds: Vec<Payment>,
    /// It was paid in `previous`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fact: bool,
}

/// A need with unserved units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Unmet {
    /// The need.
    pub need: String,
    /// Units not served, ≥ 1.
    pub units: i64,
    /// Why.
    #[serde(default)]
    pub reason: Reason,
}

/// A quota missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Shortfall {
    /// The rule.
    pub rule: String,
    /// The combination of the `per` keys: key name to id or word.
    #[serde(default)]
    pub per: BTreeMap<String, String>,
    /// How many are missing, ≥ 1.
    pub missing: i64,
    /// Why.
    #[serde(default)]
    pub reason: Reason,
}

/// Why something is not in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Reason {
    /// How many candidates are left after each stage, in order.
    #[serde(default)]
    pub funnel: Vec<FunnelStep>,
    /// The verdict.
    #[serde(default)]
    pub verdict: Verdict,
    /// `impossible`: cells of the sheets that cannot hold together with it; lifting any one makes it possible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitCell>,
    /// `impossible` with no such cell: what nobody offers, by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// `outbid` and `tie`: the change of each level if it is served all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change: Vec<i64>,
    /// `outbid` and `tie`: needs that are then served less, at most five, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead_of: Vec<String>,
}

/// A cell of a sheet that limits what can be planned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct LimitCell {
    /// The table, by its English name.
    pub table: String,
    /// The row as seen in Excel; `None` for a setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The id of the row; blank where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The column by its English name; `None` for a whole row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the cell says, defaults filled in; blank where it could be personal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// One stage of a funnel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct FunnelStep {
    /// The stage.
    pub stage: Stage,
    /// Candidates left: projects at `offers`, cells (project, place, period) from `reach` on.
    pub left: u64,
    /// Up to five names of what stood in the way where nothing is left, by code point: session ids, resource ids, ….
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

/// The stages of a funnel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Projects that offer the service to this need.
    Offers,
    /// Cells held within reach.
    Reach,
    /// … in its periods.
    Period,
    /// … with a venue.
    Venue,
    /// … with qualified staff for every post.
    Staff,
    /// … whose staff and venue are free.
    Free,
    /// … that funds and goods can pay for.
    Affordable,
    /// … that rules, pins and seats leave open.
    Rules,
}

/// The verdict of an explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Explanation was not asked for.
    #[default]
    NotExamined,
    /// No plan serves it.
    Impossible,
    /// Every plan that serves it is worth less.
    Outbid,
    /// Another plan serves it and is worth the same.
    Tie,
    /// The work ran out before it was known.
    NotProven,
}

/// What one more unit of a scarce thing is worth on the coverage level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Price {
    /// What: `staff`, `venue`, `fund` or `goods`.
    pub kind: String,
    /// Resource rows that are alike, by id.
    pub resources: Vec<String>,
    /// Where, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Worth on the coverage level, in thousandths.
    pub worth_milli: i64,
}

impl Plan {
    /// A plan without sessions.
    pub fn empty() -> Self {
        Plan {
            format: FORMAT.to_owned(),
            case: String::new(),
            version: VERSION.to_owned(),
            settings: BTreeMap::new(),
            status: Status::Unknown,
            levels: Vec::new(),
            sessions: Vec::new(),
            launches: Vec::new(),
            unmet: Vec::new(),
            shortfalls: Vec::new(),
            prices: Vec::new(),
            stats: BTreeMap::new(),
        }
    }
}
