//! Plots of a comparison, as SVG.

use std::fmt::Write;

use super::trace::Trace;

/// Colours that can be told apart, by solver.
const COLOURS: [(&str, &str); 4] =
    [("sandan", "#c0392b"), ("highs", "#2471a3"), ("cpsat", "#229954"), ("clerk", "#7f8c8d")];
const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 240.0;
const MARGIN: f64 = 54.0;
/// Below this a gap or a time is drawn at the edge.
const LEAST: f64 = 1e-3;

/// What is drawn of a trace.
type Measure<'a> = &'a dyn Fn(&Trace) -> Option<f64>;

/// A line of a panel.
struct Line {
    solver: String,
    points: Vec<(f64, f64)>,
    /// Drawn as stairs: the value holds until the next point.
    stairs: bool,
}

/// Time, gap, memory and the distance to the best value by size, on logarithmic axes.
pub fn by_size(traces: &[Trace]) -> String {
    let best = |t: &Trace| {
        let same = traces.iter().filter(|o| (&o.case, o.size, o.seed) == (&t.case, t.size, t.seed));
        same.filter_map(|o| o.end.value).max()
    };
    let short = |t: &Trace| {
        let (best, value) = (best(t)?, t.end.value?);
        Some(100.0 * (best - value) as f64 / best.max(1) as f64)
    };
    let gap = |t: &Trace| t.gap_ppm().map(|p| p as f64 / 10_000.0);
    let panels: [(&str, Measure); 5] = [
        ("first plan, s", &|t| t.first_plan()),
        ("in all, s", &|t| Some(t.end.seconds)),
        ("own gap, %", &gap),
        ("below the best value known, %", &short),
        ("memory, MB", &|t| Some(t.end.peak_mb as f64)),
    ];
    let drawn = panels.map(|(title, of)| (format!("{title} by communities"), lines(traces, of)));
    document(&drawn)
}

/// The value over time of each case of a seed, in per cent of the best bound.
pub fn over_time(traces: &[Trace], seed: u64) -> String {
    let mut sizes: Vec<(&str, usize)> =
        traces.iter().filter(|t| t.seed == seed).map(|t| (t.case.as_str(), t.size)).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let panel = |(case, size): (&str, usize)| {
        let same: Vec<&Trace> = traces.iter().filter(|t| t.seed == seed && t.case == case && t.size == size).collect();
        let bound = same.iter().filter_map(|t| t.end.bound).min().unwrap_or(1).max(1) as f64;
        let line = |t: &&&Trace| {
            let mut points: Vec<(f64, f64)> =
                t.moments.iter().filter_map(|m| Some((m.seconds, 100.0 * (bound - m.value? as f64) / bound))).collect();
            points.extend(t.end.value.map(|v| (t.end.seconds, 100.0 * (bound - v as f64) / bound)));
            Line { solver: t.solver.clone(), points, stairs: true }
        };
        let lines = same.iter().filter(|t| t.solver != "clerk").map(|t| line(&t)).collect();
        (format!("{case}, {size} communities: % below the best bound, by seconds"), lines)
    };
    document(&sizes.into_iter().map(panel).collect::<Vec<_>>())
}

/// For each solver the medians of a measure by size.
fn lines(traces: &[Trace], of: Measure) -> Vec<Line> {
    let line = |(solver, _): &(&str, &str)| {
        let mut sizes: Vec<usize> = traces.iter().filter(|t| t.solver == *solver).map(|t| t.size).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let middle = |size: usize| {
            let mut values: Vec<f64> =
                traces.iter().filter(|t| t.solver == *solver && t.size == size).filter_map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len().checked_sub(1)? / 2).map(|v| (size as f64, *v))
        };
        Line { solver: (*solver).to_owned(), points: sizes.into_iter().filter_map(middle).collect(), stairs: false }
    };
    COLOURS.iter().map(line).collect()
}

fn document(panels: &[(String, Vec<Line>)]) -> String {
    let rows = panels.len().div_ceil(2).max(1) as f64;
    let (width, height) = (2.0 * (WIDTH + 2.0 * MARGIN), rows * (HEIGHT + 2.0 * MARGIN));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (n, (title, lines)) in panels.iter().enumerate() {
        let left = (n % 2) as f64 * (WIDTH + 2.0 * MARGIN) + MARGIN;
        let top = (n / 2) as f64 * (HEIGHT + 2.0 * MARGIN) + MARGIN;
        panel(&mut svg, (left, top), title, lines);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, (left, top): (f64, f64), title: &str, lines: &[Line]) {
    let all = || lines.iter().flat_map(|l| &l.points);
    let (x, y) = (Axis::of(all().map(|p| p.0)), Axis::of(all().map(|p| p.1)));
    let place = |p: &(f64, f64)| (left + x.at(p.0) * WIDTH, top + (1.0 - y.at(p.1)) * HEIGHT);
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"{}\" font-weight=\"bold\">{title}</text>", top - 10.0);
    let _ = writeln!(
        svg,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"none\" stroke=\"#999\"/>"
    );
    for power in x.powers() {
        let at = left + x.at(power) * WIDTH;
        let _ =
            writeln!(svg, "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{power}</text>", top + HEIGHT + 14.0);
    }
    for power in y.powers() {
        let at = top + (1.0 - y.at(power)) * HEIGHT;
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{power}</text>", left - 4.0, at + 4.0);
        let _ = writeln!(svg, "<path d=\"M{left:.1},{at:.1}h{WIDTH}\" stroke=\"#eee\"/>");
    }
    for (n, line) in lines.iter().filter(|l| !l.points.is_empty()).enumerate() {
        let colour = COLOURS.iter().find(|c| c.0 == line.solver).map_or("black", |c| c.1);
        let mut path = String::new();
        for (k, point) in line.points.iter().enumerate() {
            let (px, py) = place(point);
            let _ = match (k, line.stairs) {
                (0, _) => write!(path, "M{px:.1},{py:.1}"),
                (_, true) => write!(path, "H{px:.1}V{py:.1}"),
                (_, false) => write!(path, "L{px:.1},{py:.1}"),
            };
            if !line.stairs {
                let _ = writeln!(svg, "<circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"3\" fill=\"{colour}\"/>");
            }
        }
        let _ = writeln!(svg, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>");
        let (legend_x, legend_y) = (left + WIDTH - 58.0, top + 16.0 + 14.0 * n as f64);
        let _ = writeln!(svg, "<text x=\"{legend_x}\" y=\"{legend_y}\" fill=\"{colour}\">{}</text>", line.solver);
    }
}

/// A logarithmic axis over whole powers of ten.
struct Axis {
    low: i32,
    high: i32,
}

impl Axis {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::MAX, f64::MIN);
        for value in values {
            low = low.min(value.max(LEAST));
            high = high.max(value.max(LEAST));
        }
        if low > high {
            return Axis { low: 0, high: 1 };
        }
        let low = low.log10().floor() as i32;
        Axis { low, high: (high.log10().ceil() as i32).max(low + 1) }
    }

    /// Where a value stands, from 0 to 1.
    fn at(&self, value: f64) -> f64 {
        (value.max(LEAST).log10() - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.low..=self.high).map(|p| 10f64.powi(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{End, Moment};

    #[test]
    fn plots_are_well_formed_whatever_is_missing() {
        let end = End { end: "done".to_owned(), value: Some(9), bound: Some(10), seconds: 0.0, ..End::default() };
        let moments = vec![Moment { seconds: 0.5, value: None, bound: Some(11) }];
        let known = Trace { solver: "sandan".to_owned(), size: 10, seed: 1, moments, end, ..Trace::default() };
        let nothing = Trace { solver: "highs".to_owned(), size: 10, seed: 1, ..Trace::default() };
        for svg in [by_size(&[known.clone(), nothing.clone()]), over_time(&[known, nothing], 1), by_size(&[])] {
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}
