//! H5 posts, H7 load, H8 rooms: members of classes in posts, rooms of classes under sessions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::program::{Column, FREE, Keep, Role};
use super::{Draft, StaffColumn};
use crate::fit;
use crate::lists::{PeriodId, Term};
use crate::model::{Candidate, ClassId, PostCandidates, members_of_post};

/// What columns ask of classes: (column, load) by class and period, and over the horizon.
#[derive(Default)]
struct Asked {
    by_period: BTreeMap<(ClassId, PeriodId), Vec<(Column, i64)>>,
    in_all: BTreeMap<ClassId, Vec<(Column, i64)>>,
    loads: BTreeMap<ClassId, Vec<i64>>,
}

pub(super) fn write(draft: &mut Draft) {
    let mut asked = Asked::default();
    for slot in 0..draft.slots.len() {
        posts(draft, slot, &mut asked);
        rooms(draft, slot, &mut asked);
    }
    let model = draft.model;
    for ((class_id, period), mut entries) in asked.by_period {
        let class = &model.classes[class_id.index()];
        if class.exhausting {
            // Whoever serves over several periods has no turn left for any other.
            let inside: BTreeSet<Column> = entries.iter().map(|e| e.0).collect();
            let long = asked.in_all[&class_id].iter().filter(|e| asked.loads[&class_id] != [e.1]);
            entries.extend(long.filter(|e| !inside.contains(&e.0)).map(|e| (e.0, asked.loads[&class_id][0])));
        }
        let free = whole_turns(class.free[period.index()], &asked.loads[&class_id]);
        draft.program.row(Keep::Always, -FREE, entries, free.saturating_mul(class.count));
    }
    for (class_id, mut entries) in asked.in_all {
        let class = &model.classes[class_id.index()];
        if let Some(total) = class.free_total {
            let free = whole_turns(total, &asked.loads[&class_id]);
            if class.exhausting {
                let turn = asked.loads[&class_id][0];
                entries.iter_mut().filter(|e| e.1 != turn).for_each(|e| e.1 = free);
            }
            draft.program.row(Keep::Always, -FREE, entries, free.saturating_mul(class.count));
        }
    }
}

/// What a member can really carry where every turn has the same load.
fn whole_turns(free: i64, loads: &[i64]) -> i64 {
    match loads {
        [load] => free / load * load,
        _ => free,
    }
}

fn posts(draft: &mut Draft, index: usize, asked: &mut Asked) {
    let model = draft.model;
    let case = model.case;
    let cell = &model.cells[draft.slots[index].cell];
    let (held, many) = (draft.slots[index].held, draft.slots[index].many);
    let project = &case.projects[cell.project.index()];
    // For each class (and period): the columns by which its members are in a session.
    let mut present: BTreeMap<(ClassId, Option<PeriodId>), Vec<Column>> = BTreeMap::new();
    for (position, (post, candidates)) in project.posts.iter().zip(&cell.posts).enumerate() {
        let members = members_of_post(post, project.size);
        let lists: Vec<(Option<PeriodId>, &[Candidate])> = match candidates {
            PostCandidates::Steady(list) => vec![(None, list)],
            PostCandidates::Rotating(lists) => {
                let start = cell.start.index();
                lists.iter().enumerate().map(|(k, l)| (Some(PeriodId::from(start + k)), l.as_slice())).collect()
            }
        };
        let mut once: BTreeMap<ClassId, Vec<Column>> = BTreeMap::new();
        for (period, list) in lists {
            let mut filled = vec![(held, -members)];
            for candidate in list {
                let class = &model.classes[candidate.class.index()];
                let most = members.min(class.count);
                if most == 0 {
                    continue;
                }
                let column = draft.program.column(Role::Staff, 0, most.saturating_mul(many));
                draft.program.row(Keep::Always, -FREE, vec![(column, 1), (held, -most)], 0);
                filled.push((column, 1));
                let (load, count) = (post.load, class.count);
                draft.slots[index].exact &= class.exact;
                let staff = StaffColumn { post: position, class: candidate.class, period, column, load, count };
                draft.slots[index].staff.push(staff);
                let periods = match period {
                    Some(period) => period.index()..period.index() + 1,
                    None => cell.start.index()..cell.start.index() + project.span as usize,
                };
                let turns = periods.len() as i64;
                if post.load > 0 {
                    for period in periods {
                        let key = (candidate.class, PeriodId::from(period));
                        asked.by_period.entry(key).or_default().push((column, post.load));
                    }
                    asked.in_all.entry(candidate.class).or_default().push((column, post.load * turns));
                    let loads = asked.loads.entry(candidate.class).or_default();
                    if !loads.contains(&post.load) {
                        loads.push(post.load);
                    }
                }
                let row = &case.resources[class.resource.index()];
                draft.value(Term::Cost, column, -row.cost_fen * post.load * turns);
                draft.value(Term::Travel, column, -candidate.minutes * turns);
                draft.value(Term::Turns, column, -post.load * turns);
                if period.is_none() {
                    present.entry((candidate.class, None)).or_default().push(column);
                    if !fit::prefers(row, cell.project, project) {
                        draft.value(Term::Prefers, column, -1);
                    }
                } else if class.count == 1 {
                    once.entry(candidate.class).or_default().push(column);
                } else {
                    present.entry((candidate.class, period)).or_default().push(column);
                }
            }
            draft.program.row(Keep::Always, 0, filled, 0);
        }
        // One member in a rotating post: whether it is in the session at all.
        for (class_id, columns) in once {
            let row = &case.resources[model.classes[class_id.index()].resource.index()];
            let there = draft.program.column(Role::Indicator, 0, 1);
            let mut least = vec![(there, 1)];
            for column in columns {
                draft.program.links.push((column, there));
                draft.program.row(Keep::Always, -FREE, vec![(column, 1), (there, -1)], 0);
                least.push((column, -1));
            }
            draft.program.row(Keep::AtEnd, -FREE, least, 0);
            draft.program.row(Keep::Always, -FREE, vec![(there, 1), (held, -1)], 0);
            if !fit::prefers(row, cell.project, project) {
                draft.value(Term::Prefers, there, -1);
            }
            present.entry((class_id, None)).or_default().push(there);
        }
    }
    // A member fills one post of a session.
    for ((class_id, _), columns) in present {
        if columns.len() > 1 {
            let mut entries: Vec<(Column, i64)> = columns.into_iter().map(|c| (c, 1)).collect();
            entries.push((held, -model.classes[class_id.index()].count));
            draft.program.row(Keep::Always, -FREE, entries, 0);
        }
    }
}

fn rooms(draft: &mut Draft, index: usize, asked: &mut Asked) {
    let model = draft.model;
    let cell = &model.cells[draft.slots[index].cell];
    let project = &model.case.projects[cell.project.index()];
    if !crate::fit::needs_room(project) {
        return;
    }
    let (held, many) = (draft.slots[index].held, draft.slots[index].many);
    let mut hosted = vec![(held, -1)];
    for &class_id in &cell.rooms {
        let class = &model.classes[class_id.index()];
        let column = draft.program.column(Role::Room, 0, many);
        hosted.push((column, 1));
        draft.slots[index].exact &= class.exact;
        draft.slots[index].rooms.push((class_id, column));
        for k in 0..project.span as usize {
            let key = (class_id, PeriodId::from(cell.start.index() + k));
            asked.by_period.entry(key).or_default().push((column, 1));
        }
        asked.in_all.entry(class_id).or_default().push((column, 1));
        asked.loads.entry(class_id).or_insert_with(|| vec![1]);
        let cost = model.case.resources[class.resource.index()].cost_fen;
        draft.value(Term::Cost, column, -cost * project.span);
    }
    draft.program.row(Keep::Always, 0, hosted, 0);
}
