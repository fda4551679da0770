use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{FundAccount, Shift};
use crate::lists::{Case, Kind, PlaceId, Resource, Symbol};
use crate::plan::Plan;

/// Resource rows that are alike (kind, roles, skills and place; each fund and stock alone) and what is used of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What they are.
    pub kind: Kind,
    /// Positions of the rows in `case.resources`.
    pub rows: Vec<usize>,
    /// Members, rooms; 1 for a fund or stock.
    pub members: i64,
    /// Used: load, room-periods, fen, items.
    pub used: i64,
    /// Available over the horizon, in the same measure.
    pub available: i64,
    /// The fullest period; `None` for funds and goods and where nothing is used.
    pub peak: Option<Peak>,
}

/// How full the fullest period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peak {
    /// Position of the period.
    pub period: usize,
    /// Used in it.
    pub used: i64,
    /// Available in it.
    pub available: i64,
}

/// Rows alike in all of this are one line for a planner.
type Likeness<'a> = (Kind, &'a [Symbol], Vec<Symbol>, Option<PlaceId>, Option<usize>);

pub(super) fn usage(case: &Case, plan: &Plan, shifts: &[Shift], funds: &[FundAccount]) -> Vec<Usage> {
    let used = used_by_row_and_period(case, plan, shifts);
    let spent: BTreeMap<&str, i64> = funds.iter().map(|f| (f.fund, f.spent_fen)).collect();
    let mut drawn: BTreeMap<&str, i64> = BTreeMap::new();
    for draw in plan.sessions.iter().flat_map(|s| &s.goods) {
        let sum = drawn.entry(&draw.stock).or_default();
        *sum = sum.saturating_add(draw.n);
    }
    let mut groups: BTreeMap<Likeness, Vec<usize>> = BTreeMap::new();
    for (position, row) in case.resources.iter().enumerate() {
        groups.entry(likeness(row, position)).or_default().push(position);
    }
    let mut lines: Vec<Usage> = Vec::new();
    for rows in groups.into_values() {
        let first = &case.resources[rows[0]];
        let members = rows.iter().fold(0i64, |sum, r| sum.saturating_add(case.resources[*r].count));
        lines.push(match first.kind {
            Kind::Staff | Kind::Venue => of_time(case, rows, members, &used),
            Kind::Fund => of_stock(rows, first, spent.get(first.id.as_str())),
            Kind::Goods => of_stock(rows, first, drawn.get(first.id.as_str())),
        });
    }
    lines.sort_by_key(|line| (Reverse(Ratio(line.used, line.available)), Reverse(line.peak_ratio()), line.rows[0]));
    lines
}

impl Usage {
    /// How full the fullest period is, for comparing.
    fn peak_ratio(&self) -> Ratio {
        self.peak.map_or(Ratio(0, 1), |peak| Ratio(peak.used, peak.available))
    }
}

fn likeness(row: &Resource, position: usize) -> Likeness<'_> {
    let alone = matches!(row.kind, Kind::Fund | Kind::Goods).then_some(position);
    (row.kind, &row.roles, row.skills.iter().map(|s| s.tag).collect(), row.place, alone)
}

fn of_stock(rows: Vec<usize>, row: &Resource, used: Option<&i64>) -> Usage {
    Usage { kind: row.kind, rows, members: 1, used: used.copied().unwrap_or(0), available: row.amount, peak: None }
}

fn of_time(case: &Case, rows: Vec<usize>, members: i64, used: &BTreeMap<(usize, usize), i64>) -> Usage {
    let periods = case.periods.len();
    let mut available = 0i128;
    let mut total_used = 0i64;
    let mut by_period: BTreeMap<usize, i64> = BTreeMap::new();
    for &position in &rows {
        let row = &case.resources[position];
        let open = i128::try_from(row.periods.iter(periods).count()).expect("fewer periods than 2^127");
        let each = i128::from(row.per_period) * open;
        let limit = row.total.map_or(each, |total| each.min(i128::from(total) * longest_stay(case, row)));
        available += i128::from(row.count) * limit;
        for (&(_, period), n) in used.range((position, 0)..(position + 1, 0)) {
            total_used = total_used.saturating_add(*n);
            let sum = by_period.entry(period).or_default();
            *sum = sum.saturating_add(*n);
        }
    }
    let room = |period: usize| {
        let open = rows.iter().map(|r| &case.resources[*r]).filter(|r| r.periods.contains(period.into()));
        narrow(open.map(|r| i128::from(r.count) * i128::from(r.per_period)).sum())
    };
    let peaks = by_period.into_iter().map(|(period, used)| Peak { period, used, available: room(period) });
    let peak = peaks.max_by_key(|peak| (Ratio(peak.used, peak.available), Reverse(peak.period)));
    let kind = case.resources[rows[0]].kind;
    Usage { kind, rows, members, used: total_used, available: narrow(available), peak }
}

/// How many periods one unit of `total` can fill: a venue's total counts a span once, a member's counts every load.
fn longest_stay(case: &Case, row: &Resource) -> i128 {
    let spans = case.projects.iter().filter(|_| row.kind == Kind::Venue).map(|p| p.span);
    i128::from(spans.max().unwrap_or(1))
}

/// Load of staff and sessions of venues, by (row, period). What facts say of rows that are gone is not counted.
fn used_by_row_and_period(case: &Case, plan: &Plan, shifts: &[Shift]) -> BTreeMap<(usize, usize), i64> {
    let ranks: BTreeMap<&str, usize> = case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
    let mut used: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut add = |row: usize, period: usize, n: i64| {
        let sum = used.entry((row, period)).or_default();
        *sum = sum.saturating_add(n);
    };
    for shift in shifts {
        if let (Some(row), Some(period)) = (case.resource(shift.resource), ranks.get(shift.period)) {
            add(row.index(), *period, shift.load);
        }
    }
    for session in &plan.sessions {
        let venue = session.venue.as_deref().and_then(|v| case.resource(v));
        let (Some(row), Some(start)) = (venue, ranks.get(session.period.as_str())) else {
            continue;
        };
        let span = case.project(&session.project).map_or(1, |p| case.projects[p.index()].span);
        let span = usize::try_from(span).unwrap_or(usize::MAX);
        for period in (*start..case.periods.len()).take(span) {
            add(row.index(), period, 1);
        }
    }
    used
}

fn narrow(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// `used ÷ available`, compared exactly; nothing available and nothing used is the least, with use the greatest.
#[derive(Clone, Copy, Debug)]
struct Ratio(i64, i64);

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == std::cmp::Ordering::Equal
    }
}

impl Eq for Ratio {}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |r: &Ratio| {
            if r.1 > 0 { (i128::from(r.0), i128::from(r.1)) } else { (i128::from(r.0.min(1)), 0) }
        };
        let ((a, b), (c, d)) = (key(self), key(other));
        match (b, d) {
            (0, _) if a == 0 => {
                if d == 0 && c == 0 {
                    std::cmp::Ordering::Equal
                } else {
                    std::cmp::Ordering::Less
                }
            }
            (_, 0) if c == 0 => std::cmp::Ordering::Greater,
            _ => (a * d).cmp(&(c * b)),
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn ratios_compare_without_rounding() {
        assert!(Ratio(1, 3) < Ratio(2, 5));
        assert_eq!(Ratio(0, 0).cmp(&Ratio(0, 0)), std::cmp::Ordering::Equal);
        assert!(Ratio(0, 0) < Ratio(0, 7));
        assert!(Ratio(2, 0) > Ratio(9, 1));
        assert!(Ratio(i64::MAX, i64::MAX - 1) > Ratio(i64::MAX - 1, i64::MAX));
    }
}
