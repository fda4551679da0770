//! The three lists and the tables beside them, as they stand after intake.
//!
//! A [`Case`] is validated and normalised: every reference is resolved to a typed index, every default is filled in,
//! rows of all tables but periods and requirements stand in the order of their ids (by code point), so that nothing
//! downstream can depend on the order in which a planner wrote them.
//!
//! Everything here is plain data. What the data *means* is stated twice and apart: in `fit` and `model` for the
//! engine, in `check` for the second opinion.

mod case;
mod need;
mod period;
mod place;
mod project;
mod resource;
mod rule;
mod settings;
mod symbols;
mod table;

pub use case::{Case, Fit, FitWorth, IdOrder, Pin, PinMode};
pub use need::{ItemCount, Need};
pub use period::{Period, PeriodSet};
pub use place::{Place, TravelRow};
pub use project::{Post, PostOrgs, Project, ProjectGoods};
pub use resource::{Kind, Resource, Skill};
pub use rule::{Against, PerKey, Rule, RuleKind};
pub use settings::{FairnessStep, Settings, Term, Weights};
pub use symbols::{Symbol, Symbols};
pub use table::{Lang, Table};

/// Declares a typed index into one table of a [`Case`].
macro_rules! index {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in the table, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
        impl From<usize> for $name {
            fn from(position: usize) -> Self {
                $name(u32::try_from(position).expect("tables hold at most ten million rows"))
            }
        }
    )*};
}

index! {
    /// A row of `needs`.
    NeedId,
    /// A row of `projects`.
    ProjectId,
    /// A row of `resources`.
    ResourceId,
    /// A row of `places` (given or inferred, `online` included).
    PlaceId,
    /// A row of `periods` (given or inferred), in time order.
    PeriodId,
    /// A row of `rules`.
    RuleId,
}
