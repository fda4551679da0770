//! Workloads, peers and measurements of sandan: everything that a claim about speed is made of.
//!
//! | module | what |
//! |---|---|
//! | [`city`] | a seeded generator of hard cases: a year of a city, of any size |
//! | [`clerk`] | the greedy rule of a clerk, to compare with |

pub mod city;
pub mod clerk;
