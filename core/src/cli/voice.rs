use std::io::{self, IsTerminal, Write};

use crate::check::{Difference, Violation};
use crate::export::{either, plain};
use crate::intake::columns;
use crate::lists::Lang;
use crate::problem::{Problem, ProblemRecord, Problems};

/// How the command speaks: in which language, how much, and where to. Nothing it says holds control characters, and
/// a reader that has gone away (a closed pipe) is no fault.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) lang: Lang,
    pub(super) json: bool,
    pub(super) quiet: bool,
}

impl Voice {
    /// One of two texts by language.
    pub(super) fn either<'t>(self, chinese: &'t str, english: &'t str) -> &'t str {
        either(self.lang, chinese, english)
    }

    /// Whether progress is shown.
    pub(super) fn shows_progress(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// A remark on standard error, left out when quiet.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            write_line(&mut io::stderr(), text);
        }
    }

    /// What must be said, on standard error.
    pub(super) fn error(self, text: &str) {
        write_line(&mut io::stderr(), text);
    }

    /// A result: on standard output, or on standard error where that is taken by JSON; left out when quiet.
    pub(super) fn result(self, text: &str) {
        match (self.quiet, self.json) {
            (true, _) => {}
            (false, true) => write_text(&mut io::stderr(), text),
            (false, false) => write_text(&mut io::stdout(), text),
        }
    }

    /// A JSON list on standard output.
    pub(super) fn json_list<T: serde::Serialize>(self, list: &[T]) {
        let text = serde_json::to_string_pretty(list).expect("records hold only strings and numbers");
        write_text(&mut io::stdout(), &(text + "\n"));
    }

    /// A JSON document on standard output.
    pub(super) fn json_document(self, document: &serde_json::Value) {
        let text = serde_json::to_string_pretty(document).expect("a document has string keys only");
        write_text(&mut io::stdout(), &(text + "\n"));
    }

    /// Problems of a case: as JSON, or a line each on standard error.
    pub(super) fn problems(self, problems: &Problems) {
        if self.json {
            self.json_list(&problems.list.iter().map(|p| p.record(self.lang)).collect::<Vec<_>>());
        }
        for problem in &problems.list {
            self.error(&self.problem_line(problem));
        }
        if problems.more > 0 {
            self.error(&match self.lang {
                Lang::Zh => format!("另有 {} 个问题未列出", problems.more),
                Lang::En => format!("and {} more problems", problems.more),
            });
        }
        let errors = problems.list.iter().filter(|p| p.is_error()).count();
        self.error(&match self.lang {
            Lang::Zh => format!("共 {errors} 个错误"),
            Lang::En if errors == 1 => "1 error".to_owned(),
            Lang::En => format!("{errors} errors"),
        });
    }

    /// Warnings of a case that is sound: a line each on standard error.
    pub(super) fn warnings(self, warnings: &[Problem]) {
        for problem in warnings {
            self.note(&self.problem_line(problem));
        }
    }

    /// `需求清单 第3行 “数量”：…` with value, expectation, hint and code.
    fn problem_line(self, problem: &Problem) -> String {
        let table = problem.table.map(|t| either(self.lang, t.chinese(), t.name()));
        let column = problem.column.as_deref().map(|name| {
            let known = problem.table.and_then(|table| columns::find(table, name));
            known.map_or(name, |column| column.header(self.lang))
        });
        self.record_line((table, problem.row, column), &problem.record(self.lang))
    }

    /// A problem as one line.
    pub(super) fn record_line(
        self,
        (table, row, column): (Option<&str>, Option<u32>, Option<&str>),
        record: &ProblemRecord,
    ) -> String {
        let zh = self.lang == Lang::Zh;
        let mut place: Vec<String> = table.map(plain).into_iter().collect();
        place.extend(row.map(|row| if zh { format!("第{row}行") } else { format!("row {row}") }));
        place.extend(
            column.map(|column| if zh { format!("“{}”", plain(column)) } else { format!("`{}`", plain(column)) }),
        );
        let mut line = place.join(" ");
        if !line.is_empty() {
            line.push_str(self.either("：", ": "));
        }
        line.push_str(&record.message);
        if !record.value.is_empty() && !record.message.contains(&record.value) {
            line.push_str(&if zh {
                format!("（写的是 {}）", record.value)
            } else {
                format!(" (found `{}`)", record.value)
            });
        }
        for (text, chinese, english) in [(&record.expected, "应为：", "expected: "), (&record.hint, "提示：", "hint: ")]
        {
            if !text.is_empty() {
                line.push_str(self.either("；", "; "));
                line.push_str(self.either(chinese, english));
                line.push_str(text);
            }
        }
        line.push_str(&format!(" [{}]", record.code));
        line
    }

    /// A violation as one line.
    pub(super) fn violation_line(self, violation: &Violation) -> String {
        format!("{} {}", violation.constraint, violation.message(self.lang))
    }

    /// A claim of a plan that does not hold, as one line.
    pub(super) fn difference_line(self, difference: &Difference) -> String {
        difference.message(self.lang)
    }
}

fn write_line(out: &mut impl Write, text: &str) {
    write_text(out, &format!("{text}\n"));
}

/// Writes lines without control characters. The reader may have gone away: that is not ours to mend.
fn write_text(out: &mut impl Write, text: &str) {
    let clean: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let _ = out.write_all(clean.as_bytes()).and_then(|()| out.flush());
}
