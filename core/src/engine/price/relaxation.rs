//! Prices over one cut: what its blocks answer to them, the bound that this proves, and where the prices go from there.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::formulate::Formulation;
use super::super::program::FREE;
use super::super::search::bound::divisor;
use super::block::{Answer, Prices, Solver, use_of};
use super::cutting::Cutting;
use super::dual::{Dual, Sign};
use super::frame::{Cut, Frame};
use super::planes::{Choice, Next, TOO_LITTLE};
use super::rivals::{self, Rivals};

/// Fractional bits of a price where sums allow it.
const MOST_BITS: u32 = 32;
/// Bits that sums of a block may take.
const SUM_BITS: u32 = 58;
/// Columns priced by one task.
const CHUNK: usize = 4_096;
/// How much of the gap, a session, a choice may be worse than the best and still have a share in the average.
const SOFTNESS: f64 = 0.02;
/// A row is wide if it meets more than one block in so many; the most that are sought one by one.
const WIDE: usize = 16;
const MOST_WIDE: usize = 12;
/// How often large blocks are asked, each time for longer, before those that are not solved give way to smaller ones.
const LOOKS: u32 = 2;
/// Blocks may look longer once the linear program is dearer than this many times what they cost.
const DEARER: u64 = 2;

/// One level of a program, with what is priced in it.
pub struct Ground {
    /// The priced rows and the slots.
    pub frame: Arc<Frame>,
    /// The level's objective, by column, in units of `2^-bits`.
    objective: Vec<i64>,
    /// Fractional bits of what is worth something.
    pub bits: u32,
    divisor: i64,
    /// Limits of the loose columns, in their order: (lower, upper).
    pub(super) ends: Vec<(i64, i64)>,
    /// What a session is worth on this level, about.
    pub typical: f64,
}

/// What every column is worth after prices, in units of `2^-bits` of the objective.
pub type Net = Vec<i64>;

impl Ground {
    /// The ground of a level; `None` if its sums are too large to be priced.
    pub fn new(formulation: &Formulation, level: usize, frame: Frame, typical: f64) -> Option<Self> {
        let program = &formulation.program;
        let entries = &program.objectives[level].entries;
        let size: i128 = entries
            .iter()
            .map(|(c, a)| i128::from(a.unsigned_abs()) * i128::from(program.upper[c.index()]).max(1))
            .sum();
        let used = 128 - size.max(1).leading_zeros();
        let bits = SUM_BITS.checked_sub(used)?.min(MOST_BITS);
        let mut objective = vec![0i64; program.columns()];
        for (column, amount) in entries {
            objective[column.index()] = amount << bits;
        }
        let ends = frame.loose.iter().map(|c| (program.lower[*c as usize], program.upper[*c as usize])).collect();
        Some(Ground { frame: Arc::new(frame), objective, bits, divisor: divisor(entries), ends, typical })
    }

    /// How many units of prices are one of the objective.
    pub(super) fn unit(&self) -> f64 {
        (1u64 << self.bits) as f64
    }

    /// What a column is worth before prices.
    pub fn worth(&self, column: u32) -> f64 {
        self.objective[column as usize] as f64 / self.unit()
    }

    /// Prices as integers.
    pub fn rounded(&self, prices: &[f64]) -> Vec<i64> {
        let unit = self.unit();
        let mut rows: Vec<i64> = prices
            .iter()
            .zip(&self.frame.scale)
            .map(|(price, scale)| {
                let limit = (1u64 << 56) as f64 / scale;
                (price / scale * unit).clamp(-limit, limit).round() as i64
            })
            .collect();
        for (row, supplies) in &self.frame.balances {
            rows[*row as usize] = -supplies.iter().map(|s| rows[*s as usize]).min().unwrap_or(0);
        }
        rows
    }

    /// What every column is worth after prices; `false` if one is worth more than sums of a block can hold.
    pub fn price(&self, rows: &[i64], net: &mut Net) -> bool {
        let most = i128::from(i64::MAX >> 6);
        let sound = |(chunk, nets): (usize, &mut [i64])| {
            let mut sound = true;
            for (offset, net) in nets.iter_mut().enumerate() {
                let column = chunk * CHUNK + offset;
                let mut sum = i128::from(self.objective[column]);
                for (row, value) in self.frame.entries.of(column) {
                    sum -= i128::from(rows[*row as usize]) * i128::from(*value);
                }
                sound &= sum <= most;
                *net = sum.clamp(-most, most) as i64;
            }
            sound
        };
        net.resize(self.objective.len(), 0);
        net.par_chunks_mut(CHUNK).enumerate().map(sound).reduce(|| true, |a, b| a && b)
    }
}

/// What one round brought.
pub struct Round {
    /// No plan is worth more; `None` where sums were too large.
    pub bound: Option<i64>,
    /// Columns that were chosen, with their amounts; the blocks' only, each with its number.
    pub answers: Vec<(u32, Answer)>,
    /// How much the round counts in an average.
    pub weight: f64,
    /// Elementary operations.
    pub work: u64,
}

/// What the blocks answered to prices.
struct Reply {
    answers: Vec<(u32, Answer)>,
    /// The bound, in units of `2^-bits`.
    total: i128,
    /// What is used of each priced row.
    used: Vec<f64>,
    /// Whether all sums were small enough.
    sound: bool,
    work: u64,
}

impl Reply {
    fn bound(&self, ground: &Ground) -> Option<i64> {
        let bound = i64::try_from(self.total.div_euclid(1i128 << ground.bits)).unwrap_or(i64::MAX / 4);
        self.sound.then(|| bound.div_euclid(ground.divisor) * ground.divisor)
    }
}

/// The prices of one cut on their way.
pub struct Relaxation {
    /// The cut.
    pub cut: Arc<Cut>,
    /// The prices.
    pub dual: Dual,
    signs: Vec<Sign>,
    solvers: Vec<Solver>,
    /// Sessions chosen in the last round.
    sessions: i64,
    /// Which blocks compete at the prices of a bound.
    rivals: Option<(f64, Arc<Rivals>)>,
    /// Cutting planes, once there are some, and whether they have led as far as they can.
    cutting: Option<Box<Cutting>>,
    ended: bool,
}

impl Relaxation {
    /// Starts from given prices.
    pub fn new(frame: &Frame, cut: Cut, mut start: Vec<f64>) -> Self {
        let signs = signs(frame, &cut);
        start.iter_mut().zip(&signs).filter(|s| *s.1 == Sign::Fixed).for_each(|s| *s.0 = 0.0);
        Relaxation {
            dual: Dual::new(start, &limits(frame), &wide(frame, &cut)),
            signs,
            solvers: cut.blocks.iter().map(|_| Solver::default()).collect(),
            cut: Arc::new(cut),
            sessions: 0,
            rivals: None,
            cutting: None,
            ended: false,
        }
    }

    /// Looks at other prices too, once those it starts from have led as far as they can.
    pub fn consider(&mut self, mut others: Vec<f64>) {
        others.iter_mut().zip(&self.signs).filter(|s| *s.1 == Sign::Fixed).for_each(|s| *s.0 = 0.0);
        self.dual.consider(others);
    }

    /// One round of steps: the blocks answer the trial prices, the bound is added up, the prices move. `target` is a value near
    /// the best that there may be.
    pub fn round(&mut self, ground: &Ground, net: &mut Net, target: f64) -> Round {
        let unit = ground.unit();
        let distance = (self.dual.best() - target) * unit / self.sessions.max(1) as f64;
        let softness = if distance.is_finite() { (distance * SOFTNESS).max(0.0) as i64 } else { 1 << ground.bits };
        let rows = ground.rounded(&self.dual.trial);
        let reply = self.ask(ground, net, &rows, softness, None);
        let mut slack = vec![0.0; rows.len()];
        for (row, price) in rows.iter().enumerate().filter(|row| self.signs[row.0] != Sign::Fixed) {
            slack[row] = (ground.frame.limit(row, *price) as f64 - reply.used[row]) / ground.frame.scale[row];
        }
        let weight = self.dual.weight();
        self.dual.answer(reply.total as f64 / unit, &slack, &self.signs, ground.typical);
        Round { bound: reply.bound(ground), answers: reply.answers, weight, work: reply.work }
    }

    /// One round of cutting planes: linear programs of all regions side by side say which prices to try, and the blocks answer
    /// these. `target` is as in `round`.
    pub fn cut_round(&mut self, ground: &Ground, net: &mut Net, target: f64) -> Round {
        let mut round = Round { bound: None, answers: Vec::new(), weight: 0.0, work: 0 };
        let Some(mut cutting) = self.cutting.take() else {
            let mut cutting = Cutting::new(ground, &self.cut, &self.signs);
            let prices = self.dual.center.clone();
            self.attempt(ground, net, &mut cutting, prices, None, &mut round);
            self.cutting = Some(Box::new(cutting));
            return round;
        };
        let open = (self.dual.best() - target).max(0.0);
        let aims = cutting.aims(ground, open);
        for (number, (next, work)) in aims.into_iter().enumerate() {
            round.work += work;
            match next {
                Some(Next::Try(aim)) => {
                    let part = &cutting.parts[number];
                    let likely = open == 0.0 || part.planes.expected() < open;
                    if likely && part.solved > part.asked * DEARER {
                        self.look_longer(part.planes.blocks().iter().copied());
                    }
                    let mut prices = self.dual.center.clone();
                    aim.iter()
                        .for_each(|(row, price)| prices[*row as usize] = self.signs[*row as usize].nearest(*price));
                    if !self.attempt(ground, net, &mut cutting, prices, Some(number), &mut round) {
                        self.rest(ground, net, &mut cutting, number, &mut round);
                    }
                }
                Some(Next::Narrow) => {
                    let planes = &mut cutting.parts[number].planes;
                    planes.surround(&self.dual.center, &self.signs, ground.typical);
                }
                Some(Next::Nothing) => self.rest(ground, net, &mut cutting, number, &mut round),
                Some(Next::Unsolved) | None => {}
            }
        }
        if cutting.parts.iter().all(|part| part.rests) {
            self.ended = !self.step(ground, net, &mut cutting, open, &mut round);
        }
        self.cutting = Some(cutting);
        round
    }

    /// Asks the blocks that meet the prices of a region, or all, at a trial; whether anything came of it.
    fn attempt(
        &mut self,
        ground: &Ground,
        net: &mut Net,
        cutting: &mut Cutting,
        prices: Vec<f64>,
        region: Option<usize>,
        round: &mut Round,
    ) -> bool {
        let rows = ground.rounded(&prices);
        let reply = match region {
            Some(number) => self.ask(ground, net, &rows, 0, Some(cutting.held(number, &rows))),
            None => self.ask(ground, net, &rows, 0, None),
        };
        let total = reply.total as f64 / ground.unit();
        let gain = self.dual.best() - total;
        if let Some(bound) = reply.bound(ground) {
            round.bound = Some(round.bound.map_or(bound, |before| before.min(bound)));
        }
        round.work += reply.work;
        self.dual.trial = prices;
        let better = self.dual.take_trial(total);
        if better || cutting.fresh() {
            cutting.settle(ground, &self.dual.center, rows, &reply.answers);
        }
        let news = cutting.add(ground, reply.answers, region);
        for (number, part) in cutting.parts.iter_mut().enumerate() {
            if region == Some(number) {
                part.planes.judged(gain);
                (part.asked, part.solved) = (reply.work, 0);
            }
            if region.is_none_or(|region| region == number) {
                part.planes.surround(&self.dual.center, &self.signs, ground.typical);
            } else if better {
                part.stale = true;
            }
            part.rests &= !better;
        }
        news || better
    }

    /// Tries a price that belongs to no region, once all regions rest; `false` if there is none left.
    fn step(&mut self, ground: &Ground, net: &mut Net, cutting: &mut Cutting, open: f64, round: &mut Round) -> bool {
        let Some(number) = cutting.probe(ground.typical) else { return false };
        let (step, work) = cutting.step(ground, &self.signs, number);
        round.work += work;
        let before = self.dual.best();
        let much = open * TOO_LITTLE;
        if let Some((_, mut prices)) = step.filter(|(gain, _)| *gain > much) {
            prices.iter_mut().zip(&self.signs).for_each(|(price, sign)| *price = sign.nearest(*price));
            self.attempt(ground, net, cutting, prices, None, round);
        }
        // Whatever brings little is halved and turned round, so that this ends.
        cutting.wide[number].step *= if before - self.dual.best() > much { 2.0 } else { -0.5 };
        true
    }

    /// A region that has led as far as it can: its blocks that were given up last look longer, or it rests.
    fn rest(&mut self, ground: &Ground, net: &mut Net, cutting: &mut Cutting, number: usize, round: &mut Round) {
        if self.look_longer(cutting.parts[number].planes.blocks().iter().copied()) {
            let prices = self.dual.center.clone();
            self.attempt(ground, net, cutting, prices, Some(number), round);
        } else {
            cutting.parts[number].rests = true;
        }
    }

    /// Lets those of some blocks that were given up last look longer; whether there are any.
    fn look_longer(&mut self, blocks: impl IntoIterator<Item = u32>) -> bool {
        blocks.into_iter().fold(false, |any, block| self.solvers[block as usize].look_longer() | any)
    }

    /// Whether cutting planes have led as far as they can.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// What the blocks answer to prices, and the bound that this proves. Only those that are not held are asked, if some are.
    fn ask(
        &mut self,
        ground: &Ground,
        net: &mut Net,
        rows: &[i64],
        softness: i64,
        held: Option<&[Option<i64>]>,
    ) -> Reply {
        let frame = &ground.frame;
        let mut sound = ground.price(rows, net);
        let answers = self.answers(frame, &Prices { net, softness }, held);
        let mut total: i128 = 0;
        for bound in held.into_iter().flatten().flatten() {
            total += i128::from(*bound);
            sound &= *bound < i64::MAX / 4;
        }
        let mut used = vec![0.0f64; rows.len()];
        self.sessions = answers.iter().map(|a| a.1.sessions).sum();
        let mut work = 2 * ground.objective.len() as u64;
        for (_, answer) in &answers {
            total += i128::from(answer.bound);
            sound &= answer.bound < i64::MAX / 4;
            work += answer.work;
            for (row, amount) in &answer.activity {
                used[*row as usize] += amount;
            }
        }
        let mut ends: Vec<(u32, f64)> = Vec::new();
        for (&column, (lower, upper)) in frame.loose.iter().zip(&ground.ends) {
            let net = net[column as usize];
            let end = if net > 0 { *upper } else { *lower };
            total += i128::from(net) * i128::from(end);
            if end != 0 {
                ends.push((column, end as f64));
            }
        }
        let mut activity = Vec::new();
        use_of(frame, &ends, &mut activity);
        activity.iter().for_each(|(row, amount)| used[*row as usize] += amount);
        // What a balance row asks for is drawn from its cheapest supply.
        for (row, supplies) in &frame.balances {
            let asked = -used[*row as usize];
            if let Some(cheapest) = supplies.iter().min_by_key(|s| (rows[**s as usize], **s)) {
                used[*cheapest as usize] += asked;
            }
        }
        for (row, price) in rows.iter().enumerate().filter(|row| *row.1 != 0) {
            let limit = frame.limit(row, *price);
            sound &= limit.abs() != FREE && (*price > 0 || limit == frame.lower[row]);
            total += i128::from(*price) * i128::from(limit);
        }
        Reply { answers, total, used, sound, work }
    }

    /// Lets all blocks look as long as they may.
    pub fn look_long(&mut self) {
        self.solvers.iter_mut().for_each(Solver::look_long);
    }

    /// The best prices, and others for the rows that lie within blocks.
    pub fn prices_or(&self, others: &[f64]) -> Vec<f64> {
        let mut prices = self.dual.center.clone();
        self.cut.inside.iter().for_each(|(row, ..)| prices[*row as usize] = others[*row as usize]);
        prices
    }

    /// Which blocks cannot be solved at the prices so far even if they look a little longer.
    pub fn hard(&mut self, ground: &Ground, net: &mut Net) -> (Vec<bool>, Round) {
        let rows = ground.rounded(&self.dual.trial);
        let mut round = Round { bound: None, answers: Vec::new(), weight: 0.0, work: 0 };
        for look in 0..LOOKS {
            let reply = self.ask(ground, net, &rows, 0, None);
            round.work += reply.work;
            round.bound = round.bound.into_iter().chain(reply.bound(ground)).min();
            if look + 1 == LOOKS || !self.look_longer(0..self.solvers.len() as u32) {
                break;
            }
        }
        (self.solvers.iter().map(|solver| solver.given_up).collect(), round)
    }

    /// The cut, unless somebody else still looks at it.
    pub fn into_cut(self) -> Option<Cut> {
        Arc::into_inner(self.cut)
    }

    /// What the blocks answer, those that are held left out.
    fn answers(&mut self, frame: &Frame, prices: &Prices, held: Option<&[Option<i64>]>) -> Vec<(u32, Answer)> {
        let asked = |block: &usize| held.is_none_or(|held| held[*block].is_none());
        let blocks = self.cut.blocks.par_iter().zip(&mut self.solvers).enumerate().with_min_len(4);
        let asked = blocks.filter(|(number, _)| asked(number));
        asked.map(|(number, (block, solver))| (number as u32, solver.solve(block, frame, prices))).collect()
    }

    /// Which blocks compete at the best prices, rounded in `rows`.
    pub fn rivals(&mut self, frame: &Frame, rows: &[i64]) -> Arc<Rivals> {
        let best = self.dual.best();
        let rivals = match self.rivals.take() {
            Some((bound, rivals)) if bound == best => rivals,
            _ => Arc::new(Rivals::new(frame, &self.cut, rows)),
        };
        self.rivals = Some((best, Arc::clone(&rivals)));
        rivals
    }

    /// What each block lacks in a point to its best answer, and answers to put up in its place, each with its share: those that
    /// are best for all blocks together where cutting planes know them, else the best one by itself.
    pub fn lacks(&mut self, frame: &Frame, net: &Net, x: &[i64]) -> Vec<(i64, Vec<(u64, Choice)>)> {
        let value = |block| {
            rivals::columns_of(frame, block)
                .filter(|c| x[*c as usize] != 0)
                .fold(0i64, |sum, c| sum.saturating_add(net[c as usize].saturating_mul(x[c as usize])))
        };
        let answers = self.answers(frame, &Prices { net, softness: 0 }, None);
        let lacks: Vec<i64> = (self.cut.blocks.par_iter().zip(&answers))
            .map(|(block, (_, answer))| answer.bound.saturating_sub(value(block)))
            .collect();
        let mixture = self.cutting.as_ref().map(|cutting| cutting.mixture(self.cut.blocks.len()));
        let mut mixture = mixture.unwrap_or_default().into_iter();
        let choices = answers.into_iter().map(|(_, answer)| {
            let mut choices = mixture.next().unwrap_or_default();
            if choices.is_empty() {
                choices.push((1, answer.wishes.into()));
            }
            choices
        });
        lacks.into_iter().zip(choices).collect()
    }
}

/// Which prices each row may take.
fn signs(frame: &Frame, cut: &Cut) -> Vec<Sign> {
    let mut signs: Vec<Sign> = frame
        .lower
        .iter()
        .zip(&frame.upper)
        .map(|(lower, upper)| match (*lower == -FREE, *upper == FREE) {
            (true, false) => Sign::Positive,
            (false, true) => Sign::Negative,
            (false, false) => Sign::Free,
            (true, true) => Sign::Fixed,
        })
        .collect();
    let follow = frame.balances.iter().map(|b| b.0);
    follow.chain(cut.inside.iter().map(|i| i.0)).for_each(|row| signs[row as usize] = Sign::Fixed);
    signs
}

/// Rows that meet many blocks, directly or as the supplies of what they ask for, the widest first.
fn wide(frame: &Frame, cut: &Cut) -> Vec<usize> {
    let mut met = vec![0usize; frame.scale.len()];
    for block in &cut.blocks {
        rivals::rows_of(frame, block).iter().for_each(|row| met[*row as usize] += 1);
    }
    for (row, supplies) in &frame.balances {
        let blocks = met[*row as usize];
        supplies.iter().for_each(|supply| met[*supply as usize] += blocks);
        met[*row as usize] = 0;
    }
    let mut wide: Vec<usize> = (0..met.len()).filter(|row| met[*row] * WIDE > cut.blocks.len()).collect();
    wide.sort_by_key(|row| (std::cmp::Reverse(met[*row]), *row));
    wide.truncate(MOST_WIDE);
    wide
}

/// The limit of each row in units of its greatest coefficient; 1 for kept levels.
fn limits(frame: &Frame) -> Vec<f64> {
    (0..frame.scale.len())
        .map(|row| {
            let limit = if frame.upper[row] == FREE { frame.lower[row] } else { frame.upper[row] };
            if row >= frame.rows.len() { 1.0 } else { limit.saturating_abs() as f64 / frame.scale[row] }
        })
        .collect()
}
