//! Complete teams from members that are free.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Favour, Lack, Spare, runs, seat};
use crate::fit;
use crate::lists::{PeriodId, Post, ResourceId};
use crate::model::members_of_post;
use crate::plan::Seat;

/// Members chosen so far: the post that each fills, and the load that it carries in this session by period.
#[derive(Default)]
struct Chosen {
    post: BTreeMap<(ResourceId, i64), u32>,
    load: BTreeMap<(ResourceId, i64, usize), i64>,
}

impl Spare<'_> {
    /// Fills every post, the nearest and cheapest first; what is missing is said. Minutes travelled come back.
    pub(super) fn seat(&self, cell: Cell, favour: Favour, staff: &mut Vec<Seat>, lacks: &mut Vec<Lack>) -> i64 {
        let (id, _, start) = cell;
        let project = &self.case.projects[id.index()];
        let mut chosen = Chosen::default();
        let mut minutes = 0i64;
        // Posts that ask for more skills have fewer who can fill them.
        let mut posts: Vec<&Post> = project.posts.iter().collect();
        posts.sort_by_key(|post| std::cmp::Reverse(post.skills.len()));
        for post in posts {
            let members = members_of_post(post, project.size);
            let shifts: Vec<std::ops::Range<usize>> = match post.rotate {
                true => runs(project, start).map(|period| period..period + 1).collect(),
                false => vec![runs(project, start)],
            };
            for shift in shifts {
                let mut missing = members;
                let mut present: BTreeSet<(ResourceId, i64)> = BTreeSet::new();
                let old = favour.keep.map_or(&[][..], |keep| &keep.staff);
                let old = old.iter().filter(|seat| {
                    let then = seat.period.as_deref().map(|period| self.case.period(period));
                    seat.post == post.number && then.is_none_or(|p| p.is_some_and(|p| p.index() == shift.start))
                });
                let old: Vec<(&str, i64)> = old.map(|seat| (seat.resource.as_str(), seat.member)).collect();
                let mut rows = self.qualified(cell, post, shift.clone(), favour.first);
                // Rows of the old team come first, each for as many members as it had.
                let among = |row: &ResourceId| {
                    let id = self.case.resources[row.index()].id.as_str();
                    old.iter().filter(|(known, _)| *known == id).count()
                };
                let mut turns: Vec<(ResourceId, i64, i64)> = Vec::new();
                if !old.is_empty() {
                    // Before them one member of a row that is wanted and had none.
                    let wanted = rows.iter().filter(|(row, _)| Some(*row) == favour.first && among(row) == 0);
                    turns.extend(wanted.map(|(row, way)| (*row, *way, 1)));
                    let kept = rows.iter().filter(|(row, _)| among(row) > 0);
                    turns.extend(kept.map(|(row, way)| (*row, *way, i64::try_from(among(row)).unwrap_or(0))));
                }
                turns.extend(rows.drain(..).map(|(row, way)| (row, way, i64::MAX)));
                for (row, way, mut most_of_row) in turns {
                    let most = self.case.resources[row.index()].count;
                    let id = self.case.resources[row.index()].id.as_str();
                    let first = old.iter().filter(|(known, _)| *known == id).map(|(_, member)| *member);
                    let first: Vec<i64> = first.filter(|member| *member <= most).collect();
                    for member in first.into_iter().chain(1..=most) {
                        if most_of_row == 0 {
                            break;
                        }
                        if missing == 0 {
                            break;
                        }
                        if self.is_free(row, member, post, shift.clone(), &chosen) && present.insert((row, member)) {
                            chosen.post.insert((row, member), post.number);
                            for period in shift.clone() {
                                *chosen.load.entry((row, member, period)).or_default() += post.load;
                                minutes = minutes.saturating_add(way);
                            }
                            staff.push(seat(self.case, row, member, post, post.rotate.then_some(shift.start)));
                            missing -= 1;
                            most_of_row -= 1;
                        }
                    }
                    if missing == 0 {
                        break;
                    }
                }
                if missing > 0 {
                    lacks.push(Lack::Staff {
                        cell,
                        post: post.number,
                        periods: (shift.start, shift.end),
                        members: missing,
                    });
                }
            }
        }
        minutes
    }

    /// Rows whose members may fill a post in all periods of a shift, with the minutes: wanted, then near, then cheap.
    pub fn qualified(
        &self,
        cell: Cell,
        post: &Post,
        shift: std::ops::Range<usize>,
        wanted: Option<ResourceId>,
    ) -> Vec<(ResourceId, i64)> {
        let (id, place, _) = cell;
        let (case, project) = (self.case, &self.case.projects[id.index()]);
        let rows = self.nearby.reaching(case, &self.geography, post.role, place);
        let mut found: Vec<(ResourceId, i64)> = Vec::new();
        for row in rows.iter().filter(|row| !self.barred(**row, cell)) {
            let resource = &case.resources[row.index()];
            let mut ways = shift.clone().map(|period| {
                fit::may_fill(case, &self.geography, resource, (id, project), post, place, PeriodId::from(period))
            });
            if let Some(Some(way)) = ways.next()
                && ways.all(|way| way.is_some())
            {
                found.push((*row, way));
            }
        }
        found.sort_by_key(|(row, way)| {
            let resource = &case.resources[row.index()];
            (Some(*row) != wanted, *way, resource.cost_fen, !fit::prefers(resource, id, project), *row)
        });
        found
    }

    /// Whether a member can carry the load of a post in a shift beside what the plan and this session ask of it.
    fn is_free(
        &self,
        row: ResourceId,
        member: i64,
        post: &Post,
        shift: std::ops::Range<usize>,
        chosen: &Chosen,
    ) -> bool {
        let resource = &self.case.resources[row.index()];
        if chosen.post.get(&(row, member)).is_some_and(|filled| *filled != post.number || !post.rotate) {
            return false;
        }
        let here = |period: usize| chosen.load.get(&(row, member, period)).copied().unwrap_or(0);
        if shift.clone().any(|p| here(p) > 0 || self.taken(row, member, p) + here(p) + post.load > resource.per_period)
        {
            return false;
        }
        let mine: i64 = chosen.load.range((row, member, 0)..=(row, member, usize::MAX)).map(|(_, load)| load).sum();
        let more = post.load * i64::try_from(shift.len()).unwrap_or(1);
        resource.total.is_none_or(|total| self.total.get(&(row, member)).copied().unwrap_or(0) + mine + more <= total)
    }

    /// The same beside what the plan asks of it alone.
    pub fn can_take(&self, row: ResourceId, member: i64, post: &Post, shift: std::ops::Range<usize>) -> bool {
        self.is_free(row, member, post, shift, &Chosen::default())
    }

    /// Whether a member has time for it, however little it may do over all periods.
    pub fn is_idle(&self, row: ResourceId, member: i64, post: &Post, mut shift: std::ops::Range<usize>) -> bool {
        let most = self.case.resources[row.index()].per_period;
        shift.all(|period| self.taken(row, member, period) + post.load <= most)
    }

    /// Whether members of a row lack time in a shift, and whether they lack what is left of their total: what stands in the
    /// way of the first whom only one of the two does, else of all.
    pub fn short_of(&self, row: ResourceId, post: &Post, shift: std::ops::Range<usize>) -> (bool, bool) {
        let resource = &self.case.resources[row.index()];
        let more = post.load * i64::try_from(shift.len()).unwrap_or(1);
        let short = |member: i64| {
            let used = self.total.get(&(row, member)).copied().unwrap_or(0);
            let total = resource.total.is_some_and(|total| used + more > total);
            (!self.is_idle(row, member, post, shift.clone()), total)
        };
        let mut of_each = (1..=resource.count).map(short);
        of_each.find(|(time, total)| time != total).unwrap_or((true, true))
    }

    /// How many members of a row could fill a post in a shift if they were qualified.
    pub fn free_members(&self, row: ResourceId, post: &Post, shift: std::ops::Range<usize>) -> i64 {
        let count = self.case.resources[row.index()].count;
        let free = (1..=count).filter(|member| self.can_take(row, *member, post, shift.clone())).count();
        i64::try_from(free).unwrap_or(i64::MAX)
    }

    /// Needs that are not fully served, the most urgent first.
    pub fn unmet(&self) -> Vec<crate::lists::NeedId> {
        let mut open: BTreeSet<(bool, std::cmp::Reverse<i64>, crate::lists::NeedId)> = BTreeSet::new();
        for (index, need) in self.case.needs.iter().enumerate() {
            let id = crate::lists::NeedId::from(index);
            if self.open(id) > 0 {
                open.insert((!need.must, std::cmp::Reverse(need.priority), id));
            }
        }
        open.into_iter().map(|(_, _, id)| id).collect()
    }
}
