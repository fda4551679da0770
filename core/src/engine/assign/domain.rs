//! What is still open: each item free, in or out, with what follows at once from fixing one, and the way back.

use super::instance::Instance;

/// Stands for "no item".
pub(super) const NONE: u32 = u32::MAX;

/// Whether an item may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Open.
    Free,
    /// Taken.
    In,
    /// Not taken.
    Out,
}

/// The items that are fixed, and what is left.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    state: Vec<State>,
    /// Capacity left by agent.
    pub(super) left: Vec<u32>,
    /// The item taken of each job, or [`NONE`].
    pub(super) chosen: Vec<u32>,
    /// What taken items are worth.
    pub(super) profit: i64,
    /// How many jobs have no item yet.
    pub(super) undecided: usize,
    open: Vec<u32>,
    trail: Vec<u32>,
    single: Vec<u32>,
    failed: bool,
}

impl Domain {
    /// Everything open.
    pub(super) fn new(instance: &Instance) -> Self {
        Domain {
            state: vec![State::Free; instance.items.len()],
            left: instance.capacity.clone(),
            chosen: vec![NONE; instance.jobs()],
            profit: 0,
            undecided: instance.jobs(),
            open: instance.of_job.iter().map(|of| of.len() as u32).collect(),
            trail: Vec::new(),
            single: Vec::new(),
            failed: false,
        }
    }

    /// Whether an item is open.
    pub(super) fn is_free(&self, item: usize) -> bool {
        self.state[item] == State::Free
    }

    /// How many items of a job are open.
    pub(super) fn options(&self, job: usize) -> u32 {
        self.open[job]
    }

    /// Items fixed so far: a mark to come back to.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Takes back what was fixed since a mark.
    pub(super) fn undo(&mut self, instance: &Instance, mark: usize) {
        self.failed = false;
        self.single.clear();
        while self.trail.len() > mark {
            let Some(index) = self.trail.pop() else { return };
            let item = &instance.items[index as usize];
            let job = item.job as usize;
            if self.state[index as usize] == State::In {
                self.left[item.agent as usize] += item.weight;
                self.profit -= item.profit;
                self.chosen[job] = NONE;
                self.undecided += 1;
            } else {
                self.open[job] += 1;
            }
            self.state[index as usize] = State::Free;
        }
    }

    /// Fixes an open item out; what follows waits for [`Domain::propagate`].
    pub(super) fn leave(&mut self, instance: &Instance, index: usize) {
        if self.state[index] != State::Free {
            return;
        }
        self.state[index] = State::Out;
        self.trail.push(index as u32);
        let job = instance.items[index].job as usize;
        self.open[job] -= 1;
        if self.open[job] <= 1 {
            self.single.push(job as u32);
        }
    }

    /// Fixes an open item in, and with it all others of its job out.
    pub(super) fn take(&mut self, instance: &Instance, index: usize) {
        let item = &instance.items[index];
        let (agent, job) = (item.agent as usize, item.job as usize);
        if self.state[index] != State::Free || self.left[agent] < item.weight {
            self.failed = true;
            return;
        }
        self.state[index] = State::In;
        self.trail.push(index as u32);
        self.left[agent] -= item.weight;
        self.profit += item.profit;
        self.chosen[job] = index as u32;
        self.undecided -= 1;
        for &other in &instance.of_job[job] {
            if self.state[other as usize] == State::Free {
                self.state[other as usize] = State::Out;
                self.trail.push(other);
                self.open[job] -= 1;
            }
        }
        if item.weight > 0 {
            let left = self.left[agent];
            for other in instance.items_of(agent) {
                if instance.items[other].weight > left {
                    self.leave(instance, other);
                }
            }
        }
    }

    /// Fixes what follows: a job with one item left takes it. `false` if a job is left without any.
    pub(super) fn propagate(&mut self, instance: &Instance) -> bool {
        while let Some(job) = self.single.pop() {
            let job = job as usize;
            if self.failed {
                break;
            }
            if self.chosen[job] != NONE {
                continue;
            }
            match instance.of_job[job].iter().find(|item| self.state[**item as usize] == State::Free) {
                Some(item) => self.take(instance, *item as usize),
                None => self.failed = true,
            }
        }
        self.single.clear();
        !self.failed
    }
}
