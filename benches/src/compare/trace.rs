//! What one solver did on one case: lines of JSON from its process, and what they tell.

use serde::{Deserialize, Serialize};

/// A moment at which value or bound of the coverage level had changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// Since the start of the solver.
    pub seconds: f64,
    /// The best value so far.
    pub value: Option<i64>,
    /// The bound so far.
    pub bound: Option<i64>,
}

/// How a process ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Its last word.
    pub end: String,
    /// All in all.
    pub seconds: f64,
    /// The value of the coverage level.
    pub value: Option<i64>,
    /// Its bound.
    pub bound: Option<i64>,
    /// The most memory that it held, in MB.
    #[serde(default)]
    pub peak_mb: u64,
    /// Until there was a plan to hand out; where it is not told, the first moment with a value.
    #[serde(default)]
    pub first_plan: Option<f64>,
    /// Reading and understanding, before the start.
    #[serde(default)]
    pub read_seconds: f64,
    /// The gap of the level below coverage, in parts per million.
    #[serde(default)]
    pub gap_below_ppm: Option<i64>,
    /// Missing quotas, as the value of their level.
    #[serde(default)]
    pub quota: Option<i64>,
}

/// One solver on one case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// `sandan`, `highs`, `cpsat` or `clerk`.
    pub solver: String,
    /// The case in words, without its size: features, shape, kind of volunteers.
    pub case: String,
    /// Communities.
    pub size: usize,
    /// The seed of the case.
    pub seed: u64,
    /// What changed when.
    pub moments: Vec<Moment>,
    /// How it ended.
    pub end: End,
}

impl Trace {
    /// Reads what a process wrote; `failed` stands for its end where it has not told one.
    pub fn hear(&mut self, output: &str, failed: &str) {
        self.end.end = failed.to_owned();
        for line in output.lines() {
            if let Ok(end) = serde_json::from_str::<End>(line) {
                self.end = end;
            } else if let Ok(moment) = serde_json::from_str::<Moment>(line) {
                self.moments.push(moment);
                self.end.value = moment.value;
                self.end.bound = moment.bound;
                self.end.seconds = moment.seconds;
            }
        }
    }

    /// Until there was a plan.
    pub fn first_plan(&self) -> Option<f64> {
        self.end.first_plan.or_else(|| self.moments.iter().find(|m| m.value.is_some()).map(|m| m.seconds))
    }

    /// Until its own gap was at most so many parts per million.
    pub fn time_to_gap(&self, ppm: i64) -> Option<f64> {
        let within = |value, bound| gap_ppm(value, bound).is_some_and(|gap| gap <= ppm);
        let moment = self.moments.iter().find(|m| within(m.value, m.bound)).map(|m| m.seconds);
        moment.or_else(|| within(self.end.value, self.end.bound).then_some(self.end.seconds))
    }

    /// Until its value was at least this.
    pub fn time_to_value(&self, value: i64) -> Option<f64> {
        let moment = self.moments.iter().find(|m| m.value.is_some_and(|v| v >= value)).map(|m| m.seconds);
        moment.or_else(|| self.end.value.is_some_and(|v| v >= value).then_some(self.end.seconds))
    }

    /// The gap at the end in parts per million.
    pub fn gap_ppm(&self) -> Option<i64> {
        gap_ppm(self.end.value, self.end.bound)
    }
}

fn gap_ppm(value: Option<i64>, bound: Option<i64>) -> Option<i64> {
    let (value, bound) = (value?, bound?);
    let distance = (i128::from(bound) - i128::from(value)).max(0) * 1_000_000;
    let scale = i128::from(bound).abs().max(1);
    i64::try_from((distance + scale - 1) / scale).ok()
}

/// The value within 0.02 % of another.
pub fn nearly(value: i64) -> i64 {
    value - value / 5_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_read_from_lines_and_tells_times() {
        let mut trace = Trace::default();
        trace.hear(
            "noise\n{\"seconds\": 1.0, \"value\": null, \"bound\": 110}\n{\"seconds\": 2.0, \"value\": 90, \"bound\": 100}\n\
             {\"end\": \"done\", \"seconds\": 3.0, \"value\": 100, \"bound\": 100, \"peak_mb\": 7}\n",
            "failed",
        );
        assert_eq!((trace.moments.len(), trace.end.end.as_str(), trace.end.peak_mb), (2, "done", 7));
        assert_eq!(
            (trace.first_plan(), trace.time_to_gap(100_000), trace.time_to_gap(0)),
            (Some(2.0), Some(2.0), Some(3.0))
        );
        assert_eq!((trace.time_to_value(95), trace.gap_ppm(), nearly(10_000)), (Some(3.0), Some(0), 9_998));
    }

    #[test]
    fn a_process_that_dies_keeps_what_it_had_told() {
        let mut trace = Trace::default();
        trace.hear("{\"seconds\": 2.0, \"value\": 90, \"bound\": 100}\n", "out of memory");
        assert_eq!((trace.end.end.as_str(), trace.end.value, trace.end.seconds), ("out of memory", Some(90), 2.0));
    }
}
