//! Families of programs like those that matching needs with means gives.

use super::super::LinearProgram;
use super::Random;

const NONE: f64 = f64::INFINITY;

/// Rows of small whole numbers around a point; `money` rows are in fen.
pub(super) fn anything(random: &mut Random, rows: usize, columns: usize) -> LinearProgram {
    let mut lp = LinearProgram::default();
    let mut factor = vec![1.0; rows];
    let mut activity = vec![0.0; rows];
    for factor in &mut factor {
        lp.add_row(-NONE, NONE);
        if random.happens(20) {
            *factor = random.whole(10_000, 100_000_000);
        }
    }
    for _ in 0..columns {
        let upper = random.whole(1, 9);
        let value = random.whole(0, upper as i64);
        let mut entries = Vec::new();
        for (row, factor) in factor.iter().enumerate() {
            if random.happens(25) {
                entries.push((row, random.whole(-9, 9) * factor));
            }
        }
        for &(row, entry) in &entries {
            activity[row] += entry * value;
        }
        let worth = random.whole(-50, 100);
        lp.add_column(worth, 0.0, upper, &entries);
    }
    for (row, &around) in activity.iter().enumerate() {
        match random.index(5) {
            0 => (lp.row_lower[row], lp.row_upper[row]) = (around, around),
            1 => lp.row_lower[row] = around,
            2 => (lp.row_lower[row], lp.row_upper[row]) = (around - 7.0, around + 5.0),
            _ => lp.row_upper[row] = around,
        }
    }
    lp
}

/// Each of one side to at most one of the other.
pub(super) fn assignment(random: &mut Random, left: usize, right: usize) -> LinearProgram {
    transport(random, left, right, (1, 1), 1.0)
}

/// Supplies and demands in `amounts`, each arc at most `most`.
pub(super) fn transport(
    random: &mut Random,
    left: usize,
    right: usize,
    amounts: (i64, i64),
    most: f64,
) -> LinearProgram {
    let mut lp = LinearProgram::default();
    for _ in 0..left + right {
        let amount = random.whole(amounts.0, amounts.1);
        lp.add_row(-NONE, amount);
    }
    for from in 0..left {
        for to in 0..right {
            if random.happens(50) {
                let worth = random.whole(1, 60);
                lp.add_column(worth, 0.0, most, &[(from, 1.0), (left + to, 1.0)]);
            }
        }
    }
    lp
}

/// Cover every row at least once at the least cost; very degenerate.
pub(super) fn covering(random: &mut Random, rows: usize, columns: usize) -> LinearProgram {
    let mut lp = LinearProgram::default();
    for _ in 0..rows {
        lp.add_row(1.0, NONE);
    }
    for column in 0..columns {
        let mut covered = vec![column % rows];
        for _ in 0..3 {
            covered.push(random.index(rows));
        }
        covered.sort_unstable();
        covered.dedup();
        let entries: Vec<_> = covered.into_iter().map(|row| (row, 1.0)).collect();
        let cost = random.whole(1, 4);
        lp.add_column(-cost, 0.0, 1.0, &entries);
    }
    lp
}

/// Sessions with fixed costs from one budget in fen, units tied to sessions,
/// and staff shared between the sessions of a period.
pub(super) fn sessions(random: &mut Random, places: usize, periods: usize) -> LinearProgram {
    let mut lp = LinearProgram::default();
    let budget = lp.add_row(-NONE, (places * periods) as f64 * 4_000_000.0);
    let demand: Vec<_> = (0..places)
        .map(|_| {
            let quantity = random.whole(5, 40);
            lp.add_row(-NONE, quantity)
        })
        .collect();
    for _ in 0..periods {
        let staff: Vec<_> = (0..places.div_ceil(2))
            .map(|_| {
                let count = random.whole(1, 3);
                lp.add_row(-NONE, count)
            })
            .collect();
        for place in 0..places {
            let size = random.whole(6, 20);
            let room = lp.add_row(-NONE, 0.0);
            let crew = lp.add_row(0.0, NONE);
            let mut session =
                vec![(budget, random.whole(1_000_000, 900_000_000)), (room, -size), (crew, -random.whole(1, 3))];
            for near in [place, (place + 1) % places] {
                let link = lp.add_row(-NONE, 0.0);
                session.push((link, -size));
                let worth = random.whole(1, 30);
                let fee = random.whole(0, 5_000);
                let entries = [(demand[near], 1.0), (room, 1.0), (link, 1.0), (budget, fee)];
                lp.add_column(worth, 0.0, size, &entries);
            }
            lp.add_column(-random.whole(0, 2), 0.0, 2.0, &session);
            for _ in 0..2 {
                let member = staff[random.index(staff.len())];
                lp.add_column(0.0, 0.0, 3.0, &[(member, 1.0), (crew, 1.0)]);
            }
        }
    }
    lp
}
