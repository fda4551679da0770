//! A plan read back from the workbook that sandan writes, after a planner has edited it by hand.

pub mod columns;
