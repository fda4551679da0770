//! Exact search on one piece: branch and bound on the linear relaxation, every bound proven in integers.

pub mod bound;
pub mod level;
pub mod settle;

pub use level::LevelSearch;
