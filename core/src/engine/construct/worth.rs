//! What columns are worth by level, as construction sees it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::formulate::Formulation;
use super::super::program::{Column, Derived};
use crate::lists::PeriodId;
use crate::model::ClassId;

/// Worth of each column on each level. Concave sums (fairness steps) count with their first multiplier.
pub struct Worth {
    levels: usize,
    /// Level-major within a column.
    amounts: Vec<i64>,
    order: Vec<Vec<usize>>,
    /// In how many different circles of candidates the class of a staff column stands: classes that can do little are
    /// used first, so that the versatile stay free.
    rarity: Vec<u32>,
}

impl Worth {
    pub(super) fn new(formulation: &Formulation) -> Self {
        let program = &formulation.program;
        let levels = program.objectives.len();
        let mut amounts = vec![0i64; levels * program.columns()];
        for (level, objective) in program.objectives.iter().enumerate() {
            let of_derived = objective.by_column(program.columns());
            for (column, amount) in &objective.entries {
                amounts[column.index() * levels + level] += amount;
            }
            for derived in &program.derived {
                match derived {
                    Derived::Fill { columns, of, .. } => {
                        let first = columns.iter().map(|c| of_derived[c.index()]).max().unwrap_or(0);
                        for (column, amount) in of {
                            amounts[column.index() * levels + level] += first * amount;
                        }
                    }
                    // A session that fills a gap is held for the gap's sake, before worth is looked at.
                    Derived::Missing { .. } | Derived::Together { .. } | Derived::Sum { .. } => {}
                }
            }
        }
        let rarity = rarity(formulation);
        let mut worth = Worth { levels, amounts, order: Vec::new(), rarity };
        worth.order = formulation
            .slots
            .iter()
            .map(|slot| {
                let mut order: Vec<usize> = (0..slot.units.len()).collect();
                order.sort_by(|&a, &b| {
                    let (a_unit, b_unit) = (&slot.units[a], &slot.units[b]);
                    let (a_seats, b_seats) = (a_unit.seats * a_unit.scale, b_unit.seats * b_unit.scale);
                    let a_worth = worth.row(a_unit.column).iter().map(|w| i128::from(*w) * i128::from(b_seats));
                    let b_worth = worth.row(b_unit.column).iter().map(|w| i128::from(*w) * i128::from(a_seats));
                    b_worth.cmp(a_worth).then(a.cmp(&b))
                });
                order
            })
            .collect();
        worth
    }

    fn row(&self, column: Column) -> &[i64] {
        &self.amounts[column.index() * self.levels..(column.index() + 1) * self.levels]
    }

    /// Worth of so many steps of a column, by level.
    pub(super) fn of(&self, column: Column, steps: i64) -> Vec<i64> {
        self.row(column).iter().map(|w| w.saturating_mul(steps)).collect()
    }

    /// Adds the worth of so many steps of a column.
    pub(super) fn add(&self, sum: &mut [i64], column: Column, steps: i64) {
        for (sum, worth) in sum.iter_mut().zip(self.row(column)) {
            *sum = sum.saturating_add(worth.saturating_mul(steps));
        }
    }

    /// Worth of a list of steps, by level.
    pub(super) fn gain(&self, steps: &[(Column, i64)]) -> Vec<i64> {
        let mut sum = vec![0; self.levels];
        for (column, amount) in steps {
            self.add(&mut sum, *column, *amount);
        }
        sum
    }

    /// The units of a slot, the most valued a seat first.
    pub(super) fn order(&self, slot: usize) -> &[usize] {
        &self.order[slot]
    }

    /// See [`Worth::rarity`] (the field).
    pub(super) fn rarity(&self, column: Column) -> u32 {
        self.rarity[column.index()]
    }
}

fn rarity(formulation: &Formulation) -> Vec<u32> {
    let mut circles: BTreeMap<ClassId, BTreeSet<u64>> = BTreeMap::new();
    for slot in &formulation.slots {
        let mut candidates: BTreeMap<(usize, Option<PeriodId>), Vec<ClassId>> = BTreeMap::new();
        for staff in &slot.staff {
            candidates.entry((staff.post, staff.period)).or_default().push(staff.class);
        }
        for circle in candidates.into_values() {
            // FNV-1a: two circles that fell together would only make the order of use a little worse.
            let name = circle
                .iter()
                .flat_map(|c| c.0.to_le_bytes())
                .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            for class in circle {
                circles.entry(class).or_default().insert(name);
            }
        }
    }
    let mut rarity = vec![0u32; formulation.program.columns()];
    for staff in formulation.slots.iter().flat_map(|s| &s.staff) {
        rarity[staff.column.index()] = u32::try_from(circles[&staff.class].len()).unwrap_or(u32::MAX);
    }
    rarity
}
