//! Decides: an integer program of the model, and what solves it. Below `formulate` there are only columns and rows.

pub mod formulate;
pub mod lp;
pub mod program;
