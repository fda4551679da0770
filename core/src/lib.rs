//! **sandan** (三单) matches a needs list, a project list and a resource list into a plan that breaks no rule and
//! carries its proof.
//!
//! ```text
//! lists ──intake──▶ Case ──model──▶ Model ──engine──▶ Selection ──read_back──▶ Plan ──▶ export
//!                    └─────────────── check (lists + plan only) ◀───────────────┘
//! ```
//!
//! A *session* is one project held at one place, starting in one period. Needs flow into it; staff, a room, money and
//! goods hold it up; nothing flows unless the whole session stands. A plan is a list of sessions and is worth a list of
//! integers, one a *level* (must, quota, coverage, cost …), compared in order. For each level the plan says its value
//! and a *bound* that no plan can exceed, proven in integers.
//!
//! # Quick start
//!
//! ```
//! use sandan::{Flow, check::check, intake::sheets::from_json, plan::Status, solve};
//!
//! let lists = r#"{
//!     "needs":     [{"id": "N1", "place": "桂山社区", "services": "消防", "quantity": 50}],
//!     "projects":  [{"id": "P1", "services": "消防", "size": 20, "staffing": "社工:1; 志愿者:2"}],
//!     "resources": [{"id": "R1", "roles": "社工", "place": "桂山社区", "count": 2},
//!                   {"id": "R2", "roles": "志愿者", "place": "桂山社区", "count": 4}]
//! }"#;
//! // Every fault of the lists at once, with table, row, column and what to do.
//! let case = from_json(lists).understand().expect("these lists have no faults").case;
//! // The observer sees the progress and may stop the run; the best plan so far is handed out.
//! let plan = solve(&case, &mut |_progress| Flow::Continue).expect("without pins there is always a plan");
//!
//! // Two social workers, each with two of the four volunteers, hold two sessions of 20.
//! assert_eq!(plan.status, Status::Optimal);
//! assert_eq!(plan.sessions.len(), 2);
//! assert_eq!((plan.levels[2].value, plan.levels[2].bound), (40, 40));
//! assert_eq!((plan.unmet[0].need.as_str(), plan.unmet[0].units), ("N1", 10));
//!
//! // A second opinion, from the lists and the plan alone. `solve` has asked for it already.
//! assert!(check(&case, &plan).violations.is_empty());
//! println!("{}", plan.to_json());
//! ```
//!
//! # Stages
//!
//! | stage | module | in → out |
//! |---|---|---|
//! | read | [`intake::sheets`] | a folder of CSV, a workbook, a JSON document → raw tables |
//! | understand | [`intake`] | raw tables → [`lists::Case`], or every [`problem`] at once |
//! | solve | [`solve`](solve()), or [`Solver`] step by step | case → [`plan::Plan`], checked |
//! | check | [`check`](check::check) | case and any plan, ours or made by hand → violations, terms recomputed |
//! | hand out | [`export`] | plan → JSON, workbook, rota pages, calendars, summary |
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `cli` | yes | the command `sandan`, with what it needs to read arguments, show progress and hear Ctrl-C |
//! | `spreadsheets` | yes | reads and writes .xlsx |
//! | `highs` | no | points suggested by HiGHS through good_lp, judged in integers like any other; builds HiGHS from source: needs cmake, a C++ compiler and libclang |
//! | `typescript` | no | TypeScript types of what the bindings hand out |
//!
//! As a library: `sandan = { version = "0.1", default-features = false, features = ["spreadsheets"] }`. Every build
//! but one with `highs` is pure Rust; none opens a connection.
//!
//! # What holds everywhere
//!
//! * A returned plan breaks no hard constraint, whenever it was stopped: each has passed [`check`](check::check).
//! * The same case, settings and seed give the same plan, byte for byte, whatever the number of threads, the order of
//!   the rows, the platform or the binding. A run that was stopped by the observer is not the same run.
//! * Bad input is an answer, never a panic.

pub mod answers;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod conflict;
mod engine;
pub mod export;
mod fit;
pub mod intake;
pub mod lists;
mod model;
pub mod plan;
pub mod problem;
mod read_back;
mod solve;

pub use solve::{Flow, NoPlan, Phase, Progress, Solver, solve};
