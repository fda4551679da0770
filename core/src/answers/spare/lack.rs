use super::Cell;
use crate::lists::{PeriodId, PlaceId, ProjectId, Symbol};

/// What a session would need beside what is free.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::answers) enum Lack {
    /// Members for a post, from the first period to before the second.
    Staff { cell: Cell, post: u32, periods: (usize, usize), members: i64 },
    /// A room.
    Room { project: ProjectId, place: PlaceId, start: PeriodId },
    /// Fen.
    Money { project: ProjectId, place: PlaceId, start: PeriodId, fen: i64 },
    /// Items.
    Items { project: ProjectId, place: PlaceId, start: PeriodId, item: Symbol, n: i64 },
    /// A session beyond `max_sessions`.
    Sessions { project: ProjectId },
    /// A session beyond `max_per_cell`.
    PerCell { project: ProjectId },
    /// Units short of `min_size`.
    People { project: ProjectId, units: i64 },
}
