use super::PeriodId;

/// A term of a plan's worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// 必须.
    Must,
    /// 配额.
    Quota,
    /// 覆盖.
    Coverage,
    /// 费用.
    Cost,
    /// 路程.
    Travel,
    /// 人次负荷.
    Turns,
    /// 变动.
    Changes,
    /// 偏好.
    Prefers,
    /// 质量.
    Quality,
}

impl Term {
    /// Every term, in the default order.
    pub const ALL: [Term; 9] = [
        Term::Must,
        Term::Quota,
        Term::Coverage,
        Term::Cost,
        Term::Travel,
        Term::Turns,
        Term::Changes,
        Term::Prefers,
        Term::Quality,
    ];

    /// The name in settings and plans.
    pub fn name(self) -> &'static str {
        match self {
            Term::Must => "must",
            Term::Quota => "quota",
            Term::Coverage => "coverage",
            Term::Cost => "cost",
            Term::Travel => "travel",
            Term::Turns => "turns",
            Term::Changes => "changes",
            Term::Prefers => "prefers",
            Term::Quality => "quality",
        }
    }

    /// The default factor on one unit of the term: a plan's level value is Σ factor × term, and losses are negative
    /// terms (`cost` is minus the fen spent, so its factor is 1).
    pub fn default_weight(self) -> i64 {
        match self {
            Term::Must | Term::Quota | Term::Coverage | Term::Cost => 1,
            Term::Travel => 50,
            Term::Turns => 100,
            Term::Changes => 10_000,
            Term::Prefers => 1_000,
            Term::Quality => 100,
        }
    }
}

/// The factor of each term (settings `weight.TERM`), all ≥ 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights([i64; 9]);

impl Default for Weights {
    fn default() -> Self {
        Weights(Term::ALL.map(Term::default_weight))
    }
}

impl Weights {
    /// The factor of a term.
    pub fn of(&self, term: Term) -> i64 {
        self.0[term as usize]
    }

    /// Replaces the factor of a term.
    pub fn set(&mut self, term: Term, factor: i64) {
        self.0[term as usize] = factor;
    }
}

/// One step `s:m` of the setting `fairness`: demand up to the share `s` of a group counts `m` times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FairnessStep {
    /// The share as an exact decimal: `share_numerator ÷ share_denominator`, between 0 and 1.
    pub share_numerator: i64,
    /// A power of ten.
    pub share_denominator: i64,
    /// How often a unit of it counts; never increases from step to step.
    pub multiplier: i64,
}

/// The table `settings 设置`, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Levels in order, each a list of terms; a term left out is not valued.
    pub levels: Vec<Vec<Term>>,
    /// The factor of each term.
    pub weights: Weights,
    /// Steps in increasing share; the last share is 1.
    pub fairness: Vec<FairnessStep>,
    /// The gap at which a level may stop, in parts per million (default 1000).
    pub gap_ppm: i64,
    /// Work limit in steps; `None` is the documented default.
    pub max_steps: Option<u64>,
    /// Wall-clock limit in milliseconds; none by default.
    pub time_limit_ms: Option<u64>,
    /// Threads; `None` is as many as the machine has.
    pub threads: Option<u32>,
    /// Seed.
    pub seed: u64,
    /// Travel speed in thousandths of km/h (default 15 000).
    pub speed_milli_kmh: i64,
    /// Default reach of projects and resources (15).
    pub reach_minutes: i64,
    /// H9 (default 1).
    pub person_per_period: i64,
    /// Sessions of `previous` that start before this period are facts.
    pub freeze_before: Option<PeriodId>,
    /// Columns that may hold identity or mobile numbers, by name as the planner wrote it.
    pub allow_columns: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        use Term::{Changes, Cost, Coverage, Must, Prefers, Quality, Quota, Travel, Turns};
        Settings {
            levels: vec![vec![Must], vec![Quota], vec![Coverage], vec![Cost, Travel, Turns, Changes, Prefers, Quality]],
            weights: Weights::default(),
            fairness: vec![FairnessStep { share_numerator: 1, share_denominator: 1, multiplier: 1 }],
            gap_ppm: 1000,
            max_steps: None,
            time_limit_ms: None,
            threads: None,
            seed: 0,
            speed_milli_kmh: 15_000,
            reach_minutes: 15,
            person_per_period: 1,
            freeze_before: None,
            allow_columns: Vec::new(),
        }
    }
}
