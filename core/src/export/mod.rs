//! What a plan is handed out as: workbook, rota pages, calendars, summary, model (JSON is [`crate::plan::Plan::to_json`]).
//! What a case is handed on as: [`case`]. All files are written whole or not at all.
//!
//! Everything here turns a case and a plan into bytes or text; only [`write_file`] and [`write_folder`] touch the disk.
//! Nothing looks at a clock: the same plan gives the same files.

pub mod account;
pub mod calendar;
pub mod case;
mod date;
mod limits;
pub mod mps;
mod names;
pub mod rota;
pub mod summary;
mod whole;
mod words;
#[cfg(feature = "spreadsheets")]
pub mod workbook;

pub(crate) use limits::{limit_cell, limit_lines};
pub use names::{Names, either, plain};
pub(crate) use names::{grouped, percent, yuan};
pub use whole::{write_file, write_folder};
pub(crate) use words::{combination, counted, funnel, stopped_by, term_value, terms};
pub use words::{
    gap as describe_gap, level as describe_level, reason as describe_reason, reason_funnel as funnel_of,
    shortfall_cell as describe_shortfall, units_of as describe_units,
};
