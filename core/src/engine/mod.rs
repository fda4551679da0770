//! Deciding.

pub mod lp;
