//! What single cells say: words, numbers, money, yes and no, dates. Full-width digits and punctuation are tolerated.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::intake::columns::{Choice, fold};

/// The characters that separate the items of a list.
pub(super) const SEPARATORS: [char; 5] = [';', '\u{ff1b}', '\u{3001}', '|', '\u{ff5c}'];

/// A text without blanks and invisible characters at its ends, in NFC.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// A text without blanks and invisible characters at its ends.
pub(super) fn trim(text: &str) -> &str {
    // Nearly every cell begins and ends with a visible ASCII character or a Chinese one.
    let visible = |byte: u8| byte.is_ascii_graphic();
    let bytes = text.as_bytes();
    if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
        // U+4000 to U+EFFF: three bytes, the first of them E4 to EE; no blank or invisible character is among them.
        let chinese = |byte: Option<&u8>| byte.is_some_and(|byte| (0xe4..=0xee).contains(byte));
        let ends_visibly = visible(*last) || (*last >= 0x80 && chinese(bytes.iter().rev().nth(2)));
        if (visible(*first) || chinese(Some(first))) && ends_visibly {
            return text;
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Characters that take no room and so make two texts look alike.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{ad}')
}

/// Whether a word or id holds a control or invisible character.
pub(super) fn has_bad_character(text: &str) -> bool {
    !text.bytes().all(|b| (0x20..0x7f).contains(&b))
        && text.chars().any(|c| c.is_control() || is_invisible(c) || c == '\u{fffd}')
}

/// The items of a list, tidied; blank items are left out.
pub(super) fn items(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(SEPARATORS).map(tidy).filter(|item| !item.is_empty())
}

/// Punctuation of the short forms as ASCII: `：［］【】＋＠／．` and the minus sign.
pub(super) fn ascii_punctuation(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let ascii = |c: char| match c {
        '\u{ff1a}' => ':',
        '\u{ff3b}' | '\u{3010}' => '[',
        '\u{ff3d}' | '\u{3011}' => ']',
        '\u{ff0b}' => '+',
        '\u{ff20}' => '@',
        '\u{ff0f}' => '/',
        '\u{ff0e}' => '.',
        other => other,
    };
    Cow::Owned(text.chars().map(ascii).collect())
}

/// A text for reading numbers: NFKC, so that full-width digits become ASCII, and the minus sign as `-`.
fn for_numbers(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text.trim())
    } else {
        let plain: String = text.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
        Cow::Owned(trim(&plain).to_owned())
    }
}

/// An exact decimal number: `mantissa ÷ 10^scale`, without trailing zeros after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    /// All digits.
    pub mantissa: i128,
    /// Digits after the point.
    pub scale: u32,
}

impl Decimal {
    /// The number × 10^scale, if that is an integer; saturated at the ends of `i64`.
    pub fn scaled(self, scale: u32) -> Option<i64> {
        let up = scale.checked_sub(self.scale)?;
        let value = self.mantissa.saturating_mul(10i128.saturating_pow(up));
        Some(i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// A decimal number with an optional sign and optional `,` between thousands; `None` if it is none.
///
/// Numbers of more than 30 digits are cut to the largest, so that they end out of every range.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let text = for_numbers(text);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole: Cow<'_, str> = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or("");
        if first.is_empty() || first.len() > 3 || !groups.all(|g| g.len() == 3) {
            return None;
        }
        Cow::Owned(whole.replace(',', ""))
    } else {
        Cow::Borrowed(whole)
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let magnitude = if whole.len() + fraction.len() > 30 {
        if whole.len() <= 20 {
            // Too many digits after the point to be held: no column takes them.
            return Some(Decimal { mantissa: 1, scale: 30 });
        }
        return Some(Decimal { mantissa: if negative { i128::MIN } else { i128::MAX }, scale: 0 });
    } else {
        whole.bytes().chain(fraction.bytes()).fold(0i128, |sum, b| sum * 10 + i128::from(b - b'0'))
    };
    let scale = u32::try_from(fraction.len()).expect("at most thirty digits");
    Some(Decimal { mantissa: if negative { -magnitude } else { magnitude }, scale })
}

/// An integer, also as `12.0`; saturated at the ends of `i64`.
pub(super) fn integer(text: &str) -> Option<i64> {
    // Most cells are short runs of ASCII digits.
    if text.len() <= 18 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    decimal(text)?.scaled(0)
}

/// Yuan with at most two decimals, as fen; saturated.
pub(super) fn fen(text: &str) -> Option<i64> {
    decimal(text)?.scaled(2)
}

/// Degrees between two bounds.
pub(super) fn degrees(text: &str) -> Option<f64> {
    let text = for_numbers(text);
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { text.parse().ok() } else { None }
}

/// Yes or no: yes/no, true/false, 1/0, 是/否.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "yes" | "true" | "1" | "1.0" | "\u{662f}" => Some(true),
        "no" | "false" | "0" | "0.0" | "\u{5426}" => Some(false),
        _ => None,
    }
}

/// The position of a word among the words allowed, in either language.
pub(super) fn choice(text: &str, choices: &[Choice]) -> Option<usize> {
    let wanted = fold(text);
    choices.iter().position(|c| fold(c.name) == wanted || fold(c.chinese) == wanted)
}

/// An ISO 8601 date or local time as normalised text (`2025-07-01`, `2025-07-01T09:30`, seconds only if not 0).
///
/// A blank instead of the `T` is tolerated, as spreadsheets write it.
pub(super) fn date(text: &str) -> Option<String> {
    let text = for_numbers(text);
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (&*text, None),
    };
    if !is_day(day) {
        return None;
    }
    let Some(time) = time else { return Some(day.to_owned()) };
    let time = time.strip_suffix(".000").unwrap_or(time);
    let parts: Vec<&str> = time.split(':').collect();
    let two = |s: &str, below: u32| s.len() == 2 && s.parse::<u32>().is_ok_and(|n| n < below);
    match parts[..] {
        [hour, minute] if two(hour, 24) && two(minute, 60) => Some(format!("{day}T{hour}:{minute}")),
        [hour, minute, second] if two(hour, 24) && two(minute, 60) && two(second, 60) => {
            let second = if second == "00" { String::new() } else { format!(":{second}") };
            Some(format!("{day}T{hour}:{minute}{second}"))
        }
        _ => None,
    }
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD`.
pub(super) fn is_day(text: &str) -> bool {
    day_of(text).is_some()
}

/// Year, month and day of `YYYY-MM-DD`.
pub(super) fn day_of(text: &str) -> Option<(u32, u32, u32)> {
    let (year, month) = month_of(text.get(..7)?)?;
    let rest = text.get(7..)?.strip_prefix('-')?;
    let day = digits(rest, 2)?;
    (day >= 1 && day <= days_in(year, month)).then_some((year, month, day))
}

/// Year and month of `YYYY-MM`.
pub(super) fn month_of(text: &str) -> Option<(u32, u32)> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (digits(year, 4)?, digits(month, 2)?);
    (year >= 1 && (1..=12).contains(&month)).then_some((year, month))
}

/// So many ASCII digits and nothing else.
fn digits(text: &str, count: usize) -> Option<u32> {
    if text.len() == count && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// The days of a month.
pub(super) fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_planners_write_them() {
        for (text, value) in [
            ("12", 12),
            ("12.0", 12),
            (" 1,200 ", 1200),
            ("\u{ff11}\u{ff12}", 12),
            ("-5", -5),
            ("\u{2212}5", -5),
            ("+7", 7),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
        for text in ["", "12.5", "1e3", "x", "1,20", "12 3", ".5", "--1", "\u{4e00}"] {
            assert_eq!(integer(text), None, "{text}");
        }
        assert_eq!(integer("99999999999999999999999999999999999999999"), Some(i64::MAX));
        assert_eq!(integer("0.00000000000000000000000000000000000000001"), None);
    }

    #[test]
    fn money_is_held_in_fen() {
        assert_eq!(fen("1200.5"), Some(120_050));
        assert_eq!(fen("1585.670"), Some(158_567));
        assert_eq!(fen("0.005"), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(date("2025-02-29"), None);
        assert_eq!(date("2025-07-01 09:30:00").as_deref(), Some("2025-07-01T09:30"));
        assert_eq!(date("2025-7-1"), None);
        assert_eq!(date("2025-07-01T24:00"), None);
    }
}
