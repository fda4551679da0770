//! sandan
