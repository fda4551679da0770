//! When a level has come to a stand.

/// It has moved when what is open between value and bound has shrunk by one part in so many.
const LITTLE: i64 = 10;
/// It may stand still for as long as it took to bring it there, and so many steps more, or one for so many columns.
const LEAST_PATIENCE: u64 = 2_000;
const COLUMNS_OF_PATIENCE: u64 = 30;

/// How what is open on a level has shrunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// What was open when it had shrunk for the last time, and after how many steps of the level.
    open: i64,
    at: u64,
}

impl Course {
    /// A level begins.
    pub(super) fn new() -> Self {
        Course { open: i64::MAX, at: 0 }
    }

    /// Notes what is open after so many steps of the level; whether it has stood still for too long.
    pub(super) fn stands(&mut self, open: i64, steps: u64, columns: usize) -> bool {
        if open < self.open - self.open / LITTLE {
            *self = Course { open, at: steps };
        }
        steps > 2 * self.at + (columns as u64 / COLUMNS_OF_PATIENCE).max(LEAST_PATIENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The step at which a level ends whose open amounts are given at every hundredth step.
    fn end(open: &dyn Fn(u64) -> i64, columns: usize) -> Option<u64> {
        let mut course = Course::new();
        (1..1_000).map(|step| 100 * step).find(|step| course.stands(open(*step), *step, columns))
    }

    #[test]
    fn a_level_that_moves_goes_on() {
        assert_eq!(end(&|step| 1_000_000_000 / step as i64, 1_000), None);
    }

    #[test]
    fn a_level_that_stands_ends_after_as_long_again() {
        // The last step that shrinks it by a tenth is the 4,600th.
        let falls_until = |last: u64| move |step: u64| 1_000_000 / step.min(last) as i64;
        assert_eq!(end(&falls_until(5_000), 1_000), Some(11_300));
        assert_eq!(end(&falls_until(5_000), 300_000), Some(19_300));
        // Shrinking by less than a tenth is no move.
        assert_eq!(end(&|step| 1_000_000 - step as i64, 1_000), Some(2_300));
    }

    #[test]
    fn nothing_open_and_sums_beyond_measure_do_no_harm() {
        assert_eq!(end(&|_| 0, 1_000), Some(2_300));
        assert_eq!(end(&|_| i64::MAX, 1_000), Some(2_100));
    }
}
