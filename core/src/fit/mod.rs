//! May it, and what is it worth: one rule of the contract a file, asked by the model while it lays out cells and edges.
//!
//! Unknown is never "yes": a missing skill, clearance, travel time or validity means not eligible.

mod geography;
mod hosting;
mod nearby;
mod offering;
mod staffing;
mod supplying;

pub use geography::Geography;
pub use hosting::{may_host, needs_room, places_of_project, start_periods};
pub use nearby::Nearby;
pub use offering::{FitIndex, Offering, index as fit_index, may_serve};
pub use staffing::{holds, may_fill, may_work_for, prefers};
pub use supplying::{may_launch, may_supply};

/// Whether two sorted lists share an element.
pub(crate) fn share<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}
