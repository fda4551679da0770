use std::process::ExitCode;

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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Violations => 1,
            Exit::BadInput => 2,
            Exit::NoPlan => 3,
            Exit::Internal => 70,
            Exit::Unwritable => 74,
        })
    }
}
