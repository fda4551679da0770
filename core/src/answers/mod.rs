//! Answers about a plan: facts that were shown, never guesses.
//!
//! ```text
//! Case + Plan ──ground──▶ Ground ──┬─ compare, fairness, audit
//!                                  ├─ why: funnel, then a forced re-solve ──▶ impossible | outbid | tie | not proven
//!                                  ├─ spare: what the plan leaves free ──▶ recommend, repairs, gaps
//! Sheets + events ─────────────────┴─ rematch
//! ```
//!
//! Whatever says "this can be done" holds a plan that `check` has passed; whatever says "this cannot be done" or "it
//! costs so much" rests on bounds that the engine has proven. All re-solving goes through [`resolve`].

mod again;
mod around;
mod ask;
mod audit;
mod beside;
mod binds;
mod cells;
mod chain;
mod changes;
mod closed;
mod compare;
mod counts;
mod cover;
mod difference;
mod document;
mod ease;
mod emptied;
mod ending;
pub mod events;
mod fairness;
mod fewest;
mod gaps;
mod ground;
mod least;
mod mend;
mod moves;
mod overdrawn;
mod recommend;
mod rematch;
mod repairs;
mod reseat;
mod resolve;
mod schema;
mod seats;
mod spare;
mod unmeetable;
mod why;
mod worth;

pub use again::{Mended, better, mended};
pub use ask::{ask, with_text};
pub use audit::{Audit, Override, audit};
pub use changes::{Change as ListChange, Prices, changed};
pub use compare::{Comparison, Line, compare};
pub use difference::{Difference, MemberChange, NeedChange, SessionCount, difference};
pub use document::{FORMAT, document};
pub use fairness::{Fairness, GroupShare, PriceOfFairness, fairness};
pub use gaps::{Gap, Gaps, gaps, marginal_prices};
pub use ground::{Checked, Ground, Refusal};
pub use recommend::{Proposal, Recommendation, Subject, recommend};
pub use rematch::{Change, ChangeReason, LEVELS, NotPrepared, Prepared, Rematch, What, prepare, rematched};
pub use repairs::{Repair, Repairs, repairs};
pub use resolve::{Outcome, resolve};
pub use schema::schema;
pub use why::{Open, Question, Why, explain_all, why};
pub use worth::LevelChange;
