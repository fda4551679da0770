//! Cutting planes of all regions, and what the blocks have at the best prices.

use std::sync::Arc;

use rayon::prelude::*;

use super::block::Answer;
use super::dual::Sign;
use super::frame::{Cut, Frame};
use super::planes::{Choice, Next, Planes, limit};
use super::regions::{Region, regions};
use super::relaxation::Ground;

/// Rows of a region at most; in tests so few that small cases have several.
const MOST_ROWS: usize = if cfg!(test) { 12 } else { 12_000 };
/// The first step of a price that belongs to no region, as a share of what a session is worth, and the shortest.
const FIRST_STEP: f64 = 0.02;
const SHORTEST_STEP: f64 = 5e-4;

/// Cutting planes of all regions.
pub struct Cutting {
    pub parts: Vec<Part>,
    /// Rows that belong to no region: their prices are sought one by one.
    pub wide: Vec<Single>,
    /// Which of these was tried last.
    turn: usize,
    /// The best prices, those of balances spelt out; the same in integers; what each block has there at most, and what its
    /// answer is worth.
    prices: Vec<f64>,
    rows: Vec<i64>,
    bounds: Vec<i64>,
    worth: Vec<i64>,
    held: Vec<Option<i64>>,
}

/// A region under way.
pub struct Part {
    pub planes: Planes,
    /// Whether prices that are not sought here have changed.
    pub stale: bool,
    /// Whether it has led as far as it can for now.
    pub rests: bool,
    /// Work in the blocks when they were asked last, and in the linear program since.
    pub asked: u64,
    pub solved: u64,
}

/// A row whose price is sought by itself, and the next step.
#[derive(Clone, Copy)]
pub struct Single {
    pub row: usize,
    pub step: f64,
}

impl Cutting {
    /// No planes yet.
    pub fn new(ground: &Ground, cut: &Cut, signs: &[Sign]) -> Self {
        let worth = |column: u32| ground.worth(column);
        let (regions, wide) = regions(&ground.frame, cut, signs, MOST_ROWS);
        let mut counted = vec![false; cut.blocks.len()];
        let mut part = |region: Region| Part {
            planes: {
                let new = |block: &u32| !std::mem::replace(&mut counted[*block as usize], true);
                let counts = region.blocks.iter().copied().filter(new).collect();
                Planes::new(&ground.frame, signs, region, counts, &worth, &ground.ends)
            },
            stale: true,
            rests: false,
            asked: 0,
            solved: 0,
        };
        let wide = wide.into_iter().map(|row| row as usize).filter(|row| signs[*row] != Sign::Fixed);
        Cutting {
            parts: regions.into_iter().map(&mut part).collect(),
            wide: wide.map(|row| Single { row, step: ground.typical * FIRST_STEP }).collect(),
            turn: 0,
            prices: Vec::new(),
            rows: Vec::new(),
            bounds: vec![0; cut.blocks.len()],
            worth: vec![0; cut.blocks.len()],
            held: vec![None; cut.blocks.len()],
        }
    }

    /// Whether nothing has been asked yet.
    pub fn fresh(&self) -> bool {
        self.prices.is_empty()
    }

    /// What the linear program of each region that does not rest says, and its elementary operations. `open` lies between the
    /// best bound and the best value.
    pub fn aims(&mut self, ground: &Ground, open: f64) -> Vec<(Option<Next>, u64)> {
        let worth = self.worth(ground);
        let (prices, share) = (&self.prices, open / self.parts.len().max(1) as f64);
        let aim = |part: &mut Part| {
            if part.rests {
                return (None, 0);
            }
            if std::mem::take(&mut part.stale) {
                part.planes.stand(prices);
            }
            let (next, work) = part.planes.next(prices, &worth, share);
            part.solved += work;
            (Some(next), work)
        };
        self.parts.par_iter_mut().map(aim).collect()
    }

    /// What the blocks have that meet no price of a region, so that they need not be asked at a trial; they are all to be asked if
    /// the trial is of other prices too.
    pub fn held(&mut self, number: usize, rows: &[i64]) -> &[Option<i64>] {
        let planes = &self.parts[number].planes;
        self.held.clear();
        if rows.iter().zip(&self.rows).enumerate().all(|(row, (new, old))| new == old || planes.seeks(row)) {
            self.held.extend(self.bounds.iter().map(|bound| Some(*bound)));
            planes.blocks().iter().for_each(|block| self.held[*block as usize] = None);
        } else {
            self.held.resize(self.bounds.len(), None);
        }
        &self.held
    }

    /// Takes over better prices, and what those blocks have there that were asked.
    pub fn settle(&mut self, ground: &Ground, prices: &[f64], rows: Vec<i64>, answers: &[(u32, Answer)]) {
        self.prices = spelt_out(&ground.frame, prices);
        self.rows = rows;
        for (block, answer) in answers {
            self.bounds[*block as usize] = answer.bound;
            self.worth[*block as usize] = answer.worth;
        }
    }

    /// Adds what blocks have answered to all regions that they meet; whether this is news to a region, or to any.
    pub fn add(&mut self, ground: &Ground, answers: Vec<(u32, Answer)>, region: Option<usize>) -> bool {
        let worth = |(column, amount): &(u32, f64)| ground.worth(*column) * amount;
        let mut news = false;
        for (block, mut answer) in answers {
            let value = answer.chosen.iter().map(worth).sum();
            let choice: Choice = std::mem::take(&mut answer.wishes).into();
            for (number, part) in self.parts.iter_mut().enumerate() {
                let new = part.planes.add(block as usize, &answer, &choice, value, &self.prices);
                news |= new && region.is_none_or(|region| region == number);
            }
        }
        news
    }

    /// The next price to try of those that belong to no region; `None` if all of them have come to rest.
    pub fn probe(&mut self, typical: f64) -> Option<usize> {
        self.turn += 1;
        let shortest = typical * SHORTEST_STEP;
        let mut in_turn = (0..self.wide.len()).map(|next| (self.turn + next) % self.wide.len());
        in_turn.find(|number| self.wide[*number].step.abs() > shortest)
    }

    /// A step of a price that belongs to no region, with the prices of all regions that are best then, and what this brings if
    /// the planes tell all; `None` if that cannot be said. Returns also the work.
    pub fn step(&mut self, ground: &Ground, signs: &[Sign], number: usize) -> (Option<(f64, Vec<f64>)>, u64) {
        let Single { row, step } = self.wide[number];
        let mut prices = self.prices.clone();
        prices[row] = signs[row].nearest(prices[row] + step);
        let other = spelt_out(&ground.frame, &prices);
        let (here, worth) = (&self.prices, self.worth(ground));
        let moved = prices[row] - here[row];
        let limit = limit(&ground.frame, signs[row], row, false).unwrap_or(0) as f64 / ground.frame.scale[row];
        let mut gain = if moved == 0.0 { None } else { Some(-limit * moved) };
        let look = |part: &mut Part| {
            part.stale = true;
            part.planes.elsewhere(here, &worth, &other)
        };
        let looks: Vec<_> = self.parts.par_iter_mut().map(look).collect();
        let work = looks.iter().map(|look| look.1).sum();
        for (look, _) in looks {
            gain = gain.zip(look.as_ref()).map(|(gain, (more, _))| gain + more);
            look.into_iter().flat_map(|look| look.1).for_each(|(row, price)| prices[row as usize] = price);
        }
        (gain.map(|gain| (gain, prices)), work)
    }

    fn worth(&self, ground: &Ground) -> Vec<f64> {
        self.worth.iter().map(|worth| *worth as f64 / ground.unit()).collect()
    }

    /// The answers whose mixture is best for all blocks together, by block, each with its share in thousandths.
    pub fn mixture(&self, blocks: usize) -> Vec<Vec<(u64, Choice)>> {
        let mut mixture: Vec<Vec<(u64, Choice)>> = vec![Vec::new(); blocks];
        for part in &self.parts {
            for (block, share, choice) in part.planes.mixture() {
                mixture[block as usize].push((share, Arc::clone(choice)));
            }
        }
        mixture
    }
}

/// Prices with those of balances, which are what their cheapest supplies cost.
fn spelt_out(frame: &Frame, prices: &[f64]) -> Vec<f64> {
    let mut prices = prices.to_vec();
    for (balance, supplies) in &frame.balances {
        let cost = |row: &u32| prices[*row as usize] / frame.scale[*row as usize];
        let least = supplies.iter().map(cost).fold(f64::INFINITY, f64::min);
        prices[*balance as usize] = if supplies.is_empty() { 0.0 } else { -least * frame.scale[*balance as usize] };
    }
    prices
}
