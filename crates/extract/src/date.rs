//! Dates as a text writes them, and the days they mean.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate};
use vocab::{DatePrecision, PartialDate};

use crate::{
    document::Document,
    pack::{Calendar, Class},
    text::{Gap, Kind},
};

/// A date as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The year.
    pub year: Option<i32>,
    /// The month.
    pub month: Option<u32>,
    /// The day of the month; of a range, the first.
    pub day: Option<u32>,
    /// The weekday, from Monday = 0.
    pub weekday: Option<u32>,
    /// A word counted from publication, such as "today" or "next year".
    pub relative: Option<Calendar>,
}

impl Written {
    /// The calendar day, if it is told or can be completed with the day of publication, looking back from it.
    pub fn day_before(&self, published_on: Option<NaiveDate>) -> Option<NaiveDate> {
        match (self.month, self.day, self.relative) {
            (Some(month), Some(day), _) => match self.year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, day),
                None => completed(month, day, published_on?),
            },
            (None, None, Some(Calendar::Day(days))) => shifted(published_on?, days),
            (None, None, None) => last_weekday(self.weekday?, published_on?),
            _ => None,
        }
    }

    /// The time it ties something to come to.
    pub fn due(&self, published_on: Option<NaiveDate>) -> Option<PartialDate> {
        match (self.year, self.month, self.day, self.relative) {
            (Some(y), Some(m), Some(d), _) => partial(y, m, d, DatePrecision::Day),
            (Some(y), Some(m), None, _) => partial(y, m, 1, DatePrecision::Month),
            (Some(y), None, None, _) => partial(y, 1, 1, DatePrecision::Year),
            (None, Some(m), Some(d), _) => {
                let on = published_on?;
                let this_year = NaiveDate::from_ymd_opt(on.year(), m, d)?;
                let day = if this_year < on { NaiveDate::from_ymd_opt(on.year() + 1, m, d)? } else { this_year };
                Some(PartialDate::new(day, DatePrecision::Day))
            }
            (None, Some(m), None, _) => {
                let on = published_on?;
                partial(on.year() + i32::from(m < on.month()), m, 1, DatePrecision::Month)
            }
            (None, None, None, Some(word)) => relative_due(word, published_on?),
            _ => None,
        }
    }
}

fn partial(year: i32, month: u32, day: u32, precision: DatePrecision) -> Option<PartialDate> {
    NaiveDate::from_ymd_opt(year, month, day).map(|day| PartialDate::new(day, precision))
}

/// Completed with the year of publication, or the year before if that day had not come yet.
fn completed(month: u32, day: u32, published_on: NaiveDate) -> Option<NaiveDate> {
    let this_year = NaiveDate::from_ymd_opt(published_on.year(), month, day);
    match this_year {
        Some(date) if date <= published_on + Days::new(31) => Some(date),
        _ => NaiveDate::from_ymd_opt(published_on.year() - 1, month, day),
    }
}

fn shifted(day: NaiveDate, days: i32) -> Option<NaiveDate> {
    let distance = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) }
}

fn last_weekday(weekday: u32, published_on: NaiveDate) -> Option<NaiveDate> {
    let back = (published_on.weekday().num_days_from_monday() + 7 - weekday) % 7;
    published_on.checked_sub_days(Days::new(u64::from(back)))
}

fn relative_due(word: Calendar, on: NaiveDate) -> Option<PartialDate> {
    match word {
        Calendar::Day(days) => shifted(on, days).map(|day| PartialDate::new(day, DatePrecision::Day)),
        Calendar::MonthFromNow(n) => {
            let month = on.checked_add_months(Months::new(n.unsigned_abs()))?;
            Some(PartialDate::new(month, DatePrecision::Month))
        }
        Calendar::YearFromNow(n) => partial(on.year() + n, 1, 1, DatePrecision::Year),
        Calendar::Month(_) | Calendar::Weekday(_) => None,
    }
}

/// The dates that stand in a range of tokens.
pub fn dates(document: &Document<'_>, range: Range<usize>) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match Some(at).filter(|at| can_begin(document, *at)).and_then(|at| read(document, at, range.end)) {
            Some(date) => {
                at = date.tokens.end.max(at + 1);
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a date can begin at a token: it is a word of dates, or begins with a digit. Hardly any token does.
fn can_begin(document: &Document<'_>, at: usize) -> bool {
    document.is_in(at, Class::Calendar) || begins_with_digit(document, at)
}

fn begins_with_digit(document: &Document<'_>, at: usize) -> bool {
    let first = document.tokens.get(at).and_then(|token| document.text.as_bytes().get(token.start as usize));
    first.is_some_and(u8::is_ascii_digit)
}

/// The date that begins at a token.
fn read(document: &Document<'_>, at: usize, end: usize) -> Option<Written> {
    if let Some((weekday, after)) = weekday(document, at) {
        let next = after + usize::from(document.is_mark(after, ','));
        let next = next + usize::from(document.is_word(next, "the"));
        let inner = (next < end).then(|| calendar_day(document, next, end)).flatten();
        return Some(match inner {
            Some(date) => Written { tokens: at..date.tokens.end, weekday: Some(weekday), ..date },
            None => Written { tokens: at..after, weekday: Some(weekday), ..empty(at) },
        });
    }
    if let Some(mut date) = calendar_day(document, at, end) {
        let open =
            date.tokens.end + usize::from(document.tokens.get(date.tokens.end).is_some_and(|t| t.is(',') || t.is('(')));
        if let Some((weekday, after)) = weekday(document, open).filter(|(_, after)| open < end && *after <= end) {
            date.weekday = Some(weekday);
            date.tokens.end = after;
        }
        return Some(date);
    }
    match document.hit(at, Class::Calendar).map(|hit| (Calendar::decode(hit.value), hit.end)) {
        Some((Calendar::Month(_) | Calendar::Weekday(_), _)) | None => None,
        Some((word, after)) => {
            // "yesterday, Tuesday, 4 May" is one date: the clearer part tells it.
            let next = after + usize::from(document.is_mark(after, ','));
            let told = (next < end).then(|| read_told(document, next, end)).flatten();
            Some(match told {
                Some(date) => Written { tokens: at..date.tokens.end, ..date },
                None => Written { tokens: at..after, relative: Some(word), ..empty(at) },
            })
        }
    }
}

fn read_told(document: &Document<'_>, at: usize, end: usize) -> Option<Written> {
    let starts = weekday(document, at).is_some() || calendar_day(document, at, end).is_some();
    starts.then(|| read(document, at, end)).flatten().filter(|date| date.day.is_some())
}

fn empty(at: usize) -> Written {
    Written { tokens: at..at + 1, year: None, month: None, day: None, weekday: None, relative: None }
}

fn weekday(document: &Document<'_>, at: usize) -> Option<(u32, usize)> {
    let hit = document.hit(at, Class::Calendar)?;
    match Calendar::decode(hit.value) {
        Calendar::Weekday(day) if document.tokens[at].capital => Some((day, hit.end)),
        _ => None,
    }
}

fn month(document: &Document<'_>, at: usize) -> Option<(u32, usize)> {
    let hit = document.hit(at, Class::Calendar)?;
    match Calendar::decode(hit.value) {
        Calendar::Month(month) => Some((month, hit.end)),
        _ => None,
    }
}

/// A number of the text, without its ordinal ending.
fn number(document: &Document<'_>, at: usize) -> Option<u32> {
    if !begins_with_digit(document, at) {
        return None;
    }
    let raw = document.raw(at..at + 1);
    let digits = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &raw[digits.len()..];
    let is_number = document.tokens[at].kind == Kind::Number
        || ["st", "nd", "rd", "th"].iter().any(|ordinal| ending.eq_ignore_ascii_case(ordinal));
    (is_number && digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

fn year(document: &Document<'_>, at: usize) -> Option<i32> {
    number(document, at).filter(|n| (1900..2100).contains(n)).map(|n| n as i32)
}

fn day(document: &Document<'_>, at: usize) -> Option<u32> {
    number(document, at).filter(|n| (1..=31).contains(n))
}

/// `3 September 2020`, `September 3, 2020`, `29-30 June`, `29 and 30 June`, `2020-09-03`, `September 2020`, `2020`.
fn calendar_day(document: &Document<'_>, at: usize, end: usize) -> Option<Written> {
    if let Some((month, after)) = month(document, at) {
        return Some(month_first(document, at, after, month, end));
    }
    if let Some(year) = year(document, at) {
        return Some(iso(document, at, year, end));
    }
    let day_of_month = day(document, at)?;
    let (month, after) = month_after_day(document, at + 1, end)?;
    let comma = usize::from(document.is_mark(after, ','));
    let year = year(document, after + comma).filter(|_| after + comma < end);
    let last = if year.is_some() { after + comma + 1 } else { after };
    Some(Written { tokens: at..last, year, month: Some(month), day: Some(day_of_month), ..empty(at) })
}

/// The month after a day, perhaps after the last day of a range: `29-30 June`, `29 to 30 June`, `29 and 30 of June`.
fn month_after_day(document: &Document<'_>, at: usize, end: usize) -> Option<(u32, usize)> {
    for at in at..end.min(at + 4) {
        if let Some(found) = month(document, at) {
            return Some(found);
        }
        let joins = document.is_any(at, &["and", "to", "of", "until"])
            || document.is_mark(at, '–')
            || document.is_mark(at, '-');
        if !joins && day(document, at).is_none() {
            return None;
        }
    }
    None
}

fn month_first(document: &Document<'_>, at: usize, after: usize, month: u32, end: usize) -> Written {
    let day_of_month = day(document, after).filter(|_| after < end);
    let mut next = after + usize::from(day_of_month.is_some());
    while day_of_month.is_some() && next < end && is_range_end(document, next) {
        next += 1;
    }
    let comma = usize::from(document.is_mark(next, ','));
    let year = year(document, next + comma).filter(|_| next + comma < end);
    let last = if year.is_some() { next + comma + 1 } else { next };
    Written { tokens: at..last, year, month: Some(month), day: day_of_month, ..empty(at) }
}

/// Whether a token goes on with a range of days: a dash, "to", "and", or the day after one of them.
fn is_range_end(document: &Document<'_>, at: usize) -> bool {
    let joins = |i| document.is_any(i, &["and", "to"]) || document.is_mark(i, '–');
    let glued = |i: usize| document.tokens[i].gap == Gap::None;
    (joins(at) && day(document, at + 1).is_some()) || (day(document, at).is_some() && (joins(at - 1) || glued(at)))
}

fn iso(document: &Document<'_>, at: usize, year: i32, end: usize) -> Written {
    let glued = |i: usize| document.tokens.get(i).is_some_and(|t| i < end && t.gap == Gap::None);
    let month = glued(at + 1).then(|| number(document, at + 1)).flatten().filter(|n| (1..=12).contains(n));
    let day = month.filter(|_| glued(at + 2)).and_then(|_| day(document, at + 2));
    match (month, day) {
        (Some(_), Some(_)) => Written { tokens: at..at + 3, year: Some(year), month, day, ..empty(at) },
        _ => Written { tokens: at..at + 1, year: Some(year), ..empty(at) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, published_on: &str) -> Option<String> {
        let published_on = published_on.parse().ok();
        let document = Document::new(text, 0, published_on);
        let found = dates(&document, 0..document.tokens.len());
        found.first().and_then(|date| date.day_before(published_on)).map(|day| day.to_string())
    }

    #[test]
    fn a_past_day_is_found_however_it_is_written() {
        for (text, expected) in [
            ("on Tuesday, September 3, they met", Some("2020-09-03")),
            ("on 3rd of September", Some("2020-09-03")),
            ("from 29 to 30 June 2019", Some("2019-06-29")),
            ("on June 29-30, 2019", Some("2019-06-29")),
            ("on 2019-08-06", Some("2019-08-06")),
            ("yesterday", Some("2020-09-09")),
            ("yesterday, Tuesday, 8 September", Some("2020-09-08")),
            ("on Friday", Some("2020-09-04")),
            ("on December 15", Some("2019-12-15")),
            ("they may march on", None),
            ("in September 2020", None),
        ] {
            assert_eq!(first(text, "2020-09-10").as_deref(), expected, "{text}");
        }
        assert_eq!(first("on Friday", ""), None);
    }
}
