use std::collections::BTreeMap;

use crate::lists::Case;
use crate::plan::Plan;

/// One member at work in one session in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift<'a> {
    /// The staff row.
    pub resource: &'a str,
    /// The member of the row, from 1.
    pub member: i64,
    /// The period served.
    pub period: &'a str,
    /// The position of the session in the plan.
    pub session: usize,
    /// The number of the post.
    pub post: u32,
    /// The post's role.
    pub role: &'a str,
    /// Load carried; 1 where a fact names a post that the lists no longer have.
    pub load: i64,
}

/// What one member carries over the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLoad<'a> {
    /// The staff row.
    pub resource: &'a str,
    /// The member of the row, from 1.
    pub member: i64,
    /// Σ load.
    pub load: i64,
    /// Shifts: sessions × periods served.
    pub shifts: usize,
    /// Where its shifts stand in [`super::Account::shifts`].
    pub range: std::ops::Range<usize>,
}

pub(super) fn shifts<'a>(case: &'a Case, plan: &'a Plan) -> Vec<Shift<'a>> {
    let ranks: BTreeMap<&str, usize> = case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
    let mut shifts = Vec::new();
    for (position, session) in plan.sessions.iter().enumerate() {
        let project = case.project(&session.project).map(|i| &case.projects[i.index()]);
        let start = ranks.get(session.period.as_str()).copied();
        for seat in &session.staff {
            let load = project.and_then(|p| p.posts.iter().find(|post| post.number == seat.post)).map_or(1, |p| p.load);
            let shift = |period: &'a str| Shift {
                resource: &seat.resource,
                member: seat.member,
                period,
                session: position,
                post: seat.post,
                role: &seat.role,
                load,
            };
            match (&seat.period, start) {
                (Some(period), _) => shifts.push(shift(period)),
                (None, Some(start)) => {
                    let span = project.map_or(1, |p| usize::try_from(p.span).unwrap_or(usize::MAX));
                    shifts.extend(case.periods[start..].iter().take(span).map(|p| shift(&p.id)));
                }
                (None, None) => shifts.push(shift(&session.period)),
            }
        }
    }
    let rank = |period: &str| ranks.get(period).copied().unwrap_or(usize::MAX);
    shifts.sort_by(|a, b| {
        let key = |s: &Shift| (s.member, rank(s.period), s.session, s.post);
        a.resource.cmp(b.resource).then_with(|| key(a).cmp(&key(b))).then_with(|| a.period.cmp(b.period))
    });
    shifts
}

pub(super) fn by_member<'a>(shifts: &[Shift<'a>]) -> Vec<MemberLoad<'a>> {
    let mut members: Vec<MemberLoad> = Vec::new();
    for (position, shift) in shifts.iter().enumerate() {
        match members.last_mut() {
            Some(last) if last.resource == shift.resource && last.member == shift.member => {
                last.load = last.load.saturating_add(shift.load);
                last.shifts += 1;
                last.range.end = position + 1;
            }
            _ => members.push(MemberLoad {
                resource: shift.resource,
                member: shift.member,
                load: shift.load,
                shifts: 1,
                range: position..position + 1,
            }),
        }
    }
    members
}
