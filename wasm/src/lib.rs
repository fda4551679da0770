//! The npm package `sandan`, native half: it wraps the Rust library, converts values and maps errors. What a page calls
//! stands in `js/`.
//!
//! ```text
//! engine.wasm   tables (JSON) ─▶ Case ─▶ Run, Rematch, answers        always loaded
//! sheets.wasm   .xlsx ─▶ tables (JSON);  tables + plan ─▶ .xlsx       loaded with the first workbook
//! ```
//!
//! The two are built from this crate by features and share nothing but the text of [`reading`].

#[cfg(feature = "engine")]
mod case;
#[cfg(feature = "engine")]
mod directory;
#[cfg(feature = "engine")]
mod edit;
mod fault;
mod reading;
#[cfg(feature = "engine")]
mod rematch;
#[cfg(feature = "engine")]
mod run;
#[cfg(feature = "sheets")]
mod sheets;
mod words;
