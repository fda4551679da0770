//! The command `sandan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandan::cli::run()
}
