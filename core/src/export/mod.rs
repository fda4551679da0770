//! What a plan is handed out as: workbook, rota pages, calendars, summary. (JSON is [`crate::plan::Plan::to_json`].)
//!
//! Everything here turns a case and a plan into bytes or text; only [`mod@file`] touches the disk. Nothing looks at a
//! clock: the same plan gives the same files.

pub mod account;
pub mod calendar;
mod date;
#[cfg(not(target_family = "wasm"))]
pub mod file;
mod names;
pub mod rota;
pub mod summary;
mod words;
#[cfg(feature = "spreadsheets")]
pub mod workbook;

pub use names::{Names, either, plain};
