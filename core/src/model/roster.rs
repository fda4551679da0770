//! Deals members of classes out, one session at a time, in fair turns: always those with the least load so far.
//!
//! For a class that is `exact` (see `classes`) and sessions given in order of start, dealing never gets stuck.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ClassId, Model};
use crate::lists::{Kind, RuleKind};

/// What every member of every class still carries.
#[derive(Clone)]
pub struct Roster {
    classes: Vec<Option<Turns>>,
    sizes: Arc<[ClassLimits]>,
}

struct ClassLimits {
    count: usize,
    free: Vec<i64>,
    total: Option<i64>,
    /// (width, load) of windows that may touch the class, kept for all its load.
    windows: Vec<(usize, i64)>,
}

#[derive(Clone)]
struct Turns {
    /// Load by member and period.
    load: Vec<i64>,
    total: Vec<i64>,
    order: BTreeSet<(i64, u32)>,
}

impl Turns {
    fn new(count: usize, periods: usize) -> Self {
        Turns {
            load: vec![0; count * periods],
            total: vec![0; count],
            order: (0..count).map(|m| (0, m as u32)).collect(),
        }
    }
}

/// One request: how many distinct members, when, with what load.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The class.
    pub class: ClassId,
    /// How many members.
    pub members: usize,
    /// First period taken and the one after the last.
    pub periods: (usize, usize),
    /// Load in each of them (rooms: 1).
    pub load: i64,
}

impl Roster {
    /// Everybody free but for facts. `strict` also holds window rules for every class with more than one member (a
    /// class of one has rows of its own in the program).
    pub fn new(model: &Model) -> Self {
        let windows: Vec<(usize, i64)> = model
            .case
            .rules
            .iter()
            .filter(|r| r.kind == RuleKind::Window)
            .map(|r| (r.window.unwrap_or(1).max(1) as usize, r.max.unwrap_or(0)))
            .collect();
        let sizes = model
            .classes
            .iter()
            .map(|class| ClassLimits {
                count: usize::try_from(class.count).unwrap_or(0),
                free: class.free.clone(),
                total: class.free_total,
                windows: if class.count > 1 && !class.exact && class.kind == Kind::Staff {
                    windows.clone()
                } else {
                    Vec::new()
                },
            })
            .collect::<Arc<[_]>>();
        Roster { classes: sizes.iter().map(|_| None).collect(), sizes }
    }

    /// The same roster with everybody free again.
    pub fn clone_empty(&self) -> Self {
        Roster { classes: self.sizes.iter().map(|_| None).collect(), sizes: Arc::clone(&self.sizes) }
    }

    /// Takes members for a session, none of them in `taken` (who are already in it); `None` if there are not enough.
    pub fn take(&mut self, request: &Request, taken: &[u32]) -> Option<Vec<u32>> {
        let limits = &self.sizes[request.class.index()];
        let periods = limits.free.len();
        let turns = self.classes[request.class.index()].get_or_insert_with(|| Turns::new(limits.count, periods));
        let (from, to) = request.periods;
        let added = if limits.total.is_some() { request.load * (to - from) as i64 } else { 0 };
        let fits = |member: u32| {
            let load = &turns.load[member as usize * periods..(member as usize + 1) * periods];
            (from..to).all(|p| load[p] + request.load <= limits.free[p])
                && limits.total.is_none_or(|t| turns.total[member as usize] + added <= t)
                && limits.windows.iter().all(|&(width, max)| {
                    let first = (from + 1).saturating_sub(width);
                    (first..to).all(|start| {
                        let end = (start + width).min(periods);
                        let sum: i64 = load[start..end].iter().sum();
                        let new = (from.max(start)..to.min(end)).len() as i64 * request.load;
                        sum + new <= max
                    })
                })
        };
        let mut chosen = Vec::with_capacity(request.members);
        for &(_, member) in &turns.order {
            if chosen.len() == request.members {
                break;
            }
            if !taken.contains(&member) && fits(member) {
                chosen.push(member);
            }
        }
        if chosen.len() < request.members {
            return None;
        }
        self.change(request, &chosen, 1);
        Some(chosen)
    }

    /// Gives these very members their turns again.
    pub fn occupy(&mut self, request: &Request, members: &[u32]) {
        let limits = &self.sizes[request.class.index()];
        let (count, periods) = (limits.count, limits.free.len());
        self.classes[request.class.index()].get_or_insert_with(|| Turns::new(count, periods));
        self.change(request, members, 1);
    }

    /// Gives this very room its session again.
    pub fn occupy_room(&mut self, class: ClassId, room: u32, periods: (usize, usize)) {
        let limits = &self.sizes[class.index()];
        let (count, length) = (limits.count, limits.free.len());
        self.classes[class.index()].get_or_insert_with(|| Turns::new(count, length));
        self.count_room(class, room, periods, 1);
    }

    /// Gives members back.
    pub fn give_back(&mut self, request: &Request, members: &[u32]) {
        self.change(request, members, -1);
    }

    fn change(&mut self, request: &Request, members: &[u32], sign: i64) {
        let periods = self.sizes[request.class.index()].free.len();
        let Some(turns) = &mut self.classes[request.class.index()] else { return };
        let (from, to) = request.periods;
        for &member in members {
            let index = member as usize;
            turns.order.remove(&(turns.total[index], member));
            for period in from..to {
                turns.load[index * periods + period] += sign * request.load;
            }
            turns.total[index] += sign * request.load * (to - from) as i64;
            turns.order.insert((turns.total[index], member));
        }
    }

    /// Gives a room: the total counts sessions, so a span counts once.
    pub fn take_room(&mut self, class: ClassId, periods: (usize, usize)) -> Option<u32> {
        let limits = &self.sizes[class.index()];
        let count = limits.free.len();
        let turns = self.classes[class.index()].get_or_insert_with(|| Turns::new(limits.count, count));
        let room = turns.order.iter().map(|o| o.1).find(|&room| {
            let load = &turns.load[room as usize * count..(room as usize + 1) * count];
            (periods.0..periods.1).all(|p| load[p] < limits.free[p])
                && limits.total.is_none_or(|t| turns.total[room as usize] < t)
        })?;
        self.count_room(class, room, periods, 1);
        Some(room)
    }

    /// Gives a room back.
    pub fn give_back_room(&mut self, class: ClassId, room: u32, periods: (usize, usize)) {
        self.count_room(class, room, periods, -1);
    }

    fn count_room(&mut self, class: ClassId, room: u32, periods: (usize, usize), sign: i64) {
        let count = self.sizes[class.index()].free.len();
        let Some(turns) = &mut self.classes[class.index()] else { return };
        turns.order.remove(&(turns.total[room as usize], room));
        for period in periods.0..periods.1 {
            turns.load[room as usize * count + period] += sign;
        }
        turns.total[room as usize] += sign;
        turns.order.insert((turns.total[room as usize], room));
    }
}
