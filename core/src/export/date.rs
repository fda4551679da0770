//! Calendar dates as intake leaves them: `2025-07-01` or `2025-07-01T09:30`, without a clock or a zone database.

/// A day, and a time of day where one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Seconds of the day; `None` for a whole day.
    pub seconds: Option<u32>,
    /// Minutes east of Greenwich, where the text says.
    pub offset_minutes: Option<i64>,
}

impl Moment {
    /// Reads `YYYY-MM-DD`, with `THH:MM` or `THH:MM:SS` and `Z` or `±HH:MM` where given.
    pub(crate) fn read(text: &str) -> Option<Moment> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let mut parts = date.split('-');
        let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
        if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return None;
        }
        let day = days_from_civil(year, month, day);
        let Some(rest) = rest.strip_prefix(['T', ' ']) else {
            return rest.is_empty().then_some(Moment { day, seconds: None, offset_minutes: None });
        };
        let (clock, offset_minutes) = split_offset(rest)?;
        let mut parts = clock.split(':');
        let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
        let second = parts.next().map_or(Some(0), |s| number(s.split('.').next()?, 2))?;
        if hour > 23 || minute > 59 || second > 59 || parts.next().is_some() {
            return None;
        }
        let seconds = u32::try_from(hour * 3600 + minute * 60 + second).ok()?;
        Some(Moment { day, seconds: Some(seconds), offset_minutes })
    }

    /// The same moment at Greenwich, if the text named an offset; whole days and local times stay as they are.
    pub(crate) fn at_greenwich(self) -> Moment {
        let (Some(seconds), Some(offset)) = (self.seconds, self.offset_minutes) else {
            return self;
        };
        let total = self.day * 86_400 + i64::from(seconds) - offset * 60;
        let seconds = u32::try_from(total.rem_euclid(86_400)).expect("a remainder below 86,400");
        Moment { day: total.div_euclid(86_400), seconds: Some(seconds), offset_minutes: Some(0) }
    }

    /// `2025-07-01`.
    pub(crate) fn date_text(self) -> String {
        let (year, month, day) = civil_from_days(self.day);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `20250701`.
    pub(crate) fn compact_date(self) -> String {
        self.date_text().replace('-', "")
    }

    /// `093000`; midnight for a whole day.
    pub(crate) fn compact_time(self) -> String {
        let seconds = self.seconds.unwrap_or(0);
        format!("{:02}{:02}{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// `09:30`.
    fn clock_text(self) -> String {
        let seconds = self.seconds.unwrap_or(0);
        format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
    }
}

/// What a reader sees of a half-open span: `2025-07-01`, `2025-07-01 – 2025-07-31`, `2025-07-01 09:30–10:00`.
pub(crate) fn between(start: &str, end: &str) -> String {
    let Some(start) = Moment::read(start) else {
        return String::new();
    };
    let end = Moment::read(end);
    match (start.seconds, end) {
        (None, Some(end)) => {
            let last = if end.seconds.is_none() { end.day - 1 } else { end.day };
            if last <= start.day {
                return start.date_text();
            }
            format!("{} – {}", start.date_text(), Moment { day: last, seconds: None, offset_minutes: None }.date_text())
        }
        (None, None) => start.date_text(),
        (Some(_), None) => format!("{} {}", start.date_text(), start.clock_text()),
        (Some(_), Some(end)) if end.day == start.day => {
            format!("{} {}–{}", start.date_text(), start.clock_text(), end.clock_text())
        }
        (Some(_), Some(end)) => {
            format!("{} {} – {} {}", start.date_text(), start.clock_text(), end.date_text(), end.clock_text())
        }
    }
}

fn split_offset(text: &str) -> Option<(&str, Option<i64>)> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Some((clock, Some(0)));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, None));
    };
    let (clock, offset) = text.split_at(at);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset[1..].split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours <= 14 && minutes <= 59).then_some((clock, Some(sign * (hours * 60 + minutes))))
}

fn number(text: &str, digits: usize) -> Option<i64> {
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 (proleptic Gregorian; H. Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        for day in (-800_000..800_000).step_by(97) {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
        assert_eq!(Moment::read("1970-01-01").expect("a date").day, 0);
        assert_eq!(Moment::read("2024-02-29").expect("a leap day").date_text(), "2024-02-29");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2025-02-29", "2025-13-01", "2025-7-1", "2025-07-01x", "2025-07-01T25:00", "二〇二五年七月一"]
        {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    #[test]
    fn half_open_spans_read_as_people_say_them() {
        assert_eq!(between("2025-07-01", "2025-08-01"), "2025-07-01 – 2025-07-31");
        assert_eq!(between("2025-07-01", "2025-07-02"), "2025-07-01");
        assert_eq!(between("2025-07-01", ""), "2025-07-01");
        assert_eq!(between("2025-07-01T09:30", "2025-07-01T10:00"), "2025-07-01 09:30–10:00");
        assert_eq!(between("", ""), "");
    }

    #[test]
    fn offsets_are_taken_out() {
        let moment = Moment::read("2025-07-01T06:30+08:00").expect("a moment").at_greenwich();
        assert_eq!((moment.date_text().as_str(), moment.compact_time().as_str()), ("2025-06-30", "223000"));
    }
}
