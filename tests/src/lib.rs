//! The case files of `tests/cases`, as Rust runs them. Python and JavaScript have runners of their own; the format is
//! described in `tests/cases/README.md`.

mod answer;
mod case_file;
mod expectation;

pub use answer::{Answer, answer};
pub use case_file::{CaseFile, case_files, root};
pub use expectation::{Expectation, differences};
