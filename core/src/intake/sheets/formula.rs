//! Text that a spreadsheet would take for a formula when it opens a CSV file.
//!
//! The writer of CSV puts an apostrophe before such text, as a planner does by hand, and the reader takes it away, so
//! that files are harmless and yet read back as they were.

use std::borrow::Cow;

use super::number;

/// Whether a spreadsheet may run the text: it begins with `=`, `+`, `-`, `@`, a full-width form of these, a tab or a
/// return, and is no number.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    let first = text.chars().next();
    let begins = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r'));
    begins && !number::is_number(text)
}

/// The text as it is written to CSV.
pub(crate) fn guard(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches('\'');
    if looks_like_formula(bare) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that a cell of CSV means: an apostrophe before what a spreadsheet would take for a formula is taken away.
pub fn unguard(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest.trim_start_matches('\'')) => rest.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_and_gives_back() {
        for text in [
            "=1+1", "+86 10", "-", "- 项目", "@x", "＝x", "\tx", "\r=x", "'=x", "''=x", "'x", "", "-5", "+5", "-0.5",
            "x", "'-5",
        ] {
            let written = guard(text);
            assert!(!looks_like_formula(&written), "{text:?}");
            assert_eq!(unguard(written.into_owned()), text, "{text:?}");
        }
        assert_eq!(guard("-5"), "-5");
    }
}
