//! The command `sandan`: match, check, questions about plans, convert, template.
//!
//! Results go to standard output, everything else to standard error. The only part of the library that reads a clock
//! (`--time`), listens to Ctrl-C or shows progress.

mod answering;
mod args;
mod checking;
mod converting;
mod exit;
mod matching;
mod outputs;
mod progress;
mod source;
mod usage;
mod voice;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::Parser;

use crate::lists::Lang;
use args::{Command, Task};
use exit::Exit;
use voice::Voice;

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    ExitCode::from(command(std::env::args_os().collect()))
}

/// Runs the command with the arguments given, of which the first is its name; the exit code comes back. It takes over
/// Ctrl-C and the panic hook of the process.
pub fn command(arguments: Vec<OsString>) -> u8 {
    let voice = Voice { lang: language(&arguments), json: false, quiet: false };
    // What a panic says is for developers; a planner is told that the fault is ours and where.
    let place = Arc::new(Mutex::new(String::new()));
    let noted = Arc::clone(&place);
    panic::set_hook(Box::new(move |panic| {
        if let (Ok(mut noted), Some(location)) = (noted.lock(), panic.location()) {
            *noted = format!("{}:{}", location.file(), location.line());
        }
    }));
    let exit = panic::catch_unwind(AssertUnwindSafe(|| obey(voice, &arguments))).unwrap_or_else(|_| {
        let place = place.lock().map(|place| place.clone()).unwrap_or_default();
        voice.error(&match voice.lang {
            Lang::Zh => format!("sandan 内部出错（{place}），没有写出结果。请把案例报告给我们。"),
            Lang::En => format!("sandan failed ({place}) and wrote no result. Please report it with the case."),
        });
        Exit::Internal
    });
    exit.code()
}

fn obey(voice: Voice, arguments: &[OsString]) -> Exit {
    let command = match Command::try_parse_from(arguments) {
        Ok(command) => command,
        Err(error) => return usage::answer(voice, &error),
    };
    let voice = Voice { lang: command.lang.map_or(voice.lang, Lang::from), json: command.json, quiet: command.quiet };
    let done = match &command.task {
        Task::Match(args) => matching::run(voice, args),
        Task::Check(args) => checking::run(voice, args),
        Task::Why(args) => answering::why(voice, args),
        Task::Repairs(args) => answering::repairs(voice, args),
        Task::Gaps(args) => answering::gaps(voice, args, false),
        Task::Prices(args) => answering::gaps(voice, args, true),
        Task::Recommend(args) => answering::recommend(voice, args),
        Task::Audit(args) => answering::audit(voice, args),
        Task::Rematch(args) => answering::rematch(voice, args),
        Task::Compare(args) => answering::compare(voice, args),
        Task::Fairness(args) => answering::fairness(voice, args),
        Task::Convert(args) => converting::convert(voice, args),
        Task::Template(args) => converting::template(voice, args),
    };
    done.err().unwrap_or(Exit::Done)
}

/// The language before the arguments are understood: `--lang`, else what the environment says, else Chinese.
fn language(arguments: &[OsString]) -> Lang {
    let of = |text: &str| if text.to_lowercase().starts_with("en") { Lang::En } else { Lang::Zh };
    for (position, argument) in arguments.iter().enumerate() {
        let argument = argument.to_string_lossy();
        if argument == "--lang" {
            return arguments.get(position + 1).map_or(Lang::Zh, |next| of(&next.to_string_lossy()));
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return of(value);
        }
    }
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    locale.map_or(Lang::Zh, |locale| of(&locale))
}
