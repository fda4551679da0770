//! sandan

pub mod engine;
