//! What is said about each code, in Chinese and English: message, expectation, hint.
//!
//! Style: lower case in English, the planner's input in backticks, no names of types; the hint says what to do.

mod files;
mod limits;
mod references;
mod rules;
mod tables;
mod values;
mod warnings;

use super::Code;
use crate::lists::Lang;

/// What a word that may be a first detail says in a language; a word that is not known says itself.
pub(super) fn word(key: &str, lang: Lang) -> &str {
    let found = files::WORDS.iter().chain(rules::WORDS).find(|word| word[0] == key);
    found.map_or(key, |[_, zh, en]| if lang == Lang::Zh { zh } else { en })
}

/// The texts of one code.
pub(super) struct Entry {
    pub(super) code: Code,
    pub(super) zh: [&'static str; 3],
    pub(super) en: [&'static str; 3],
}

/// Every text, by hundreds.
pub(super) const ALL: &[&[Entry]] =
    &[files::TEXTS, tables::TEXTS, values::TEXTS, references::TEXTS, rules::TEXTS, limits::TEXTS, warnings::TEXTS];
