/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done.
    Done,
    /// 1: the plan breaks constraints.
    Violations,
    /// 2: bad input.
    BadInput,
    /// 3: no plan: stopped before pins were either met or refuted.
    NoPlan,
    /// 70: a fault of sandan itself.
    Internal,
    /// 74: a file cannot be written.
    Unwritable,
}

impl Exit {
    /// The exit code of the process.
    pub(super) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Violations => 1,
            Exit::BadInput => 2,
            Exit::NoPlan => 3,
            Exit::Internal => 70,
            Exit::Unwritable => 74,
        }
    }
}
