//! What there was, event by event: each has a line of its own, led from its place on the measure of time.

use chrono::{Months, NaiveDate};
use vocab::{ActionStatus, DatePrecision, Language, PartialDate};

use super::{
    Chart, Drawing,
    canvas::{Canvas, Fill, MARGIN, Style, TOP},
    row::Row,
    words,
};
use crate::{
    brief::words::{date, day, fill, say},
    question::EVENTS,
};

pub(super) static CHART: Chart = Chart { name: "timeline", title: words::TIMELINE, is_of_a_period: true, draw };

/// The most events that are drawn: a picture is no list.
const MOST: usize = 120;
const WIDTH: i32 = 960;
const ROW: i32 = 24;
/// Where the measure of time stands, where the signs, the days and the words.
const MEASURE: i32 = MARGIN + 110;
const SIGNS: i32 = MEASURE + 90;
const DAYS: i32 = SIGNS + 16;
const WORDS: i32 = DAYS + 130;
/// The least room between two marks of the measure.
const BETWEEN: i32 = 18;

/// The sign of each kind of event, told apart by its outline.
const SIGNS_OF: [(Fill, &str); EVENTS.len()] = [
    (Fill::Solid, "M-6 0 A6 6 0 1 0 6 0 A6 6 0 1 0 -6 0 Z"),
    (Fill::Light, "M-5 -5 H5 V5 H-5 Z"),
    (Fill::Step(1), "M0 -7 L7 0 L0 7 L-7 0 Z"),
    (Fill::Step(4), "M0 -6 L7 6 H-7 Z"),
    (Fill::Crossed, "M-7 -6 H7 L0 6 Z"),
];

fn draw(rows: &[Row<'_>], language: Language) -> Option<Drawing> {
    let dated: Vec<(NaiveDate, &Row<'_>)> = rows.iter().filter_map(|row| Some((row.day("day")?, row))).collect();
    let shown = &dated[dated.len().saturating_sub(MOST)..];
    let (first, last) = (shown.first()?.0, shown.last()?.0);
    let mut canvas = Canvas::new(language, WIDTH);
    let names: Vec<&str> = words::EVENTS.iter().map(|name| say(*name, language)).collect();
    let sign = |canvas: &mut Canvas, x, y, at: usize| canvas.mark(SIGNS_OF[at].0, x + 9, y - 4, SIGNS_OF[at].1);
    let mut top = canvas.explained(TOP, &names, sign);
    let mut told = Vec::with_capacity(shown.len() + 1);
    if shown.len() < dated.len() {
        let (n, of) = (shown.len().to_string(), dated.len().to_string());
        let cut = fill(words::LATEST, language, &[("n", &n), ("of", &of)]);
        canvas.text(Style::Quiet, MARGIN, top, WIDTH, &cut);
        (top, told) = (top + 20, vec![cut]);
    }
    let count = i32::try_from(shown.len()).ok()?;
    let measure = Measure { first, last, top: top + ROW / 2, height: (count * ROW - ROW).max(1) };
    measure.draw(&mut canvas, language);
    for (at, (on, row)) in (0..).zip(shown) {
        let y = top + at * ROW + ROW / 2;
        canvas.line("leader", [MEASURE, measure.place(*on), SIGNS - 34, y]);
        canvas.line("leader", [SIGNS - 34, y, SIGNS, y]);
        told.push(event(&mut canvas, row, *on, y, language));
    }
    Some(Drawing { canvas, told })
}

/// The line of an event, and the same in words.
fn event(canvas: &mut Canvas, row: &Row<'_>, on: NaiveDate, y: i32, language: Language) -> String {
    let kind = EVENTS.iter().position(|event| Some(*event) == row.text("event")).unwrap_or_default();
    let (fill, outline) = SIGNS_OF[kind];
    canvas.mark(fill, SIGNS, y, outline);
    let (on, words) = (day(on, language), said(row, kind, language));
    canvas.text(Style::Quiet, DAYS, y + 4, WORDS - DAYS - 8, &on);
    canvas.text(Style::Label, WORDS, y + 4, canvas.width() - MARGIN - WORDS, &words);
    let colon = say(words::COLON, language);
    format!("{on}{colon}{} – {words}.", say(words::EVENTS[kind], language))
}

/// What happened: the meeting, the action and what it is about, or how it is said to stand.
fn said(row: &Row<'_>, kind: usize, language: Language) -> String {
    let record = row.text("record").unwrap_or_default();
    let (phrase, words) = match kind {
        0 => return record.to_owned(),
        1 => (words::ACTION_SAID, row.text("words").unwrap_or_default()),
        _ => (words::ACTION_TOLD, row.said::<ActionStatus>("words", language)),
    };
    fill(phrase, language, &[("record", record), ("words", words)])
}

/// The measure of time, from the first day down to the last.
struct Measure {
    first: NaiveDate,
    last: NaiveDate,
    top: i32,
    height: i32,
}

impl Measure {
    /// Where a day stands.
    fn place(&self, on: NaiveDate) -> i32 {
        let (days, all) = ((on - self.first).num_days(), (self.last - self.first).num_days().max(1));
        self.top + i32::try_from(i64::from(self.height) * days / all).unwrap_or_default()
    }

    fn draw(&self, canvas: &mut Canvas, language: Language) {
        canvas.line("rule", [MEASURE, self.top, MEASURE, self.place(self.last)]);
        let mut free_from = i32::MIN;
        for (on, name) in self.marks(language) {
            let y = self.place(on);
            if y >= free_from {
                canvas.line("rule", [MEASURE - 5, y, MEASURE, y]);
                canvas.text_to(Style::Quiet, MEASURE - 9, y + 4, MEASURE - MARGIN, &name);
                free_from = y + BETWEEN;
            }
        }
    }

    /// The first of each month, or of each year where there are many; the first day of all, where neither lies between.
    fn marks(&self, language: Language) -> Vec<(NaiveDate, String)> {
        let years = (self.last - self.first).num_days() > 3 * 365;
        let (step, precision) = if years { (12, DatePrecision::Year) } else { (1, DatePrecision::Month) };
        let start = PartialDate::new(self.first, precision).first_day();
        let firsts = (0..).map_while(|n: u32| start.checked_add_months(Months::new(n.checked_mul(step)?)));
        let within = firsts.take_while(|on| *on <= self.last).filter(|on| *on >= self.first);
        let name = |on: NaiveDate| date(PartialDate::new(on, precision), language);
        let marks: Vec<_> = within.map(|on| (on, name(on))).collect();
        if marks.is_empty() { vec![(self.first, name(self.first))] } else { marks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_of_time_has_marks_that_fit_its_length() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (first, last, expected) in [
            ("2026-03-02", "2026-03-02", vec!["March 2026"]),
            ("2026-03-02", "2026-05-30", vec!["April 2026", "May 2026"]),
            ("2022-03-02", "2026-05-30", vec!["2023", "2024", "2025", "2026"]),
        ] {
            let measure = Measure { first: day(first), last: day(last), top: 10, height: 100 };
            let marks: Vec<_> = measure.marks(Language::En).into_iter().map(|(_, name)| name).collect();
            assert_eq!(marks, expected);
            assert_eq!((measure.place(day(first)), measure.place(day(last)) <= 110), (10, true));
        }
    }
}
