//! Pictures: the answers that people would rather see than read, as SVG.
//!
//! A picture is made of an answer and nothing else, so it holds the same figures as the sheet; its description tells them in
//! words. Nothing is told by colour alone: what a colour means is also a pattern, a sign or a number.

mod bars;
mod canvas;
mod delivery_rate;
mod matrix;
mod partnerships;
mod row;
#[cfg(test)]
mod tests;
mod timeline;
mod words;

use vocab::Language;

use crate::{
    Inquiry, Told,
    brief::words::{Phrase, day, fill, say},
};
use canvas::{Canvas, Frame};
use row::{Row, rows};

/// A picture that can be drawn of an answer.
pub struct Chart {
    /// The question of whose answer it is, which is its name too.
    pub name: &'static str,
    /// What it is called.
    title: Phrase,
    /// Whether it tells of a period, else of a day.
    is_of_a_period: bool,
    /// Draws it, under the heading; nothing, where there is nothing to draw.
    draw: fn(&[Row<'_>], Language) -> Option<Drawing>,
}

/// What was drawn, and its figures in words.
struct Drawing {
    canvas: Canvas,
    told: Vec<String>,
}

static CHARTS: &[&Chart] = &[&partnerships::CHART, &matrix::CHART, &timeline::CHART, &delivery_rate::CHART];

/// Every picture.
pub fn charts() -> &'static [&'static Chart] {
    CHARTS
}

/// The picture of this name.
pub fn chart(name: &str) -> Option<&'static Chart> {
    charts().iter().copied().find(|chart| chart.name == name)
}

impl Chart {
    /// The picture of an answer to `inquiry`, as an SVG file.
    pub fn svg(&self, inquiry: &Inquiry, told: &Told, language: Language) -> String {
        let state = inquiry.state.as_deref().and_then(|code| vocab::member_state::by_code(code.trim()));
        let title = say(self.title, language);
        let title = match state {
            Some(state) => format!("{title}{}{}", say(words::COLON, language), state.name(language)),
            None => title.to_owned(),
        };
        let drawn = (self.draw)(&rows(told), language);
        let (canvas, mut lines) = match drawn {
            Some(Drawing { canvas, told }) => (canvas, told),
            None => (Canvas::empty(language), vec![say(words::NOTHING, language).to_owned()]),
        };
        let (judged, of) = (told.answer.judged.to_string(), told.answer.of.to_string());
        let values = [("judged", &*judged), ("of", &*of), ("rule", told.question.rule)];
        let foot = fill(words::JUDGED, language, &values);
        lines.push(foot.clone());
        canvas.framed(&Frame { title, subtitle: subtitle(self, inquiry, told, language), told: lines, foot })
    }
}

/// By which clock the picture is right, in a sentence.
fn subtitle(chart: &Chart, inquiry: &Inquiry, told: &Told, language: Language) -> String {
    let as_of = day(told.clock.as_of, language);
    let known = match told.clock.known_at {
        Some(moment) => {
            let moment = moment.format("%Y-%m-%d %H:%M:%S UTC").to_string();
            fill(words::KNOWN_AT, language, &[("moment", &moment)])
        }
        None => say(words::ALL_THAT_IS_KNOWN, language).to_owned(),
    };
    let from = inquiry.from.map(|from| day(from, language));
    let phrase = match (chart.is_of_a_period, &from) {
        (false, _) => words::AS_OF,
        (true, None) => words::UNTIL,
        (true, Some(_)) => words::PERIOD,
    };
    let values = [("from", from.as_deref().unwrap_or_default()), ("day", &*as_of), ("known", &*known)];
    fill(phrase, language, &values)
}
