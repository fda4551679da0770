//! Where the prices go: a deflected subgradient method whose steps suit each row.
//!
//! The direction is an average of what the blocks' answers left over or overdrew; each row's step is measured by how
//! far its own slack has swung of late, so that a fund of millions and a person with two free evenings can be steered
//! together. Steps grow while bounds improve and shrink while they do not.
//!
//! The prices of the few rows that meet many blocks, funds above all, are sought one by one as well: in common steps they
//! come to rest far from where they belong.
//!
//! Sources: Camerini, Fratta & Maffioli, *On improving relaxation methods by modified gradient techniques* (1975);
//! Kingma & Ba, *Adam* (2015), for the measure of a step; Hooke & Jeeves, *Direct search* (1961), for single rows. Only + − × ÷ √ are used, in a fixed order.

/// Weight of the newest answer in the direction.
const NEWEST: f64 = 0.5;
/// Weight of the newest slack in a row's swing.
const SWING: f64 = 0.65;
/// A step, as a share of what a session is worth.
const STEP: f64 = 0.03;
/// Rounds without a better bound before steps become shorter.
const PATIENCE: u32 = 3;
/// By how much steps shrink and grow.
const SHRINK: f64 = 0.8;
const GROW: f64 = 1.05;
/// Rounds between two probes of a wide row.
const PROBES: u32 = 6;
/// The first probe of a wide row, as a share of what a session is worth, and the shortest.
const FIRST_PROBE: f64 = 0.1;
const SHORTEST_PROBE: f64 = 1e-4;
/// Steps shorter than this lead nowhere.
const SHORTEST: f64 = 0.002;

/// Prices on their way. Everything is in units of each row's greatest coefficient.
pub struct Dual {
    /// The best prices so far.
    pub center: Vec<f64>,
    /// The prices to try next.
    pub trial: Vec<f64>,
    direction: Vec<f64>,
    swing: Vec<f64>,
    /// How sluggish each row is: rows with much to give move in smaller steps.
    inertia: Vec<f64>,
    /// Rows that meet many blocks, such as funds: their prices are also sought one by one, since a single one moves the
    /// bound as much as all others together, in steps of its own.
    wide: Vec<Wide>,
    /// The wide row that the trial probes, and the trial put off for it.
    probed: Option<(usize, Vec<f64>)>,
    best: f64,
    pace: f64,
    failures: u32,
    rounds: u32,
}

/// A row whose price is sought by itself: a step that pays is doubled, one that does not is halved and turned round.
struct Wide {
    row: usize,
    /// The next step; 0 before the first.
    step: f64,
}

/// Which prices a row may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// An upper limit: ≥ 0.
    Positive,
    /// A lower limit: ≤ 0.
    Negative,
    /// Both.
    Free,
    /// Follows from others.
    Fixed,
}

/// `limit` to the power of 3/8, in operations that every platform rounds alike.
fn inertia(limit: f64) -> f64 {
    let fourth = limit.sqrt().sqrt();
    fourth * fourth.sqrt()
}

impl Dual {
    /// Starts from given prices; `limits` are those of the rows in units of their greatest coefficient, `wide` the rows that
    /// meet many blocks.
    pub fn new(start: Vec<f64>, limits: &[f64], wide: &[usize]) -> Self {
        Dual {
            direction: vec![0.0; start.len()],
            swing: vec![0.0; start.len()],
            inertia: limits.iter().map(|limit| inertia(limit.max(1.0))).collect(),
            wide: wide.iter().map(|row| Wide { row: *row, step: 0.0 }).collect(),
            probed: None,
            center: start.clone(),
            trial: start,
            best: f64::INFINITY,
            pace: 1.0,
            failures: 0,
            rounds: 0,
        }
    }

    /// The weight of the newest answer in the average of answers.
    pub fn weight(&self) -> f64 {
        if self.rounds <= 1 { 1.0 } else { NEWEST }
    }

    /// The best bound so far.
    pub fn best(&self) -> f64 {
        self.best
    }

    /// Whether steps have become too short to lead anywhere.
    pub fn settled(&self) -> bool {
        self.pace <= SHORTEST
    }

    /// Goes on in steps of another length, from the best prices.
    pub fn wake(&mut self, pace: f64) {
        self.pace = pace;
        self.trial.copy_from_slice(&self.center);
    }

    /// Takes what the blocks answered to the trial: its bound and, by row, limit − use. `typical` is what a session is
    /// worth.
    pub fn answer(&mut self, bound: f64, slack: &[f64], signs: &[Sign], typical: f64) {
        self.rounds += 1;
        if let Some((wide, put_off)) = self.probed.take() {
            let pays = self.probe_answered(wide, bound);
            self.trial = put_off;
            if pays {
                let row = self.wide[wide].row;
                self.trial[row] = self.center[row];
            }
            return;
        }
        let weight = self.weight();
        if bound < self.best {
            self.best = bound;
            self.center.copy_from_slice(&self.trial);
            self.failures = 0;
            self.pace = (self.pace * GROW).min(2.0);
        } else {
            self.failures += 1;
            if self.failures >= PATIENCE {
                self.pace = (self.pace * SHRINK).max(SHORTEST);
                self.failures = 0;
            }
        }
        let unit = typical * STEP * self.pace;
        for (row, slack) in slack.iter().enumerate() {
            self.direction[row] += weight * (slack - self.direction[row]);
            self.swing[row] += SWING * (slack * slack - self.swing[row]);
            let step = unit * self.direction[row] / ((self.swing[row].sqrt() + 1e-3) * self.inertia[row]);
            let moved = self.trial[row] - step;
            self.trial[row] = match signs[row] {
                Sign::Positive => moved.max(0.0),
                Sign::Negative => moved.min(0.0),
                Sign::Free => moved,
                Sign::Fixed => 0.0,
            };
        }
        if self.rounds.is_multiple_of(PROBES) && !self.wide.is_empty() {
            self.probe((self.rounds / PROBES) as usize % self.wide.len(), signs, typical);
        }
    }

    /// Tries the best prices with that of one wide row changed.
    fn probe(&mut self, wide: usize, signs: &[Sign], typical: f64) {
        let Wide { row, step } = &mut self.wide[wide];
        if *step == 0.0 {
            *step = typical * FIRST_PROBE;
        }
        let moved = self.center[*row] + *step;
        let moved = match signs[*row] {
            Sign::Positive => moved.max(0.0),
            Sign::Negative => moved.min(0.0),
            Sign::Free => moved,
            Sign::Fixed => return,
        };
        let mut trial = self.center.clone();
        trial[*row] = moved;
        self.probed = Some((wide, std::mem::replace(&mut self.trial, trial)));
    }

    /// Whether a probe pays: then it becomes the best prices.
    fn probe_answered(&mut self, wide: usize, bound: f64) -> bool {
        let step = &mut self.wide[wide].step;
        let pays = bound < self.best;
        if pays {
            self.best = bound;
            self.center.copy_from_slice(&self.trial);
            *step *= 2.0;
        } else {
            *step /= if step.abs() > SHORTEST_PROBE { -2.0 } else { -1.0 };
        }
        pays
    }
}
