//! The npm package `sandan`, native half: it wraps the Rust library, converts values and maps errors. What a page calls
//! stands in `js/`.

mod case;
mod fault;
mod run;
