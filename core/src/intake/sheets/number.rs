//! Numbers as canonical text.

/// The most digits, and the most zeros before or behind them, that a plain number is written with.
const MOST_DIGITS: usize = 40;

/// A number as plain decimal text: `12.0` → `12`, `1e3` → `1000`, `-0` → `0`, no digit lost. What is no decimal number,
/// or far too long for a plain one, stays as written.
pub(crate) fn canonical(written: &str) -> String {
    plain(written).unwrap_or_else(|| written.to_owned())
}

/// Whether a text is a decimal number, in whatever form.
pub(crate) fn is_number(text: &str) -> bool {
    plain(text).is_some()
}

/// Whether a text is a number in its canonical form with at most 15 digits, which a spreadsheet holds exactly.
pub(crate) fn is_exact(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (1..=15).contains(&digits) && plain(text).as_deref() == Some(text)
}

/// A number of a workbook: as [`canonical`], but a fraction is rounded to the 15 digits that a spreadsheet shows, so
/// that `0.30000000000000004` is the 0.3 that the planner sees. An integer keeps every digit.
#[cfg(feature = "spreadsheets")]
pub(super) fn of_workbook(written: &str) -> String {
    let written = written.trim();
    let mantissa = written.split(['e', 'E']).next().unwrap_or("");
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    if digits > 15
        && written.contains(['.', 'e', 'E'])
        && let Ok(value) = written.parse::<f64>()
        && value.is_finite()
    {
        return canonical(&format!("{value:.14e}"));
    }
    canonical(written)
}

fn plain(written: &str) -> Option<String> {
    let (negative, unsigned) = match written.as_bytes().first()? {
        b'-' => (true, &written[1..]),
        b'+' => (false, &written[1..]),
        _ => (false, written),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0 || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: String = [whole, fraction].concat();
    let leading = digits.len() - digits.trim_start_matches('0').len();
    let significant = digits.trim_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    // The value is 0.significant × 10^point.
    let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()? + exponent;
    let length = significant.len();
    let most = MOST_DIGITS as i64;
    if length > MOST_DIGITS || !(-most..=most).contains(&point) {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
    Some(if point <= 0 {
        format!("{sign}0.{}{significant}", zeros(-point))
    } else if point >= length as i64 {
        format!("{sign}{significant}{}", zeros(point - length as i64))
    } else {
        let (whole, fraction) = significant.split_at(usize::try_from(point).ok()?);
        format!("{sign}{whole}.{fraction}")
    })
}

fn exponent_of(written: &str) -> Option<i64> {
    let digits = written.strip_prefix(['+', '-']).unwrap_or(written);
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    written.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_plain_decimals() {
        for (written, expected) in [
            ("12.0", "12"),
            ("1e3", "1000"),
            ("-0", "0"),
            ("0.50", "0.5"),
            ("1.25E-3", "0.00125"),
            ("100", "100"),
            ("1234.5e1", "12345"),
            ("12345678901234567890", "12345678901234567890"),
            ("1e999", "1e999"),
            ("0e999999999", "0"),
            ("007", "7"),
            ("1.2.3", "1.2.3"),
            ("", ""),
            ("-", "-"),
            (".", "."),
        ] {
            assert_eq!(canonical(written), expected, "{written}");
        }
    }

    #[cfg(feature = "spreadsheets")]
    #[test]
    fn shows_what_a_spreadsheet_shows() {
        for (written, expected) in [
            ("0.30000000000000004", "0.3"),
            ("99.990000000000009", "99.99"),
            ("123456789012345678", "123456789012345678"),
            ("1.0000000000000001E-5", "0.00001"),
            ("99999999999999999.5", "100000000000000000"),
            ("12.0", "12"),
        ] {
            assert_eq!(of_workbook(written), expected, "{written}");
        }
    }
}
