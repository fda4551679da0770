//! H5 and H7 in whole sessions: five free members serve two sessions of two, not two and a half. These rows follow from
//! those of `staff` in whole numbers only, so that a relaxation does not see them for itself.
//!
//! If sessions `s` take `m_s` members each from a set of classes that has `C` turns, then `Σ ⌊m_s/k⌋ z_s ≤ ⌊C/k⌋` for
//! every `k`. Source: Chvátal (1973).

use std::collections::{BTreeMap, BTreeSet};

use super::super::program::{Column, FREE, Keep};
use super::Draft;
use crate::lists::PeriodId;
use crate::model::{Candidate, Class, ClassId, Model, PostCandidates, members_of_post};

/// Rows for one set of classes in one period.
const ROWS_A_SET: usize = 2;

/// A post of a slot that only certain classes can fill.
struct Wish {
    held: Column,
    /// Sessions at most.
    many: i64,
    /// Turns of members that a session takes.
    turns: i64,
    load: i64,
}

/// Wishes by period (or over the horizon), by the classes that can meet them.
type Wishes = BTreeMap<Option<PeriodId>, BTreeMap<Vec<ClassId>, Vec<Wish>>>;

pub(super) fn write(draft: &mut Draft) {
    for (period, sets) in wishes(draft) {
        let mut by_first: BTreeMap<ClassId, Vec<&Vec<ClassId>>> = BTreeMap::new();
        sets.keys().for_each(|set| by_first.entry(set[0]).or_default().push(set));
        for set in sets.keys() {
            let inside: BTreeSet<ClassId> = set.iter().copied().collect();
            let within = set.iter().filter_map(|class| by_first.get(class)).flatten();
            let wishes = within.filter(|s| s.iter().all(|c| inside.contains(c))).flat_map(|s| &sets[*s]);
            pack(draft, set, period, wishes);
        }
    }
}

fn wishes(draft: &Draft) -> Wishes {
    let model = draft.model;
    let mut wishes = Wishes::new();
    for slot in &draft.slots {
        let cell = &model.cells[slot.cell];
        let project = &model.case.projects[cell.project.index()];
        for (post, candidates) in project.posts.iter().zip(&cell.posts) {
            if post.load == 0 {
                continue;
            }
            let members = members_of_post(post, project.size);
            let start = cell.start.index();
            let mut wish = |period: Option<usize>, list: &[Candidate], turns: i64| {
                let mut set: Vec<ClassId> = list.iter().map(|c| c.class).collect();
                set.sort_unstable();
                if !set.is_empty() {
                    let wish = Wish { held: slot.held, many: slot.many, turns, load: post.load };
                    wishes.entry(period.map(PeriodId::from)).or_default().entry(set).or_default().push(wish);
                }
            };
            let span = project.span as usize;
            match candidates {
                PostCandidates::Steady(list) => {
                    (start..start + span).for_each(|period| wish(Some(period), list, members));
                    if list.iter().all(|c| model.classes[c.class.index()].free_total.is_some()) {
                        wish(None, list, members.saturating_mul(project.span));
                    }
                }
                PostCandidates::Rotating(lists) => {
                    lists.iter().enumerate().for_each(|(k, list)| wish(Some(start + k), list, members));
                }
            }
        }
    }
    wishes
}

/// Writes the rows that cut off most.
fn pack<'w>(draft: &mut Draft, set: &[ClassId], period: Option<PeriodId>, wishes: impl Iterator<Item = &'w Wish>) {
    let mut sessions: BTreeMap<Column, (i64, i64)> = BTreeMap::new();
    let mut load = i64::MAX;
    for wish in wishes {
        let session = sessions.entry(wish.held).or_insert((0, wish.many));
        session.0 = session.0.saturating_add(wish.turns);
        load = load.min(wish.load);
    }
    let turns = set.iter().map(|c| turns(draft.model, *c, period, load)).fold(0, i64::saturating_add);
    let mut steps: Vec<i64> = sessions.values().map(|s| s.0).filter(|turns| *turns > 1).collect();
    steps.sort_unstable();
    steps.dedup();
    let mut rows: Vec<(i64, i64)> = steps
        .into_iter()
        .filter(|step| turns / step > 0)
        .filter_map(|step| {
            let whole = turns / step;
            let reach: i64 = sessions.values().map(|s| (s.0 / step).saturating_mul(s.1)).fold(0, i64::saturating_add);
            // Sessions that a relaxation could hold beyond these, in thousandths.
            let gained = |s: &(i64, i64)| 1_000 * turns / s.0.max(1) - 1_000 * whole / (s.0 / step).max(1);
            let best = sessions.values().filter(|s| s.0 >= step).map(gained).max()?;
            (reach > whole && best > 0).then_some((best, step))
        })
        .collect();
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(*row));
    for (_, step) in rows.into_iter().take(ROWS_A_SET) {
        let entries = sessions.iter().map(|(held, s)| (*held, s.0 / step)).filter(|e| e.1 > 0).collect();
        draft.program.row(Keep::Always, -FREE, entries, turns / step);
    }
}

/// Turns of at least a load that the members of a class have left.
fn turns(model: &Model, class: ClassId, period: Option<PeriodId>, load: i64) -> i64 {
    let class: &Class = &model.classes[class.index()];
    let free = period.map_or(class.free_total.unwrap_or(i64::MAX), |p| class.free[p.index()]);
    (free.max(0) / load).saturating_mul(class.count)
}
