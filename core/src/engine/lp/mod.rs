//! Linear programs: a bounded-variable dual simplex that starts warm.
//!
//! ```text
//! LinearProgram ──scale──▶ State (basis, values, reduced costs)
//!                            │  Dual: leave by steepest edge, enter by long step
//!                            │  Primal: takes back shifted costs
//!                            ▼
//!                          Factor: LU, updates, sparse solves
//! ```
//!
//! Every column has finite bounds, so any basis becomes dual feasible when its
//! nonbasic columns stand at the proper bound, and no first phase is needed.
//! Only + − × ÷ √ and comparisons are used: results are the same everywhere.
//! Nothing here is a proof: callers evaluate the multipliers in integers.

#![allow(dead_code, reason = "builders and added rows are used by the tests and kept for cutting planes")]

mod bound;
mod dual;
mod factor;
mod matrix;
mod primal;
mod program;
mod ratio;
mod scale;
mod simplex;
mod state;
#[cfg(test)]
mod tests;
mod vector;

pub use program::{Columns, LinearProgram};
pub use simplex::{Basis, Outcome, Simplex};
