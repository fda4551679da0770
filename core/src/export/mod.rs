//! What a plan is handed out as: workbook, rota pages, calendars, summary. (JSON is [`crate::plan::Plan::to_json`].)
//!
//! Everything here turns a case and a plan into bytes or text; only [`mod@file`] and the writers of [`case`] touch the disk. Nothing looks at a
//! clock: the same plan gives the same files. What a case is handed on as stands in [`case`].

pub mod account;
pub mod calendar;
pub mod case;
mod date;
#[cfg(not(target_family = "wasm"))]
pub mod file;
mod names;
pub mod rota;
pub mod summary;
mod whole;
mod words;
#[cfg(feature = "spreadsheets")]
pub mod workbook;

pub use names::{Names, either, plain};
pub use whole::{write_file, write_folder};
