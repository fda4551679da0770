//! Workloads, peers and measurements of sandan: everything that a claim about speed is made of.
//!
//! | module | what |
//! |---|---|
//! | [`city`] | a seeded generator of hard cases: a year of a city, of any size |

pub mod city;
