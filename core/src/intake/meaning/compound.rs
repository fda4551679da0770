//! The short forms of cells that say several things at once: goods, posts, skills, tags.

use super::calendar::Calendar;
use super::cell::{SEPARATORS, ascii_punctuation, has_bad_character, integer, items, tidy};
use super::findings::details;
use super::grid::Faults;
use crate::intake::columns::LARGEST;
use crate::lists::PeriodSet;
use crate::problem::Code;

/// `item:n`, or `item:n/人` per unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub item: String,
    pub n: i64,
    pub per_unit: bool,
}

/// Goods; each item at most once (once per session and once per unit).
pub(super) fn goods(text: &str, faults: &mut Faults) -> Vec<Item> {
    let mut list: Vec<Item> = Vec::new();
    for token in items(text) {
        let plain = ascii_punctuation(&token);
        let Some((item, amount)) = plain.rsplit_once(':') else {
            faults.add(Code::BadGoods, &token, Vec::new());
            continue;
        };
        let (amount, per_unit) = match amount.split_once('/') {
            None => (amount, false),
            Some((amount, unit)) => {
                if !matches!(unit.trim(), "\u{4eba}" | "\u{6bcf}\u{4eba}" | "unit") {
                    faults.add(Code::BadGoods, &token, Vec::new());
                    continue;
                }
                (amount, true)
            }
        };
        let item = tidy(item).into_owned();
        let Some(n) = integer(amount.trim()).filter(|_| !item.is_empty()) else {
            faults.add(Code::BadGoods, &token, Vec::new());
            continue;
        };
        if !(1..=LARGEST).contains(&n) {
            faults.add(Code::OutOfRange, &token, details![1i64, LARGEST]);
        } else if has_bad_character(&item) {
            faults.add(Code::BadCharacter, &item, Vec::new());
        } else if list.iter().any(|known| known.item == item && known.per_unit == per_unit) {
            faults.add(Code::TwiceInCell, &item, Vec::new());
        } else {
            list.push(Item { item, n, per_unit });
        }
    }
    list
}

/// One post of the short form `role[skill+skill]:count/per_units`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShortPost {
    pub role: String,
    pub skills: Vec<String>,
    pub count: i64,
    pub per_units: Option<i64>,
}

/// The posts of the column `staffing`.
pub(super) fn staffing(text: &str, faults: &mut Faults) -> Vec<ShortPost> {
    split_outside_brackets(text).iter().filter_map(|token| post(token, faults)).collect()
}

fn post(token: &str, faults: &mut Faults) -> Option<ShortPost> {
    let plain = ascii_punctuation(token);
    // The colon of the count stands after the bracket, if there is one.
    let after_bracket = plain.rfind(']').map_or(0, |end| end + 1);
    let (name, amount) = match plain[after_bracket..].rfind(':') {
        Some(colon) => (&plain[..after_bracket + colon], Some(&plain[after_bracket + colon + 1..])),
        None => (&*plain, None),
    };
    let Some((role, skills)) = role_and_skills(name).filter(|(role, _)| !role.is_empty()) else {
        faults.add(Code::BadStaffing, token, Vec::new());
        return None;
    };
    let (count, per_units) = match amount.and_then(|amount| amount.split_once('/')) {
        Some((count, per_units)) => (count, Some(per_units)),
        None => (amount.unwrap_or(""), None),
    };
    let number = |text: &str| if text.trim().is_empty() { Some(1) } else { integer(text.trim()) };
    let count = number(count);
    let per_units = match per_units {
        None => Some(None),
        Some(text) => integer(text.trim()).map(Some),
    };
    let (Some(count), Some(per_units)) = (count, per_units) else {
        faults.add(Code::BadStaffing, token, Vec::new());
        return None;
    };
    if !(0..=LARGEST).contains(&count) {
        faults.add(Code::OutOfRange, token, details![0i64, LARGEST]);
        return None;
    }
    if per_units.is_some_and(|n| !(1..=LARGEST).contains(&n)) {
        faults.add(Code::OutOfRange, token, details![1i64, LARGEST]);
        return None;
    }
    check_characters(&role, &skills, faults);
    Some(ShortPost { role, skills, count, per_units })
}

/// The other side of a ratio, `role[skill+skill]`; the role may be blank if there are skills.
pub(super) fn against(text: &str, faults: &mut Faults) -> Option<(Option<String>, Vec<String>)> {
    let plain = ascii_punctuation(text);
    let found = role_and_skills(&plain).filter(|(role, skills)| !role.is_empty() || !skills.is_empty());
    let Some((role, skills)) = found.filter(|(role, _)| !role.contains([':', ';', '\u{ff1b}', '|'])) else {
        faults.add(Code::BadAgainst, text, Vec::new());
        return None;
    };
    check_characters(&role, &skills, faults);
    Some(((!role.is_empty()).then_some(role), skills))
}

fn check_characters(role: &str, skills: &[String], faults: &mut Faults) {
    for word in std::iter::once(role).chain(skills.iter().map(String::as_str)) {
        if has_bad_character(word) {
            faults.add(Code::BadCharacter, word, Vec::new());
        }
    }
}

/// `role` or `role[skill+skill]`; `None` if the brackets do not match or hold nothing.
fn role_and_skills(text: &str) -> Option<(String, Vec<String>)> {
    let text = text.trim();
    let Some(open) = text.find('[') else {
        return (!text.contains(']')).then(|| (tidy(text).into_owned(), Vec::new()));
    };
    let inside = text[open + 1..].strip_suffix(']')?;
    if inside.contains(['[', ']']) {
        return None;
    }
    let skills: Vec<String> = inside
        .split(|c| c == '+' || SEPARATORS.contains(&c))
        .map(|skill| tidy(skill).into_owned())
        .filter(|skill| !skill.is_empty())
        .collect();
    (!skills.is_empty()).then(|| (tidy(&text[..open]).into_owned(), skills))
}

/// The items of a list whose separators do not stand in brackets.
fn split_outside_brackets(text: &str) -> Vec<String> {
    let mut list = Vec::new();
    let mut depth = 0usize;
    let mut token = String::new();
    for c in text.chars() {
        match c {
            '[' | '\u{ff3b}' | '\u{3010}' => depth += 1,
            ']' | '\u{ff3d}' | '\u{3011}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && SEPARATORS.contains(&c) {
            list.push(std::mem::take(&mut token));
        } else {
            token.push(c);
        }
    }
    list.push(token);
    list.retain(|token| !token.trim().is_empty());
    list.iter().map(|token| tidy(token).into_owned()).collect()
}

/// The names of skills in the column `skills` of resources.
pub(super) fn skill_names(text: &str) -> impl Iterator<Item = String> {
    let tokens: Vec<String> = items(text).map(std::borrow::Cow::into_owned).collect();
    tokens.into_iter().map(|token| {
        let name = token.split(['@', '\u{ff20}']).next().unwrap_or("");
        tidy(name).into_owned()
    })
}

/// The period tokens in the column `skills` of resources.
pub(super) fn skill_periods(text: &str) -> impl Iterator<Item = String> {
    let tokens: Vec<String> = items(text).map(std::borrow::Cow::into_owned).collect();
    tokens.into_iter().filter_map(|token| {
        let (_, periods) = token.split_once(['@', '\u{ff20}'])?;
        Some(tidy(periods).into_owned())
    })
}

/// Skills with the periods in which they hold; several ranges of one skill are joined.
pub(super) fn skills(text: &str, calendar: &Calendar, faults: &mut Faults) -> Vec<(String, PeriodSet)> {
    let mut list: Vec<(String, PeriodSet)> = Vec::new();
    for token in items(text) {
        let (name, validity) = match token.split_once(['@', '\u{ff20}']) {
            Some((name, periods)) => (tidy(name), Some(tidy(periods))),
            None => (token.clone(), None),
        };
        if name.is_empty() || validity.as_ref().is_some_and(|v| v.is_empty()) {
            faults.add(Code::BadSkill, &token, Vec::new());
            continue;
        }
        if has_bad_character(&name) {
            faults.add(Code::BadCharacter, &name, Vec::new());
            continue;
        }
        let periods = match validity {
            None => PeriodSet::all(),
            Some(validity) => PeriodSet::of(&calendar.resolve(&validity, faults)),
        };
        match list.iter_mut().find(|(known, _)| *known == *name) {
            Some((_, set)) => *set = union(set, &periods, calendar.ids.len()),
            None => list.push((name.into_owned(), periods)),
        }
    }
    list
}

fn union(a: &PeriodSet, b: &PeriodSet, count: usize) -> PeriodSet {
    if a.is_all() || b.is_all() {
        return PeriodSet::all();
    }
    PeriodSet::of(&a.iter(count).chain(b.iter(count)).collect::<Vec<_>>())
}

/// The tags of a period: kind and value, or a word.
pub(super) fn tags(text: &str, faults: &mut Faults) -> Vec<(Option<String>, String)> {
    let mut list = Vec::new();
    for token in items(text) {
        let plain = ascii_punctuation(&token);
        let (kind, value) = match plain.split_once(':') {
            Some((kind, value)) => (Some(tidy(kind).into_owned()), tidy(value).into_owned()),
            None => (None, token.clone().into_owned()),
        };
        if value.is_empty() || kind.as_ref().is_some_and(String::is_empty) || value.contains(':') {
            faults.add(Code::BadTag, &token, Vec::new());
        } else if has_bad_character(&token) {
            faults.add(Code::BadCharacter, &token, Vec::new());
        } else {
            list.push((kind, value));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_read_from_the_short_form() {
        let mut faults = Faults::default();
        let posts =
            staffing("\u{793e}\u{5de5}; a[b+c]:2; a\u{ff3b}b\u{3001}c\u{ff3d}\u{ff1a}1\u{ff0f}10;", &mut faults);
        assert!(faults.is_empty());
        let short: Vec<_> = posts.iter().map(|p| (p.role.as_str(), p.skills.len(), p.count, p.per_units)).collect();
        assert_eq!(short, [("\u{793e}\u{5de5}", 0, 1, None), ("a", 2, 2, None), ("a", 2, 1, Some(10))]);
        for text in [":2", "a[b:2", "a[]:1", "a:x", "a:1/x", "a:1/", "[b]:1", "a]:1", "a[b]c:1"] {
            staffing(text, &mut faults);
            assert!(!faults.take().is_empty(), "{text}");
        }
    }

    #[test]
    fn goods_are_per_session_or_per_unit() {
        let mut faults = Faults::default();
        let list = goods("a:1; a:2/\u{4eba}\u{ff1b}b\u{ff1a}\u{ff13}/unit", &mut faults);
        assert!(faults.is_empty());
        assert_eq!(list.iter().map(|i| (i.n, i.per_unit)).collect::<Vec<_>>(), [(1, false), (2, true), (3, true)]);
        for text in ["a", "a:", ":1", "a:0", "a:1.5", "a:1/x", "a:1;a:2"] {
            goods(text, &mut faults);
            assert!(!faults.take().is_empty(), "{text}");
        }
    }
}
