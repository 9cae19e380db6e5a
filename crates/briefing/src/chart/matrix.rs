//! With which state there is what in which area: a field for each, with the strength as a number and a shade.

use vocab::{CooperationArea, Language, Strength, Word};

use super::{
    Chart, Drawing,
    canvas::{Canvas, Fill, MARGIN, Style, TOP, text_width},
    row::Row,
    words,
};
use crate::brief::words::{Spoken, fill, say};

pub(super) static CHART: Chart = Chart { name: "matrix", title: words::MATRIX, is_of_a_period: false, draw };

const NAME: i32 = 190;
/// Where the fields begin, how wide they are and how high.
const START: i32 = MARGIN + NAME;
const WIDE: i32 = 30;
const HIGH: i32 = 24;
/// The most room of the head of a column, along its slope of 60 degrees.
const HEAD: i32 = 200;

fn draw(rows: &[Row<'_>], language: Language) -> Option<Drawing> {
    // The rows of a state stand together.
    let states: Vec<&[Row<'_>]> = rows.chunk_by(|one, next| one.text("state") == next.text("state")).collect();
    let in_rows = |area: &&CooperationArea| rows.iter().any(|row| is_in(row, area));
    let areas: Vec<&CooperationArea> = vocab::cooperation_area::all().iter().filter(in_rows).collect();
    let head = areas.iter().map(|area| text_width(area.name(language), Style::Label.size())).max()?.min(HEAD);
    let (columns, lines) = (i32::try_from(areas.len()).ok()?, i32::try_from(states.len()).ok()?);
    // The last head climbs beyond the last column.
    let mut canvas = Canvas::new(language, 2 * MARGIN + NAME + columns * WIDE + head / 2);
    let top = legend(&mut canvas, language) + head * 87 / 100;
    grid(&mut canvas, top, columns, lines);
    for (x, area) in places(START, WIDE).zip(&areas) {
        canvas.climbing(Style::Label, x + WIDE / 2 + 4, top - 8, head, area.name(language));
    }
    let mut told = Vec::with_capacity(rows.len());
    for (y, of_state) in places(top, HIGH).zip(states) {
        canvas.text(Style::Label, MARGIN, y + HIGH - 8, NAME - 10, of_state[0].state(language));
        for row in of_state {
            let column = places(START, WIDE).zip(&areas).find(|(_, area)| is_in(row, area));
            if let Some((x, area)) = column {
                field(&mut canvas, row, x, y);
                told.push(sentence(row, area, language));
            }
        }
    }
    Some(Drawing { canvas, told })
}

/// Places from one on, always as far apart.
fn places(from: i32, apart: i32) -> impl Iterator<Item = i32> {
    (0..).map(move |at| from + at * apart)
}

/// Whether a row is of an area.
fn is_in(row: &Row<'_>, area: &CooperationArea) -> bool {
    row.text("area") == Some(area.name(Language::En))
}

/// The lines between the fields, closed on every side.
fn grid(canvas: &mut Canvas, top: i32, columns: i32, lines: i32) {
    let (end, bottom) = (START + columns * WIDE, top + lines * HIGH);
    for x in places(START, WIDE).take_while(|x| *x <= end) {
        canvas.line("line", [x, top, x, bottom]);
    }
    for y in places(top, HIGH).take_while(|y| *y <= bottom) {
        canvas.line("line", [MARGIN, y, end, y]);
    }
}

/// The step of the ladder on which a row stands, counted from 1.
fn step(row: &Row<'_>) -> u8 {
    row.word::<Strength>("strength").map_or(1, |strength| strength as u8 + 1)
}

/// A field: hollow, where nothing is open any more.
fn field(canvas: &mut Canvas, row: &Row<'_>, x: i32, y: i32) {
    let step = step(row);
    let is_open = row.number("open") > 0;
    let (ground, style) = match step {
        _ if !is_open => (Fill::Hollow, Style::Quiet),
        1..=4 => (Fill::Step(step), Style::OnLight),
        _ => (Fill::Step(step), Style::OnDark),
    };
    canvas.block(ground, [x + 2, y + 2, WIDE - 4, HIGH - 4]);
    canvas.text_around(style, x + WIDE / 2, y + HIGH - 8, WIDE, &step.to_string());
}

/// What the shades and numbers mean; the place below.
fn legend(canvas: &mut Canvas, language: Language) -> i32 {
    canvas.text(Style::Quiet, MARGIN, TOP, canvas.width(), say(words::STRONGEST, language));
    let steps =
        Strength::ALL.iter().map(|strength| format!("{} {}", *strength as u8 + 1, say(strength.phrase(), language)));
    let texts: Vec<String> = steps.chain([say(words::NONE_OPEN, language).to_owned()]).collect();
    let fills = (1..=6).map(Fill::Step).chain([Fill::Hollow]);
    let meanings: Vec<(Fill, &str)> = fills.zip(texts.iter().map(String::as_str)).collect();
    canvas.legend(TOP + 24, &meanings)
}

/// A field in words.
fn sentence(row: &Row<'_>, area: &CooperationArea, language: Language) -> String {
    let (n, open) = (row.number("actions").to_string(), row.number("open").to_string());
    let counted = fill(words::ACTIONS, language, &[("n", &n), ("open", &open)]);
    let colon = say(words::COLON, language);
    let strength = row.said::<Strength>("strength", language);
    format!("{}, {}{colon}{strength} ({counted}).", row.state(language), area.name(language))
}
