//! Holds the shape that ARCHITECTURE.md describes: who imports whom, how long a file may be, and what stays out of the
//! library. A rule here is changed together with that page, with a reason beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The longest a source file may be.
const LONGEST: usize = 600;

/// The modules in order: each imports only what stands before it.
///
/// `plan` comes first because a case holds the plan before it (`previous`) while a plan knows no list.
const ORDER: [&str; 14] = [
    "plan",
    "lists",
    "problem",
    "intake",
    "fit",
    "model",
    "engine",
    "read_back",
    "check",
    "conflict",
    "export",
    "solve",
    "answers",
    "cli",
];

/// Modules (or parts of them, which come first) that may import less than the order allows, and why.
const ONLY: [(&str, &[&str], &str); 6] = [
    (
        "export/mps",
        &["plan", "lists", "problem", "model", "engine"],
        "it writes the program down for other solvers, with what a plan has reached",
    ),
    ("check", &["lists", "plan"], "a second opinion shares nothing with the engine but the tables"),
    ("fit", &["lists"], "one rule a file, asked about rows of the lists"),
    ("model", &["plan", "lists", "fit"], "a case in index space: it has been read already"),
    ("engine", &["lists", "fit", "model"], "it decides; it reads no input and writes no plan"),
    ("export", &["plan", "lists", "problem", "intake"], "it writes any plan, ours or made by hand"),
];

/// Files of the engine below the program: columns and rows only.
const NUMBERS_ONLY: [&str; 2] = ["engine/lp/", "engine/program.rs"];

/// What library code does without, where it may stand all the same, and why.
const BANNED: [(&str, &[&str], &str); 21] = [
    (".unwrap()", &[], "say which invariant holds: `expect(\"…\")`"),
    ("unsafe", &[], "nothing here needs it"),
    ("panic!", &[], "bad input is an answer, not a panic"),
    ("todo!", &[], "no part is a stub"),
    ("unimplemented!", &[], "no part is a stub"),
    ("dbg!", &[], "left over"),
    ("time::", &["cli/"], "no result depends on a clock"),
    ("Instant", &["cli/"], "no result depends on a clock"),
    ("SystemTime", &[], "no result depends on a clock"),
    ("fs::", OPENS_FILES, "files are opened where cases come in and plans go out"),
    ("OpenOptions", OPENS_FILES, "files are opened where cases come in and plans go out"),
    ("net::", &[], "nothing leaves the machine"),
    ("env::", &["cli/"], "a result depends on the case and its settings"),
    ("process::", &["cli/", "main.rs"], "only the command ends a process"),
    ("thread::", &[], "threads come from rayon, which may be sequential"),
    ("HashMap", &["intake/meaning/calendar.rs", "intake/meaning/grid.rs"], "hash order: these two only look up"),
    ("HashSet", &[], "no result depends on hash order"),
    (".sin()", &[], "`libm` is the same on every platform"),
    (".cos()", &[], "`libm` is the same on every platform"),
    (".powf(", &[], "`libm` is the same on every platform"),
    (".mul_add(", &[], "rounds differently where there is no such instruction"),
];
const OPENS_FILES: &[&str] = &["intake/sheets/folder.rs", "export/whole.rs", "cli/"];

#[test]
fn a_module_imports_only_what_stands_before_it() {
    let mut faults = Vec::new();
    for source in sources() {
        let importer = source.module();
        let Some(position) = ORDER.iter().position(|m| *m == importer) else {
            if !matches!(importer, "lib" | "main") {
                faults.push(format!("{}: the order does not name `{importer}`", source.name));
            }
            continue;
        };
        let only = ONLY.iter().find(|(part, ..)| source.is_part_of(part));
        for imported in imports(&source) {
            if imported == importer {
                continue;
            }
            if !ORDER[..position].contains(&imported.as_str()) {
                faults.push(format!("{}: `{importer}` stands before `{imported}`", source.name));
            } else if let Some((_, allowed, why)) = only
                && !allowed.contains(&imported.as_str())
            {
                faults.push(format!("{}: `{importer}` imports `{imported}`, but {why}", source.name));
            }
        }
        if NUMBERS_ONLY.iter().any(|part| source.name.starts_with(part)) {
            let imported = imports(&source);
            if !imported.is_empty() {
                faults.push(format!(
                    "{}: below the program there are only columns and rows, not {imported:?}",
                    source.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_of_the_order_is_there() {
    let found: BTreeSet<String> = sources().iter().map(|s| s.module().to_owned()).collect();
    for module in ORDER {
        assert!(found.contains(module), "`{module}` is gone: take it out of the order and out of ARCHITECTURE.md");
    }
}

#[test]
fn the_library_does_without() {
    let mut faults = Vec::new();
    for source in sources() {
        for (line, text) in source.code.lines().enumerate() {
            for (banned, allowed, why) in BANNED {
                if mentions(text, banned) && !allowed.iter().any(|part| source.name.starts_with(part)) {
                    faults.push(format!("{}:{}: `{banned}`: {why}", source.name, line + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_source_file_is_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In the packaged crate there is nothing around `core`.
    let above = root.join("..");
    let root = if above.join("ARCHITECTURE.md").is_file() { above } else { root.to_path_buf() };
    let mut lengths = BTreeMap::new();
    walk(&root, &mut |path| {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if ["rs", "py", "js", "mjs", "ts"].contains(&ending) {
            let bytes = fs::read(path).expect("a source file");
            let lines = bytes.iter().filter(|b| **b == b'\n').count();
            lengths.insert(path.to_path_buf(), lines);
        }
    });
    assert!(lengths.len() > 100, "only {} source files found", lengths.len());
    let long: Vec<_> = lengths.iter().filter(|(_, lines)| **lines > LONGEST).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_reader_of_sources_sees_code_only() {
    let text = concat!(
        "// crate::cli\n",
        "let a = \"crate::cli \\\" unsafe\"; let c = '\"'; /* unsafe /* x */ */ fn f<'a>() {}\n",
        "let r = r#\"unsafe \" \"#; use crate::{plan::Plan, lists};\n",
        "#[cfg(test)]\nmod tests { fn t() { x.unwrap(); if a { b } } }\nlet after = 1;\n",
    );
    let source = Source { name: "check/mod.rs".to_owned(), code: code_of(text) };
    assert_eq!(imports(&source), BTreeSet::from(["lists".to_owned(), "plan".to_owned()]));
    assert!(!mentions(&source.code, "unsafe") && !source.code.contains("unwrap") && source.code.contains("let after"));
    assert_eq!(source.code.lines().count(), text.lines().count());
    let up = Source {
        name: "check/rules/count.rs".to_owned(),
        code: "use super::super::terms; use super::super::super::engine::Engine;".to_owned(),
    };
    assert_eq!(imports(&up), BTreeSet::from(["engine".to_owned()]));
    let root = Source { name: "cli/progress.rs".to_owned(), code: "use crate::{Phase, Progress};".to_owned() };
    assert_eq!(imports(&root), BTreeSet::from(["solve".to_owned()]));
    assert!(mentions("File::open", "File") && !mentions("FileFault", "File") && !mentions("not_unsafe", "unsafe"));
}

/// One file of the library: what is neither comment, text nor test.
struct Source {
    /// From `src`, with `/`.
    name: String,
    code: String,
}

impl Source {
    /// The module at the root that the file belongs to.
    fn module(&self) -> &str {
        let first = self.name.split('/').next().expect("a name has parts");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether the file is this module or lies in it.
    fn is_part_of(&self, module: &str) -> bool {
        self.name.strip_prefix(module).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }

    /// How many modules deep the code stands: 1 for `solve.rs` and `check/mod.rs`.
    fn depth(&self) -> usize {
        self.name.split('/').count() - usize::from(self.name.ends_with("/mod.rs"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    walk(&root, &mut |path| {
        let parts: Vec<_> = path.strip_prefix(&root).expect("below src").iter().map(|p| p.to_string_lossy()).collect();
        let tests = parts.iter().any(|p| p == "tests" || p == "tests.rs");
        if path.extension().is_some_and(|e| e == "rs") && !tests {
            let text = fs::read_to_string(path).expect("a source file");
            sources.push(Source { name: parts.join("/"), code: code_of(&text) });
        }
    });
    assert!(sources.len() > 50, "only {} files found", sources.len());
    sources
}

/// Visits the files of the project, in order; nothing that was built or fetched.
fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // `wasm/pkg` is written by wasm-bindgen.
        let foreign = name.starts_with('.')
            || ["target", "node_modules", "__pycache__"].contains(&&*name)
            || path.ends_with("wasm/pkg");
        if foreign || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(&path);
        }
    }
}

/// Whether code holds these words, not merely as part of a longer one.
fn mentions(code: &str, words: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(words).any(|(at, _)| {
        let joined_before = words.starts_with(inner) && code[..at].ends_with(inner);
        let joined_after = words.ends_with(inner) && code[at + words.len()..].starts_with(inner);
        !joined_before && !joined_after
    })
}

/// The modules at the root that a file names, by `crate::…` or by enough `super::`.
fn imports(source: &Source) -> BTreeSet<String> {
    let code = &source.code;
    let mut found = BTreeSet::new();
    let mut paths: Vec<usize> = code.match_indices("crate::").map(|(at, word)| at + word.len()).collect();
    let up = "super::".repeat(source.depth());
    let beyond = |at: usize| code[..at].ends_with("super::") || code[at + up.len()..].starts_with("super::");
    paths.extend(code.match_indices(&up).filter(|(at, _)| !beyond(*at)).map(|(at, _)| at + up.len()));
    for at in paths {
        let rest = &code[at..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(heads(group).map(root_module)),
            None => found.extend([root_module(rest)]),
        }
    }
    found.remove("");
    found
}

/// The first name of each path in `a::b, c::{d, e}, F}`.
fn heads(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let mut expected = true;
    let mut starts = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => expected = true,
            c if expected && !c.is_whitespace() => {
                starts.push(at);
                expected = false;
            }
            _ => {}
        }
    }
    starts.into_iter().map(|at| &group[at..])
}

/// The module that the path belongs to. Types and functions at the root are those of `solve`.
fn root_module(path: &str) -> String {
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(path.len());
    let name = &path[..end];
    if name.starts_with(char::is_uppercase) { "solve".to_owned() } else { name.to_owned() }
}

/// Source with comments, texts and `#[cfg(test)]` items blanked out; line breaks stay.
fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => until(&chars, at, |c, _| c == '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_comment(&chars, at),
            '"' => end_of_text(&chars, at),
            'r' if starts_raw(&chars, at) => end_of_raw(&chars, at),
            '\'' => end_of_char(&chars, at),
            c => {
                code.push(c);
                at += 1;
                continue;
            }
        };
        code.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    without_tests(&code)
}

fn until(chars: &[char], from: usize, stop: impl Fn(char, usize) -> bool) -> usize {
    (from..chars.len()).find(|at| stop(chars[*at], *at)).unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0, from);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_text(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn starts_raw(chars: &[char], at: usize) -> bool {
    let word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    // `br"…"` begins with a `b` that is no part of a longer word.
    let bytes = at > 0 && chars[at - 1] == 'b' && (at == 1 || !chars[at - 2].is_alphanumeric());
    let quote = until(chars, at + 1, |c, _| c != '#');
    (!word || bytes) && chars.get(quote) == Some(&'"')
}

fn end_of_raw(chars: &[char], from: usize) -> usize {
    let quote = until(chars, from + 1, |c, _| c != '#');
    let hashes = quote - from - 1;
    let closes =
        |at: usize| chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (until(chars, quote + 1, |_, at| closes(at)) + 1 + hashes).min(chars.len())
}

/// A character, or the one quotation mark of a lifetime.
fn end_of_char(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => (until(chars, from + 3, |c, _| c == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
}

/// Code with every item under `#[cfg(test)]` blanked out.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = code.to_owned();
    while let Some(start) = out.find(MARK) {
        let rest = &out[start..];
        let open = rest.find('{').unwrap_or(rest.len());
        let end = match rest.find(';') {
            Some(end) if end < open => end + 1,
            _ => {
                let mut depth = 0;
                let closing = rest.char_indices().find(|&(_, c)| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    depth == 0 && c == '}'
                });
                closing.map_or(rest.len(), |(at, _)| at + 1)
            }
        };
        let blank: String = rest[..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..start + end, &blank);
    }
    out
}
