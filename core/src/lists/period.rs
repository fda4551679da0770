use std::sync::Arc;

use super::{PeriodId, Symbol};

/// One row of `periods 时段`; row order is time order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// 编号, unique.
    pub id: String,
    /// 名称, blank if none.
    pub title: String,
    /// Row as the planner sees it; 0 for an inferred period.
    pub row: u32,
    /// 开始, ISO 8601 as normalised text (`2025-07-01` or `2025-07-01T09:30`), blank if none.
    pub start: String,
    /// 结束 (exclusive), likewise.
    pub end: String,
    /// 主题: services.
    pub theme: Arc<[Symbol]>,
    /// 标签: (kind, value); a tag without a kind (`暑期`) has its own text as value and no kind.
    pub tags: Arc<[(Option<Symbol>, Symbol)]>,
}

/// A set of periods; "all" is a set of its own that needs no list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PeriodSet {
    /// One bit a period, 64 a word; `None` is every period.
    words: Option<Arc<[u64]>>,
}

impl PeriodSet {
    /// Every period.
    pub fn all() -> Self {
        PeriodSet { words: None }
    }

    /// Just these periods.
    pub fn of(periods: &[PeriodId]) -> Self {
        let length = periods.iter().map(|p| p.index() / 64 + 1).max().unwrap_or(0);
        let mut words = vec![0u64; length];
        for period in periods {
            words[period.index() / 64] |= 1 << (period.index() % 64);
        }
        PeriodSet { words: Some(words.into()) }
    }

    /// Whether the period is in the set.
    pub fn contains(&self, period: PeriodId) -> bool {
        match &self.words {
            None => true,
            Some(words) => words.get(period.index() / 64).is_some_and(|w| w >> (period.index() % 64) & 1 == 1),
        }
    }

    /// Whether the column was left blank (every period).
    pub fn is_all(&self) -> bool {
        self.words.is_none()
    }

    /// The members among the first `count` periods, in time order.
    pub fn iter(&self, count: usize) -> impl Iterator<Item = PeriodId> + '_ {
        (0..count).map(PeriodId::from).filter(|p| self.contains(*p))
    }
}
