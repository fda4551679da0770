//! A report as other programs read it.

use serde::Serialize;

use super::{Difference, Report, Violation};
use crate::lists::Lang;
use crate::plan::{Level, Shortfall, Unmet};

/// A [`Report`] as other programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReportRecord {
    /// Whether no hard constraint is broken.
    pub ok: bool,
    /// Every hard constraint broken.
    pub violations: Vec<ViolationRecord>,
    /// The levels recomputed: terms and value; bound and gap are 0.
    pub levels: Vec<Level>,
    /// Unmet needs recomputed.
    pub unmet: Vec<Unmet>,
    /// Quota shortfalls recomputed.
    pub shortfalls: Vec<Shortfall>,
    /// Claims of the plan that differ from what was recomputed.
    pub differences: Vec<DifferenceRecord>,
}

/// A [`Violation`] as other programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ViolationRecord {
    /// `H1` … `H15`, `facts` or `form`.
    pub constraint: String,
    /// The session ids concerned.
    pub sessions: Vec<String>,
    /// Other ids concerned.
    pub subjects: Vec<String>,
    /// The amount found, where there is one.
    pub found: Option<i64>,
    /// The amount allowed, where there is one.
    pub allowed: Option<i64>,
    /// One line for a planner, in the language asked for.
    pub message: String,
}

/// A [`Difference`] as other programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DifferenceRecord {
    /// Where in the plan: `case`, `levels[2].value`, `unmet N40`, ….
    pub claim: String,
    /// What the plan says; blank if nothing.
    pub claimed: String,
    /// What was recomputed; blank if nothing.
    pub found: String,
    /// One line for a planner, in the language asked for.
    pub message: String,
}

impl Report {
    /// The report as a record in a language.
    pub fn record(&self, lang: Lang) -> ReportRecord {
        ReportRecord {
            ok: self.violations.is_empty(),
            violations: self.violations.iter().map(|violation| violation.record(lang)).collect(),
            levels: self.levels.clone(),
            unmet: self.unmet.clone(),
            shortfalls: self.shortfalls.clone(),
            differences: self.differences.iter().map(|difference| difference.record(lang)).collect(),
        }
    }
}

impl Difference {
    /// The difference as a record in a language.
    pub fn record(&self, lang: Lang) -> DifferenceRecord {
        DifferenceRecord {
            claim: self.claim.clone(),
            claimed: self.claimed.clone(),
            found: self.found.clone(),
            message: self.message(lang),
        }
    }
}

impl Violation {
    /// The violation as a record in a language.
    pub fn record(&self, lang: Lang) -> ViolationRecord {
        ViolationRecord {
            constraint: self.constraint.to_owned(),
            sessions: self.sessions.clone(),
            subjects: self.subjects.clone(),
            found: self.found,
            allowed: self.allowed,
            message: self.message(lang),
        }
    }
}
