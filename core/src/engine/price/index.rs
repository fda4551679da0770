//! Where columns and rows stand in slots, blocks and groups: what a rebuilding looks up at every step.

use super::super::formulate::Formulation;
use super::super::program::Column;
use super::frame::Cut;
use super::rebuild::Spot;

/// Says that there is none.
const NONE: u32 = u32::MAX;

/// Look-ups by column, row and slot.
pub(super) struct Index {
    /// By column: its position among the units, staff or rooms of its slot.
    position: Vec<u32>,
    /// By row: the flow group that it balances.
    balances: Vec<u32>,
    /// By slot: where it stands in the cut.
    spots: Vec<Option<Spot>>,
    /// By column: its slot.
    slots: Vec<u32>,
    /// By column of what a rule lacks: its position in the program's derived columns.
    missing: Vec<u32>,
    /// Indicators with the columns that raise them, sorted.
    raising: Vec<(Column, Column)>,
}

impl Index {
    /// Looks at everything once.
    pub(super) fn new(formulation: &Formulation, cut: &Cut) -> Self {
        let program = &formulation.program;
        let mut index = Index {
            position: vec![0; program.columns()],
            balances: vec![NONE; program.rows()],
            spots: vec![None; formulation.slots.len()],
            slots: vec![NONE; program.columns()],
            missing: vec![NONE; program.columns()],
            raising: program.links.iter().map(|(column, indicator)| (*indicator, *column)).collect(),
        };
        index.raising.sort_unstable();
        for (group, row) in formulation.groups.iter().enumerate().filter_map(|(g, group)| Some((g, group.row?))) {
            index.balances[row.index()] = group as u32;
        }
        for (number, slot) in formulation.slots.iter().enumerate() {
            let units = slot.units.iter().map(|u| u.column);
            let others = slot.staff.iter().map(|s| s.column).chain(slot.rooms.iter().map(|r| r.1));
            units.chain(others).chain([slot.held]).for_each(|c| index.slots[c.index()] = number as u32);
            slot.units.iter().enumerate().for_each(|(i, u)| index.position[u.column.index()] = i as u32);
            slot.staff.iter().enumerate().for_each(|(i, s)| index.position[s.column.index()] = i as u32);
            slot.rooms.iter().enumerate().for_each(|(i, r)| index.position[r.1.index()] = i as u32);
        }
        for (b, block) in cut.blocks.iter().enumerate() {
            for (t, kind) in block.types.iter().enumerate() {
                for &slot in &kind.slots {
                    index.spots[slot as usize] = Some(Spot { block: b as u32, of_type: t as u32, slot });
                }
            }
        }
        program.missing().for_each(|(at, column)| index.missing[column.index()] = at as u32);
        index
    }

    /// The position of a column among the units, staff or rooms of its slot.
    pub(super) fn position(&self, column: u32) -> usize {
        self.position[column as usize] as usize
    }

    /// The flow group that a row balances, by its position in the formulation.
    pub(super) fn group(&self, row: u32) -> Option<usize> {
        Some(self.balances[row as usize]).filter(|g| *g != NONE).map(|g| g as usize)
    }

    /// Where a slot stands in the cut.
    pub(super) fn spot(&self, slot: usize) -> Option<Spot> {
        self.spots[slot]
    }

    /// Where slots stand in the cut, slot by slot.
    pub(super) fn spots(&self) -> impl Iterator<Item = Spot> + '_ {
        self.spots.iter().copied().flatten()
    }

    /// The derived column, by its position in the program, if the column is what a rule lacks.
    pub(super) fn missing(&self, column: u32) -> Option<usize> {
        Some(self.missing[column as usize]).filter(|d| *d != NONE).map(|d| d as usize)
    }

    /// Where the slot of a column stands in the cut.
    pub(super) fn spot_of(&self, column: Column) -> Option<Spot> {
        Some(self.slots[column.index()]).filter(|s| *s != NONE).and_then(|slot| self.spots[slot as usize])
    }

    /// The slots whose sessions raise a column: one of their own, or an indicator.
    pub(super) fn slots_behind(&self, column: Column) -> impl Iterator<Item = Spot> + '_ {
        let from = self.raising.partition_point(|r| r.0 < column);
        let raising = self.raising[from..].iter().take_while(move |r| r.0 == column).map(|r| r.1);
        std::iter::once(column).chain(raising).filter_map(|c| self.spot_of(c))
    }
}
