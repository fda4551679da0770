//! The table of a comparison, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::trace::{Trace, nearly};

/// One row a case and solver: the median of its seeds, times in seconds.
///
/// *As HiGHS* is the time until the value was within 0.02 % of the one that HiGHS ended with.
pub fn table(traces: &[Trace]) -> String {
    let mut text = String::from(
        "| case | size | solver | value | bound | gap % | below % | read | first plan | to 0.5 % | to 0.1 % | as HiGHS | in all | MB | end |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut groups: BTreeMap<(&str, usize), BTreeMap<usize, Vec<&Trace>>> = BTreeMap::new();
    for trace in traces {
        let order = super::Solver::ALL.iter().position(|s| s.name() == trace.solver).unwrap_or(usize::MAX);
        groups.entry((&trace.case, trace.size)).or_default().entry(order).or_default().push(trace);
    }
    for ((case, size), solvers) in groups {
        for same in solvers.values() {
            let Some(first) = same.first() else { continue };
            let percent = |ppm: Option<i64>| ppm.map(|p| format!("{:.3}", p as f64 / 10_000.0));
            let seconds = |s: Option<f64>| s.map(|s| format!("{s:.1}"));
            let all = |of: &dyn Fn(&Trace) -> Option<f64>| median(same.iter().map(|t| of(t)).collect());
            let whole = |of: &dyn Fn(&Trace) -> Option<i64>| median(same.iter().map(|t| of(t)).collect());
            let cells = [
                whole(&|t| t.end.value).map(|v| v.to_string()),
                whole(&|t| t.end.bound).map(|b| b.to_string()),
                percent(whole(&Trace::gap_ppm)),
                percent(whole(&|t| t.end.gap_below_ppm)),
                seconds(all(&|t| Some(t.end.read_seconds).filter(|s| *s > 0.0))),
                seconds(all(&Trace::first_plan)),
                seconds(all(&|t| t.time_to_gap(5_000))),
                seconds(all(&|t| t.time_to_gap(1_000))),
                seconds(all(&|t| t.time_to_value(nearly(rival(traces, t)?)))),
                seconds(all(&|t| Some(t.end.seconds))),
                whole(&|t| Some(t.end.peak_mb as i64)).map(|mb| mb.to_string()),
                Some(first.end.end.replace('|', "/")),
            ];
            let cells: Vec<String> = cells.into_iter().map(|c| c.unwrap_or_else(|| "–".to_owned())).collect();
            let _ = writeln!(text, "| {case} | {size} | {} | {} |", first.solver, cells.join(" | "));
        }
    }
    text
}

/// The value that HiGHS ended with on the same case.
fn rival(traces: &[Trace], of: &Trace) -> Option<i64> {
    let same = |t: &&Trace| t.solver == "highs" && t.case == of.case && t.size == of.size && t.seed == of.seed;
    traces.iter().find(same).and_then(|t| t.end.value)
}

/// The middle one, the lower of two; nothing where one of them has none: it would not be a median of all.
fn median<T: PartialOrd + Copy>(values: Vec<Option<T>>) -> Option<T> {
    let mut values: Vec<T> = values.into_iter().collect::<Option<_>>()?;
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{End, Moment};

    fn trace(solver: &str, seed: u64, value: i64, seconds: f64) -> Trace {
        let end = End { end: "done".to_owned(), seconds, value: Some(value), bound: Some(1000), ..End::default() };
        let moments = vec![Moment { seconds: seconds / 2.0, value: Some(value - 1), bound: Some(1000) }];
        Trace { solver: solver.to_owned(), case: "city".to_owned(), size: 10, seed, moments, end }
    }

    #[test]
    fn rows_are_medians_and_know_the_rival() {
        let traces = [
            trace("highs", 1, 900, 8.0),
            trace("sandan", 1, 990, 2.0),
            trace("sandan", 2, 980, 4.0),
            trace("sandan", 3, 999, 6.0),
        ];
        let text = table(&traces);
        let ours = text.lines().find(|l| l.contains("sandan")).expect("a row of ours");
        assert!(ours.contains("| 990 | 1000 | 1.000 |"), "{ours}");
        let theirs = text.lines().find(|l| l.contains("highs")).expect("a row of theirs");
        // It comes within 0.02 % of itself at its end only: 899 is not within.
        assert!(theirs.contains("| 8.0 | 8.0 |"), "{theirs}");
    }

    #[test]
    fn a_median_of_nothing_is_nothing() {
        assert_eq!(median::<i64>(vec![]), None);
        assert_eq!(median(vec![Some(3), None]), None);
        assert_eq!(median(vec![Some(3), Some(1), Some(2)]), Some(2));
    }
}
