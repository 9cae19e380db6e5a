//! Dates as tables write them, in three languages and two orders.

use std::fmt;

use chrono::NaiveDate;
use vocab::{DatePrecision, PartialDate, fold};

/// In which order the numbers of a day stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `31/12/2026`.
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
}

/// Which end of a quarter a date is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// When something begins: nobody knows in which of the three months.
    First,
    /// Until when: in time to the end of the last.
    Last,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoDate {
    /// It can be read in two orders.
    Ambiguous(String),
    /// It is a quarter where the month counts.
    Quarter(String),
    /// It is none.
    None(String),
}

impl fmt::Display for NoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous(text) => write!(
                f,
                "\"{text}\" can be read in two ways: say whether dates are day-first or month-first, or write 2026-11-24"
            ),
            Self::Quarter(text) => write!(f, "\"{text}\" is a quarter: write its month, such as 2026-11, or the year"),
            Self::None(text) => write!(f, "\"{text}\" is no date: write 2026-11-24, 2026-11 or 2026"),
        }
    }
}

/// The names of the months, folded: English, French, Arabic as said in the east and in the west.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "يناير", "جانفي", "كانون الثاني"],
    &["february", "fevrier", "فبراير", "فيفري", "شباط"],
    &["march", "mars", "مارس", "اذار"],
    &["april", "avril", "ابريل", "افريل", "نيسان"],
    &["may", "mai", "مايو", "ماي", "ايار"],
    &["june", "juin", "يونيو", "جوان", "حزيران"],
    &["july", "juillet", "يوليو", "يوليوز", "جويليه", "تموز"],
    &["august", "aout", "اغسطس", "غشت", "اوت", "اب"],
    &["september", "septembre", "سبتمبر", "شتنبر", "ايلول"],
    &["october", "octobre", "اكتوبر", "تشرين الاول"],
    &["november", "novembre", "نوفمبر", "نونبر", "تشرين الثاني"],
    &["december", "decembre", "ديسمبر", "دجنبر", "كانون الاول"],
];

/// The fewest letters of a name in Latin script that stand for it.
const SHORT: usize = 3;

/// What a quarter is called, folded.
const QUARTERS: [&str; 4] = ["quarter", "trimestre", "الربع", "ربع"];
/// Which quarter, where it is said in words.
const ORDINALS: [&[&str]; 4] = [
    &["first", "premier", "الاول"],
    &["second", "deuxieme", "الثاني"],
    &["third", "troisieme", "الثالث"],
    &["fourth", "quatrieme", "الرابع"],
];

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year(i32),
    Number(u32),
    Month(u32),
    Quarter(u32),
}

/// The date that a text writes.
pub(super) fn read(text: &str, order: Option<Order>, end: End) -> Result<PartialDate, NoDate> {
    let none = || NoDate::None(text.trim().to_owned());
    let parts = parts(text).ok_or_else(none)?;
    let date = |year, month, day, precision| {
        let day = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(none)?;
        Ok(PartialDate::new(day, precision))
    };
    let day = |year, month, day| date(year, month, day, DatePrecision::Day);
    match *parts.as_slice() {
        [Part::Year(year)] => date(year, 1, 1, DatePrecision::Year),
        [Part::Year(year), Part::Number(month) | Part::Month(month)]
        | [Part::Number(month) | Part::Month(month), Part::Year(year)] => date(year, month, 1, DatePrecision::Month),
        [Part::Year(year), Part::Quarter(quarter)] | [Part::Quarter(quarter), Part::Year(year)] => match end {
            End::Last => date(year, quarter * 3, 1, DatePrecision::Month),
            End::First => Err(NoDate::Quarter(text.trim().to_owned())),
        },
        [Part::Year(year), Part::Number(month) | Part::Month(month), Part::Number(number)]
        | [Part::Number(number), Part::Month(month), Part::Year(year)]
        | [Part::Month(month), Part::Number(number), Part::Year(year)] => day(year, month, number),
        [Part::Number(one), Part::Number(other), last] => {
            // Two figures are a year of this century.
            let year = match last {
                Part::Year(year) => year,
                Part::Number(year) => 2_000 + i32::try_from(year).unwrap_or_default(),
                _ => return Err(none()),
            };
            match (order_of([one, other]).or(order), one == other) {
                (_, true) => day(year, one, one),
                (Some(Order::DayFirst), _) => day(year, other, one),
                (Some(Order::MonthFirst), _) => day(year, one, other),
                (None, _) => Err(NoDate::Ambiguous(text.trim().to_owned())),
            }
        }
        _ => Err(none()),
    }
}

/// The order that a date decides by itself, where it is written in two numbers and a year.
pub(super) fn order(text: &str) -> Option<Order> {
    match *parts(text)?.as_slice() {
        [Part::Number(one), Part::Number(other), Part::Year(_) | Part::Number(_)] => order_of([one, other]),
        _ => None,
    }
}

fn order_of([one, other]: [u32; 2]) -> Option<Order> {
    match (one > 12, other > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The parts of a date; nothing where there is a word that is none.
fn parts(text: &str) -> Option<Vec<Part>> {
    // A spreadsheet that was asked for a day may write the hours too.
    let text = text.trim();
    let hours = text.find(':').and_then(|colon| text[..colon].rfind([' ', 'T']));
    let folded = fold(hours.map_or(text, |at| &text[..at]));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let (mut parts, mut at, mut quarter, mut ordinal) = (Vec::new(), 0, false, false);
    while let Some(word) = words.get(at).copied() {
        let pair = words.get(at + 1).map(|next| format!("{word} {next}"));
        at += 1;
        if let Some(month) = pair.as_deref().and_then(|pair| MONTHS.iter().position(|names| names.contains(&pair))) {
            at += 1;
            parts.push(Part::Month(u32::try_from(month + 1).ok()?));
        } else if QUARTERS.contains(&word) {
            quarter = true;
        } else if let Some(place) = ORDINALS.iter().position(|names| names.contains(&word)) {
            ordinal = true;
            parts.push(Part::Quarter(u32::try_from(place + 1).ok()?));
        } else {
            parts.push(part(word)?);
        }
    }
    if quarter {
        for part in &mut parts {
            match *part {
                Part::Number(number @ 1..=4) => *part = Part::Quarter(number),
                Part::Year(_) | Part::Quarter(_) => {}
                _ => return None,
            }
        }
    }
    (quarter || !ordinal).then_some(parts)
}

fn part(word: &str) -> Option<Part> {
    if let Some(quarter) = word.strip_prefix(['q', 't']).filter(|rest| rest.len() == 1) {
        return quarter.parse().ok().filter(|number| (1..=4).contains(number)).map(Part::Quarter);
    }
    let figures = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    if figures.is_empty() {
        let means = |name: &&str| *name == word || (name.is_ascii() && word.len() >= SHORT && name.starts_with(word));
        let mut months = (0..MONTHS.len()).filter(|month| MONTHS[*month].iter().any(means));
        // "jui" begins two of them.
        let (Some(month), None) = (months.next(), months.next()) else { return None };
        return u32::try_from(month + 1).ok().map(Part::Month);
    }
    // "1er", "2nd", "3e".
    if !["", "er", "e", "st", "nd", "rd", "th", "eme"].contains(&word.get(figures.len()..)?) {
        return None;
    }
    match figures.len() {
        1 | 2 => figures.parse().ok().map(Part::Number),
        4 => figures.parse().ok().map(Part::Year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for (text, date) in [
            ("2026-12-31", "2026-12-31"),
            ("2026-12-31 00:00:00", "2026-12-31"),
            ("2026-12-31T00:00:00Z", "2026-12-31"),
            ("31/12/2026", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("31.12.2026", "2026-12-31"),
            ("31-12-26", "2026-12-31"),
            ("5/5/2026", "2026-05-05"),
            ("31 décembre 2026", "2026-12-31"),
            ("1er juillet 2026", "2026-07-01"),
            ("December 31, 2026", "2026-12-31"),
            ("3rd March 2026", "2026-03-03"),
            ("٣١ ديسمبر ٢٠٢٦", "2026-12-31"),
            ("15 كانون الثاني 2026", "2026-01-15"),
            ("Dec 2026", "2026-12"),
            ("août 2026", "2026-08"),
            ("juin 2026", "2026-06"),
            ("juil. 2026", "2026-07"),
            ("Sept. 2026", "2026-09"),
            ("3 févr. 2026", "2026-02-03"),
            ("12/2026", "2026-12"),
            ("2026-12", "2026-12"),
            ("2026", "2026"),
            ("T3 2026", "2026-09"),
            ("Q1 2027", "2027-03"),
            ("3e trimestre 2026", "2026-09"),
            ("second quarter 2026", "2026-06"),
            ("الربع الرابع 2026", "2026-12"),
        ] {
            assert_eq!(read(text, None, End::Last).map(|date| date.to_string()), Ok(date.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_refused() {
        for text in [
            "",
            "soon",
            "May",
            "31/02/2026",
            "2026-13",
            "32 mars 2026",
            "Q5 2026",
            "12345",
            "à définir",
            "3 mars",
            "Marrakech 2026",
            "Mayotte 2026",
            "Junta 2026",
            "jui 2026",
            "ma 2026",
        ] {
            assert!(matches!(read(text, None, End::Last), Err(NoDate::None(_))), "{text}");
        }
        assert_eq!(read("03/04/2026", None, End::Last), Err(NoDate::Ambiguous("03/04/2026".to_owned())));
        let read = |order| read("03/04/2026", Some(order), End::First).map(|date| date.to_string());
        assert_eq!(read(Order::DayFirst), Ok("2026-04-03".to_owned()));
        assert_eq!(read(Order::MonthFirst), Ok("2026-03-04".to_owned()));
        assert!(matches!(super::read("T3 2026", None, End::First), Err(NoDate::Quarter(_))));
    }

    #[test]
    fn a_date_that_fits_one_order_alone_decides_it() {
        assert_eq!(order("31/12/2026"), Some(Order::DayFirst));
        assert_eq!(order("12/31/2026"), Some(Order::MonthFirst));
        for text in ["03/04/2026", "2026-12-31", "31 Dec 2026", "", "99/99/2026"] {
            assert_eq!(order(text), None, "{text}");
        }
    }
}
