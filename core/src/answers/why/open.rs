//! How far the search for a verdict came that is not proven.

use serde::Serialize;

use super::Reached;
use crate::export::{either, grouped};
use crate::lists::Lang;
use crate::plan::Level;

/// What was tried, and what it has left open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Whether the whole was solved again with what was asked forced. Else only sessions that compete for the same were looked
    /// at: where the plan is not proven best itself, a bound of the whole seldom decides.
    pub searched: bool,
    /// The steps that were allowed for that; `None` where they were not limited.
    pub steps: Option<u64>,
    /// The level, from 1, on which it is open whether anything is lost; `None` where no plan was found that does it.
    pub level: Option<usize>,
    /// What the plan has on that level.
    pub value: Option<i64>,
    /// What is proven that none exceeds there: where the whole was solved again, none that does it; else none at all.
    pub bound: Option<i64>,
}

impl Open {
    /// The levels of the plan above which none is known to lose: the first of them that is not proven best.
    pub(super) fn unsearched(levels: &[Level]) -> Option<Open> {
        let open = levels.iter().position(|level| level.gap_ppm != 0)?;
        Some(Open::default().at(open, &levels[open], levels[open].bound))
    }

    /// What a search of the whole has left open, beside the levels of the plan.
    pub(super) fn searched(reached: &Reached, steps: Option<u64>, levels: &[Level]) -> Open {
        let open = Open { searched: true, steps, ..Open::default() };
        let Reached::Plan(plan) = reached else { return open };
        let mut pairs = plan.levels.iter().zip(levels).enumerate();
        match pairs.find(|(_, (found, _))| found.bound > found.value) {
            Some((at, (found, now))) => open.at(at, now, found.bound),
            None => open,
        }
    }

    fn at(self, level: usize, now: &Level, bound: i64) -> Open {
        Open { level: Some(level + 1), value: Some(now.value), bound: Some(bound), ..self }
    }

    /// One line for people.
    pub(super) fn line(&self, lang: Lang) -> String {
        let steps = self.steps.map(grouped_steps);
        let whole = match (steps, lang) {
            (Some(steps), Lang::Zh) => format!("整个重解了 {steps} 步"),
            (Some(steps), Lang::En) => format!("the whole was solved again for {steps} steps"),
            (None, lang) => either(lang, "整个重解过", "the whole was solved again").to_owned(),
        };
        let (Some(level), Some(value), Some(bound)) = (self.level, self.value, self.bound) else {
            return match lang {
                Lang::Zh => format!("{whole}，没有找到做得到的安排，也没有证明做不到"),
                Lang::En => format!("{whole}: no plan that does it was found, nor was it shown that there is none"),
            };
        };
        let (value, bound) = (grouped(value), grouped(bound));
        match (self.searched, lang) {
            (true, Lang::Zh) => format!(
                "{whole}，只证到：做到它，第 {level} 级不超过 {bound}；现方案是 {value}，所以是不是一定要损失还分不出来"
            ),
            (true, Lang::En) => format!(
                "{whole} and has shown only that plans that do it have no more than {bound} on level {level}; this plan has {value}, so that it is open whether anything must be lost"
            ),
            (false, Lang::Zh) => format!(
                "现方案的第 {level} 级是 {value}，只证到任何方案不超过 {bound}，自己还没有证到最优；这时整个重解也难分高下，所以没有做，只在相争的场次里找过"
            ),
            (false, Lang::En) => format!(
                "level {level} of this plan is {value} and only proven to be at most {bound} in any plan, so not proven best itself; solving the whole again would hardly decide then and was not done, only sessions that compete for the same were looked at"
            ),
        }
    }
}

fn grouped_steps(steps: u64) -> String {
    grouped(i64::try_from(steps).unwrap_or(i64::MAX))
}
