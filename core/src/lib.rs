//! **sandan** (三单) matches a needs list, a project list and a resource list into a plan that breaks no rule.
//!
//! ```text
//! lists ──intake──▶ Case ──model──▶ Model ──engine──▶ Selection ──read_back──▶ Plan ──▶ export
//!                    └─────────────── check (lists + plan only) ◀───────────────┘
//! ```

pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod conflict;
mod engine;
pub mod export;
mod fit;
pub mod intake;
pub mod lists;
mod model;
pub mod plan;
pub mod problem;
mod read_back;
mod solve;

pub use solve::{Flow, NoPlan, Phase, Progress, Solver, solve};
