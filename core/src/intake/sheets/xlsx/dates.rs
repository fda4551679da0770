//! Dates of workbooks: numbers of days that a format shows as a date.

/// What of a date a number format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateForm {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
    /// Hours, minutes or seconds that run beyond a day: `[h]:mm`.
    elapsed: bool,
}

impl DateForm {
    /// Whether it shows a date or time at all.
    pub(super) fn is_date(self) -> bool {
        self != DateForm::default()
    }

    /// What a format code shows. Only the first section counts; quoted text, colours and locales do not.
    pub(super) fn of_code(code: &str) -> DateForm {
        let mut form = DateForm::default();
        let mut minutes = false;
        let lower: Vec<char> = code.chars().take(1000).flat_map(char::to_lowercase).collect();
        let mut at = 0;
        while at < lower.len() {
            match lower[at] {
                ';' => break,
                '\\' | '_' | '*' => at += 1,
                '"' => at += lower[at + 1..].iter().position(|c| *c == '"').map_or(lower.len(), |n| n + 1),
                '[' => {
                    let length = lower[at + 1..].iter().position(|c| *c == ']').unwrap_or(lower.len() - at - 1);
                    let inside = &lower[at + 1..at + 1 + length];
                    let runs = ['h', 'm', 's'].iter().any(|c| inside.iter().all(|i| i == c));
                    form.elapsed |= runs && !inside.is_empty();
                    minutes |= runs;
                    at += length + 1;
                }
                'a' if lower[at..].starts_with(&['a', 'm', '/', 'p', 'm']) => at += 4,
                'a' if lower[at..].starts_with(&['a', '/', 'p']) => at += 2,
                'g' if lower[at..].starts_with(&['g', 'e', 'n', 'e', 'r', 'a', 'l']) => at += 6,
                // `0.00E+00` is no date.
                'e' if lower.get(at + 1).is_some_and(|c| matches!(c, '+' | '-')) => at += 1,
                'y' | 'e' => form.year = true,
                'd' => form.day = true,
                'h' => {
                    form.time = true;
                    minutes = true;
                }
                's' => form.time = true,
                'm' => {
                    let end = lower[at..].iter().position(|c| *c != 'm').map_or(lower.len(), |n| at + n);
                    // m is minutes behind hours and before seconds, else months.
                    let next = lower[end..].iter().find(|c| c.is_ascii_alphabetic());
                    if std::mem::take(&mut minutes) || next == Some(&'s') {
                        form.time = true;
                    } else {
                        form.month = true;
                    }
                    at = end - 1;
                }
                _ => {}
            }
            at += 1;
        }
        form
    }

    /// What a built-in format shows; 27 to 36 and 50 to 58 are those of Chinese.
    pub(super) fn built_in(id: u32) -> DateForm {
        let form = |year, month, day, time| DateForm { year, month, day, time, elapsed: false };
        match id {
            14 | 15 | 30 | 31 => form(true, true, true, false),
            16 | 28 | 29 | 51 | 53 | 54 | 58 => form(false, true, true, false),
            17 | 27 | 36 | 50 | 52 | 57 => form(true, true, false, false),
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => form(false, false, false, true),
            22 => form(true, true, true, true),
            46 => DateForm { elapsed: true, time: true, ..DateForm::default() },
            _ => DateForm::default(),
        }
    }

    /// The date of a number of days as ISO 8601, as much of it as is shown: `2025-07-01`, `2025-07` where only year and
    /// month are shown (as when a planner types 2025-07), `2025-07-01T08:30`, `08:30`. `None` where there is no such
    /// date.
    pub(super) fn write(self, serial: f64, epoch_1904: bool) -> Option<String> {
        if !(0.0..3_000_000.0).contains(&serial) {
            return None;
        }
        let mut days = serial.floor() as i64;
        // Milliseconds beyond what a workbook shows are rounding noise.
        let mut seconds = ((serial - serial.floor()) * 86_400.0).round() as i64;
        if seconds == 86_400 {
            days += 1;
            seconds = 0;
        }
        if self.elapsed {
            return Some(clock(days * 86_400 + seconds));
        }
        let shows_date = self.year || self.month || self.day;
        if !shows_date && days == 0 {
            return Some(clock(seconds));
        }
        let (year, month, day) = civil(days, epoch_1904)?;
        let date = match (self.year, self.month, self.day) {
            (true, false, false) if !self.time => format!("{year:04}"),
            (true, true, false) if !self.time => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        };
        Some(if seconds != 0 && date.len() == 10 { format!("{date}T{}", clock(seconds)) } else { date })
    }
}

/// `08:30`, with seconds where there are any.
fn clock(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

/// Year, month and day of a number of days since the epoch of the workbook.
fn civil(days: i64, epoch_1904: bool) -> Option<(i64, i64, i64)> {
    // Days since 1970-01-01. The workbook of 1900 has a 29 February 1900, day 60, that never was.
    let unix = match (epoch_1904, days) {
        (true, _) => days - 24_107,
        (false, 0 | 60) => return None,
        (false, 1..60) => days - 25_568,
        (false, _) => days - 25_569,
    };
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    let shifted = unix + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year <= 9999).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_format_codes() {
        for (code, serial, expected) in [
            ("yyyy-mm-dd", 45839.0, "2025-07-01"),
            ("yyyy-mm", 45839.0, "2025-07"),
            ("mmm-yy", 45839.0, "2025-07"),
            ("yyyy\"年\"m\"月\";@", 45839.0, "2025-07"),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\"", 45839.0, "2025-07-01"),
            ("yyyy/m/d h:mm", 45_839.354_166_666_664, "2025-07-01T08:30"),
            ("m/d/yyyy", 1.0, "1900-01-01"),
            ("m/d/yyyy", 61.0, "1900-03-01"),
            ("h:mm", 0.354_166_666_666, "08:30"),
            ("h:mm AM/PM", 0.75, "18:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("mm:ss", 0.000_694_444_444, "00:01"),
            ("yyyy-mm-dd", 45_838.999_999_999_99, "2025-07-01"),
        ] {
            assert_eq!(DateForm::of_code(code).write(serial, false).as_deref(), Some(expected), "{code}");
        }
        for code in
            ["General", "0.00", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "\"yd\"0", "0%", "@", "\\d0", "[", "\""]
        {
            assert!(!DateForm::of_code(code).is_date(), "{code}");
        }
    }

    #[test]
    fn knows_both_epochs_and_no_impossible_date() {
        let form = DateForm::of_code("yyyy-mm-dd");
        assert_eq!(form.write(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(form.write(44377.0, true).as_deref(), Some("2025-07-01"));
        for serial in [-1.0, 60.0, 2_958_466.0, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(form.write(serial, false), None, "{serial}");
        }
    }
}
