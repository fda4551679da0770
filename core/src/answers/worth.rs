//! Levels held against levels: which of two plans is better, and by how much.

use std::cmp::Ordering;

use serde::Serialize;

use crate::export::{either, grouped, term_value, terms};
use crate::lists::{Case, Lang};
use crate::plan::{Level, Served, Session};

/// One level before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelChange {
    /// The terms of the level.
    pub terms: Vec<String>,
    /// Its value in the plan asked about.
    pub before: i64,
    /// Its value in the other plan.
    pub after: i64,
    /// `after − before`: negative is a loss.
    pub change: i64,
}

/// The levels of two plans of the same levels, side by side; where one has fewer, as many as both have.
pub(super) fn changes(before: &[Level], after: &[Level]) -> Vec<LevelChange> {
    let pairs = before.iter().zip(after);
    pairs
        .map(|(before, after)| LevelChange {
            terms: before.terms.keys().cloned().collect(),
            before: before.value,
            after: after.value,
            change: after.value.saturating_sub(before.value),
        })
        .collect()
}

/// Σ priority × units of a session.
pub(super) fn of_session(case: &Case, session: &Session) -> i64 {
    let of = |line: &Served| {
        case.need(&line.need).map_or(0, |need| case.needs[need.index()].priority.saturating_mul(line.units))
    };
    session.needs.iter().map(of).fold(0, i64::saturating_add)
}

/// Which list of values is better: the first level that differs decides.
pub(super) fn order(a: &[Level], b: &[Level]) -> Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| a.value.cmp(&b.value));
    pairs.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Whether no plan of a case solved to `found` can be as good as `than`: on the levels above the first that falls short
/// the value is proven best and no better than `than`'s, and there even the bound falls short.
pub(super) fn surely_worse(found: &[Level], than: &[Level]) -> bool {
    for (found, than) in found.iter().zip(than) {
        if found.bound < than.value {
            return true;
        }
        if found.bound > found.value || found.value > than.value {
            return false;
        }
    }
    false
}

/// Whether every level is proven best.
pub(super) fn proven(levels: &[Level]) -> bool {
    levels.iter().all(|level| level.gap_ppm == 0)
}

/// The levels that differ, a line each with the terms that do: `第 3 级 −1：覆盖 40（按优先级加权） → 覆盖 39（按优先级加权）`.
pub(super) fn lines(before: &[Level], after: &[Level], lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    for (position, (a, b)) in before.iter().zip(after).enumerate() {
        if a.value != b.value {
            let (number, change) = (position + 1, signed(b.value.saturating_sub(a.value)));
            let after = |name: &str| b.terms.get(name).copied().unwrap_or(0);
            let differing = terms(a).filter(|(name, n)| after(name) != *n);
            let said = |(name, n)| format!("{} → {}", term_value(lang, name, n), term_value(lang, name, after(name)));
            let said = differing.map(said).collect::<Vec<_>>().join(either(lang, "；", "; "));
            out.push(match lang {
                Lang::Zh => format!("第 {number} 级 {change}：{said}"),
                Lang::En => format!("level {number} {change}: {said}"),
            });
        }
    }
    if out.is_empty() {
        out.push(either(lang, "各级都不变", "no level changes").to_owned());
    }
    out
}

/// `+3`, `−1,200`, `0`.
pub(super) fn signed(n: i64) -> String {
    let digits = grouped(n.saturating_abs());
    match n.cmp(&0) {
        Ordering::Less => format!("−{digits}"),
        Ordering::Equal => digits,
        Ordering::Greater => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(value: i64, bound: i64) -> Level {
        Level { value, bound, gap_ppm: i64::from(bound > value), ..Level::default() }
    }

    #[test]
    fn only_bounds_prove_that_something_is_worse() {
        let plan = [level(0, 0), level(10, 10), level(-5, -5)];
        assert!(surely_worse(&[level(0, 0), level(9, 9), level(0, 0)], &plan));
        assert!(!surely_worse(&[level(0, 0), level(9, 10), level(-9, 0)], &plan), "the second level is not closed");
        assert!(surely_worse(&[level(0, 0), level(10, 10), level(-9, -6)], &plan));
        assert!(!surely_worse(&[level(0, 0), level(10, 10), level(-5, -5)], &plan), "just as good");
        assert!(!surely_worse(&[level(0, 0), level(11, 11), level(-99, -98)], &plan), "better above");
        assert_eq!(order(&plan, &[level(0, 0), level(11, 11), level(-99, -98)]), Ordering::Less);
    }

    #[test]
    fn of_a_level_the_terms_that_differ_are_said() {
        let of = |cost: i64, travel: i64| {
            let terms = [("cost", cost), ("travel", travel), ("quality", 5)];
            let terms = terms.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
            [level(0, 0), Level { value: cost + travel + 5, terms, ..Level::default() }]
        };
        let said = lines(&of(-120_000, -3_000), &of(-120_000, 0), Lang::Zh);
        assert_eq!(said, ["第 2 级 +3,000：路程 3,000 分钟 → 路程 0 分钟"]);
        let said = lines(&of(-120_000, -3_000), &of(-20_000, -3_001), Lang::En);
        let both = "cost 1,200.00 yuan → cost 200.00 yuan; travel 3,000 minutes → travel 3,001 minutes";
        assert_eq!(said, [format!("level 2 +99,999: {both}")]);
        assert_eq!(lines(&of(0, 0), &of(0, 0), Lang::Zh), ["各级都不变"]);
    }
}
