//! Every case file has the answer that it expects, with one thread and with two, byte for byte; and `target/digests.json`
//! tells the other languages what the answers are.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};
use sandan_tests::{CaseFile, answer, case_files, differences, root};

type Digests = Arc<Mutex<BTreeMap<String, String>>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let files = match case_files() {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let whole = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list;
    let digests = Digests::default();
    let trial = |file: CaseFile| {
        let digests = Arc::clone(&digests);
        Trial::test(file.name.clone(), move || run(&file, &digests))
    };
    let conclusion = libtest_mimic::run(&arguments, files.into_iter().map(trial).collect());
    if whole {
        let digests = digests.lock().expect("no test holds it any more");
        let text = serde_json::to_string_pretty(&*digests).expect("a map of text to text");
        let path = root().join("target/digests.json");
        if let Err(error) = fs::write(&path, text + "\n") {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    conclusion.exit_code()
}

fn run(file: &CaseFile, digests: &Digests) -> Result<(), Failed> {
    let single = answer(file, 1)?;
    let digest = single.digest();
    let mut found = differences(&file.expect, &single);
    if answer(file, 2)?.digest() != digest {
        found.push("two threads gave another answer than one".to_owned());
    }
    digests.lock().map_err(|_| "another test panicked")?.insert(file.name.clone(), digest);
    if found.is_empty() { Ok(()) } else { Err(format!("{}\n{}", file.about, found.join("\n")).into()) }
}
