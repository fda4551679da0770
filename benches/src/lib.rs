//! Workloads, peers and measurements of sandan: everything that a claim about speed is made of.
//!
//! | module | what |
//! |---|---|
//! | [`city`] | a seeded generator of hard cases: a year of a city, of any size |
//! | [`clerk`] | the greedy rule of a clerk, to compare with |
//! | [`gap`] | the public sets of generalized assignment, as cases |
//! | [`transport`] | a plain transportation problem inside a case |
//! | [`compare`] | ours, HiGHS, CP-SAT and the clerk on the same cases, each in a process of its own |
//! | [`options`] | how commands name a city |
//! | [`run`] | one run of our engine, watched from outside |

pub mod city;
pub mod clerk;
pub mod compare;
mod draw;
pub mod gap;
pub mod options;
mod reach;
pub mod run;
pub mod transport;
