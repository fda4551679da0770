//! Where the prices go: a deflected subgradient method whose steps suit each row.
//!
//! The direction is an average of what the blocks' answers left over or overdrew; each row's step is measured by how
//! far its own slack has swung of late, so that a fund of millions and a person with two free evenings can be steered
//! together. Steps grow while bounds improve and shrink while they do not.
//!
//! The prices of some rows are sought one by one as well, since in common steps they come to rest far from where they
//! belong: of the few rows that meet many blocks, funds above all, and of rows that have been overdrawn, or left unused, in
//! one round after the other.
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
/// Rounds between two probes of single rows.
const PROBES: u32 = 6;
/// Weight of the newest slack's sign in their average, and the average above which a row lags behind.
const NEWEST_SIGN: f64 = 0.1;
const LAGS: f64 = 0.9;
/// Rows that are found to lag behind, at most.
const MOST_LAGGING: usize = 24;
/// Rows of other prices that are tried one by one.
const MOST_OTHERS: usize = 4;
/// The first probe of a row, as a share of what a session is worth, and the shortest.
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
    /// The average sign of each row's slack.
    lag: Vec<f64>,
    /// Rows whose prices are also sought one by one: those that meet many blocks, such as funds, since a single one moves the
    /// bound as much as all others together, and those that were found to lag behind.
    single: [Vec<Single>; 2],
    /// Other prices, to be looked at.
    others: Option<Vec<f64>>,
    /// What the trial probes, and the trial put off for it.
    probed: Option<(Probe, Vec<f64>)>,
    best: f64,
    pace: f64,
    failures: u32,
    rounds: u32,
}

/// A row whose price is sought by itself: a step that pays is doubled, one that does not is halved and turned round.
struct Single {
    row: usize,
    /// The next step; 0 before the first.
    step: f64,
}

/// What is tried out of turn.
enum Probe {
    /// Quite other prices.
    Others,
    /// One row of those that meet many blocks (0) or lag behind (1).
    Single(usize, usize),
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
            lag: vec![0.0; start.len()],
            single: [wide.iter().map(|row| Single { row: *row, step: 0.0 }).collect(), Vec::new()],
            others: None,
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

    /// Looks at the other prices next.
    pub fn look_at_others(&mut self) {
        if let Some(others) = self.others.take() {
            self.probed = Some((Probe::Others, std::mem::replace(&mut self.trial, others)));
        }
    }

    /// Takes the trial as the best prices if its bound is better.
    pub fn take_trial(&mut self, bound: f64) -> bool {
        let better = bound < self.best;
        if better {
            self.best = bound;
            self.center.copy_from_slice(&self.trial);
        }
        better
    }

    /// Takes what the blocks answered to the trial: its bound and, by row, limit − use. `typical` is what a session is
    /// worth.
    pub fn answer(&mut self, bound: f64, slack: &[f64], signs: &[Sign], typical: f64) {
        self.rounds += 1;
        if let Some((probe, put_off)) = self.probed.take() {
            self.probe_answered(&probe, put_off, bound, signs);
            return;
        }
        let weight = self.weight();
        if self.take_trial(bound) {
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
            let sign = if *slack == 0.0 { 0.0 } else { slack.signum() };
            self.lag[row] += NEWEST_SIGN * (sign - self.lag[row]);
            self.swing[row] += SWING * (slack * slack - self.swing[row]);
            let step = unit * self.direction[row] / ((self.swing[row].sqrt() + 1e-3) * self.inertia[row]);
            let moved = self.trial[row] - step;
            self.trial[row] = signs[row].nearest(moved);
        }
        self.probe_next(signs, typical);
    }

    /// Other prices to look at later.
    pub fn consider(&mut self, others: Vec<f64>) {
        self.others = Some(others);
    }

    /// Tries something out of turn, if it is time to: by turns rows that are wide and rows that lag.
    fn probe_next(&mut self, signs: &[Sign], typical: f64) {
        if !self.rounds.is_multiple_of(PROBES) {
            return;
        }
        let turn = (self.rounds / PROBES) as usize;
        if !turn.is_multiple_of(2) || self.single[0].is_empty() {
            if let Some(row) = self.lagging(signs) {
                let step = -self.lag[row].signum() * typical * FIRST_PROBE;
                self.single[1].push(Single { row, step });
                self.probe(1, self.single[1].len() - 1, signs);
                return;
            }
            if !self.single[1].is_empty() {
                self.probe(1, turn / 2 % self.single[1].len(), signs);
                return;
            }
        }
        if !self.single[0].is_empty() {
            let number = turn % self.single[0].len();
            let step = &mut self.single[0][number].step;
            if *step == 0.0 {
                *step = typical * FIRST_PROBE;
            }
            self.probe(0, number, signs);
        }
    }

    /// The row that lags behind most of those not sought one by one yet: its slack has long had the same sign although its
    /// price could move.
    fn lagging(&self, signs: &[Sign]) -> Option<usize> {
        if self.single[1].len() >= MOST_LAGGING {
            return None;
        }
        let lags = |row: &usize| {
            let stuck = signs[*row].nearest(self.trial[*row] - self.lag[*row]) == self.trial[*row];
            self.lag[*row].abs() > LAGS && !stuck && self.single.iter().flatten().all(|single| single.row != *row)
        };
        let far = |row: &usize| self.direction[*row].abs();
        (0..self.lag.len()).filter(lags).max_by(|a, b| far(a).total_cmp(&far(b)).then(b.cmp(a)))
    }

    /// Tries the best prices with that of one row changed.
    fn probe(&mut self, kind: usize, number: usize, signs: &[Sign]) {
        let Single { row, step } = self.single[kind][number];
        let mut trial = self.center.clone();
        trial[row] = signs[row].nearest(trial[row] + step);
        self.probed = Some((Probe::Single(kind, number), std::mem::replace(&mut self.trial, trial)));
    }

    /// Takes a probe as the best prices if it pays, and takes up again what was put off for it. A row that pays is tried again
    /// at once.
    fn probe_answered(&mut self, probe: &Probe, put_off: Vec<f64>, bound: f64, signs: &[Sign]) {
        let pays = self.take_trial(bound);
        match *probe {
            Probe::Others => {
                // A few single rows of them may still be better: those that differ most.
                let away = |row: usize| (self.trial[row] - self.center[row]).abs() * self.inertia[row];
                let mut rows: Vec<usize> = (0..self.trial.len()).filter(|row| away(*row) > SHORTEST_PROBE).collect();
                rows.sort_by(|a, b| away(*b).total_cmp(&away(*a)).then(a.cmp(b)));
                for row in rows.into_iter().take(MOST_OTHERS) {
                    let step = self.trial[row] - self.center[row];
                    match self.single.iter_mut().flatten().find(|single| single.row == row) {
                        Some(single) => single.step = step,
                        None => self.single[1].push(Single { row, step }),
                    }
                }
                self.trial.copy_from_slice(&self.center);
            }
            Probe::Single(kind, number) => {
                self.trial = put_off;
                let Single { row, step } = &mut self.single[kind][number];
                if pays {
                    *step *= 2.0;
                    self.trial[*row] = self.center[*row];
                    self.probe(kind, number, signs);
                } else {
                    *step /= if step.abs() > SHORTEST_PROBE { -2.0 } else { -1.0 };
                }
            }
        }
    }
}

impl Sign {
    /// The price that may be taken nearest to one.
    pub fn nearest(self, price: f64) -> f64 {
        match self {
            Sign::Positive => price.max(0.0),
            Sign::Negative => price.min(0.0),
            Sign::Free => price,
            Sign::Fixed => 0.0,
        }
    }
}
