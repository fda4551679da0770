//! Identity and mobile numbers in text: found so that they can be refused, never repeated.

use super::cell::days_in;

/// What a number says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Personal {
    /// An identity number of 18 digits.
    Identity,
    /// A mobile number.
    Mobile,
}

/// The first two digits of identity numbers: provinces and regions (GB/T 2260), 83 for residents from Taiwan, 91 for residents from abroad.
const REGIONS: [u8; 36] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83, 91,
];

/// The first identity number in a text, else the first mobile number.
///
/// Digits count as one number when nothing, or one blank or hyphen in the usual groups, stands between them.
pub(super) fn find(text: &str) -> Option<Personal> {
    if !may_hold_one(text) {
        return None;
    }
    let runs = runs(text);
    let mut found = None;
    for (position, run) in runs.iter().enumerate() {
        // A number may be written in groups: 450802 19900101 1234, 138 1234 5678.
        let mut joined = run.digits.clone();
        let mut ends_in_x = run.x;
        let mut groups = 1;
        loop {
            if is_identity(&joined, ends_in_x) {
                return Some(Personal::Identity);
            }
            if is_mobile(&joined) && !ends_in_x {
                found = Some(Personal::Mobile);
            }
            match runs.get(position + groups) {
                Some(next) if next.follows && !ends_in_x && groups < 4 && joined.len() + next.digits.len() <= 18 => {
                    joined.extend(&next.digits);
                    ends_in_x = next.x;
                    groups += 1;
                }
                _ => break,
            }
        }
    }
    found
}

/// A cheap look: are there eleven digits at all?
fn may_hold_one(text: &str) -> bool {
    if text.len() < 11 {
        return false;
    }
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_digit).count() >= 11;
    }
    text.chars().filter(|c| digit(*c).is_some()).count() >= 11
}

/// A run of digits.
struct Run {
    digits: Vec<u8>,
    /// An `X` follows directly.
    x: bool,
    /// Only one blank or hyphen stands between this run and the one before.
    follows: bool,
}

/// The runs of digits of a text.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap = usize::MAX;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            match runs.last_mut() {
                Some(run) if gap == 0 => run.digits.push(value),
                _ => runs.push(Run { digits: vec![value], x: false, follows: gap == 1 }),
            }
            gap = 0;
        } else if gap == 0 && matches!(c, 'x' | 'X' | '\u{ff58}' | '\u{ff38}') {
            if let Some(run) = runs.last_mut() {
                run.x = true;
            }
            gap = usize::MAX;
        } else if gap == 0 && matches!(c, ' ' | '-' | '\u{a0}') {
            gap = 1;
        } else {
            gap = usize::MAX;
        }
    }
    runs
}

/// A digit, also full-width.
fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '\u{ff10}'..='\u{ff19}' => u8::try_from(u32::from(c) - 0xff10).ok(),
        _ => None,
    }
}

/// 18 digits (the last may be X) with a region, a day of birth and the right checksum (GB 11643, ISO 7064 MOD 11-2).
fn is_identity(digits: &[u8], ends_in_x: bool) -> bool {
    let body = match (digits.len(), ends_in_x) {
        (17, true) => digits,
        (18, false) => &digits[..17],
        _ => return false,
    };
    let number = |range: std::ops::Range<usize>| body[range].iter().fold(0u32, |sum, d| sum * 10 + u32::from(*d));
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    let known_region = REGIONS.iter().any(|r| u32::from(*r) == number(0..2));
    let plausible =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    const FACTORS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(FACTORS).map(|(d, f)| u32::from(*d) * f).sum();
    let check = (12 - sum % 11) % 11;
    let given = if ends_in_x { 10 } else { u32::from(digits[17]) };
    known_region && plausible && check == given
}

/// 11 digits 1[3-9]…, also after the country code 86.
fn is_mobile(digits: &[u8]) -> bool {
    let digits = match digits {
        [8, 6, rest @ ..] | [0, 0, 8, 6, rest @ ..] if rest.len() == 11 => rest,
        other => other,
    };
    matches!(digits, [1, 3..=9, ..]) && digits.len() == 11
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_have_region_birthday_and_checksum() {
        assert_eq!(find("11010519491231002X"), Some(Personal::Identity));
        assert_eq!(find("id 440524188001010014."), None, "born 1880");
        assert_eq!(find("110105194912310021"), None, "checksum");
        assert_eq!(find("990105194912310024"), None, "region");
        assert_eq!(find("110105 19491231 002x"), Some(Personal::Identity));
        assert_eq!(find("\u{ff11}1010519491231002\u{ff38}"), Some(Personal::Identity));
        assert_eq!(find("911010519491231002X"), None, "nineteen characters");
    }

    #[test]
    fn mobile_numbers_are_eleven_digits() {
        for text in
            ["13812345678", "\u{7535}\u{8bdd}:138-1234-5678", "+86 138 1234 5678", "8613812345678", "a13812345678b"]
        {
            assert_eq!(find(text), Some(Personal::Mobile), "{text}");
        }
        for text in ["12812345678", "138123456789", "1381234567", "2025-07-01 09:30", "01381234567", "2025-03..2025-09"]
        {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
