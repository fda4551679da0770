//! What a plan is handed out as: workbook, rota pages, calendars. (JSON is [`crate::plan::Plan::to_json`].)
//! What a case is handed on as: [`case`]. All files are written whole or not at all.

pub mod case;
mod whole;

pub use whole::{write_file, write_folder};
