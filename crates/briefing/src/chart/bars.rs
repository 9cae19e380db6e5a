//! Bars in a row each, stacked of parts, with the figures beside them.

use vocab::Language;

use super::{
    Drawing,
    canvas::{Canvas, Fill, LEAST_WIDTH, MARGIN, Style, TOP},
    words::COLON,
};
use crate::brief::words::{Phrase, say};

const ROW: i32 = 24;
const NAME: i32 = 190;
const BAR: i32 = 260;
/// Of each figure, and of what is said behind them.
const FIGURE: i32 = 100;

/// A part of a bar: how it is filled, and what it is called.
pub(super) type Part = (Fill, Phrase);

/// A bar.
pub(super) struct Bar<'a> {
    /// Under which heading; none where all stand together.
    pub(super) group: Option<&'a str>,
    /// Of what.
    pub(super) name: &'a str,
    /// The figures, one for each part.
    pub(super) figures: Vec<i64>,
}

/// Draws bars, all by the same measure; those of one group stand behind each other.
pub(super) fn drawn(bars: &[Bar<'_>], parts: &[Part], language: Language) -> Option<Drawing> {
    let longest = bars.iter().map(|bar| bar.figures.iter().sum::<i64>()).max()?.max(1);
    let figures = i32::try_from(parts.len()).unwrap_or_default() * FIGURE;
    let mut canvas = Canvas::new(language, LEAST_WIDTH.max(2 * MARGIN + NAME + BAR + figures + 20));
    let names: Vec<(Fill, &str)> = parts.iter().map(|(fill, name)| (*fill, say(*name, language))).collect();
    let mut y = canvas.legend(TOP, &names) + 14;
    let end = canvas.width() - MARGIN;
    for (at, (_, name)) in (1..).zip(&names) {
        canvas.text_to(Style::Quiet, end - figures + at * FIGURE, y, FIGURE - 4, name);
    }
    canvas.line("rule", [MARGIN, y + 6, end, y + 6]);
    y += 6;
    let mut group = None;
    for bar in bars {
        if bar.group != group {
            group = bar.group;
            let count = bars.iter().filter(|one| one.group == group).count();
            let heading = format!("{} ({count})", capitalized(group.unwrap_or_default()));
            y += ROW + 4;
            canvas.text(Style::Group, MARGIN, y, NAME + BAR, &heading);
            y += 6;
        }
        y += ROW;
        canvas.text(Style::Label, MARGIN, y, NAME - 8, bar.name);
        stacked(&mut canvas, bar, parts, longest, y);
        for (at, figure) in (1..).zip(&bar.figures) {
            canvas.text_to(Style::Label, end - figures + at * FIGURE, y, FIGURE, &figure.to_string());
        }
        canvas.line("line", [MARGIN, y + 7, end, y + 7]);
    }
    canvas.line("rule", [MARGIN, y + 7, end, y + 7]);
    Some(Drawing { canvas, told: bars.iter().map(|bar| told(bar, &names, language)).collect() })
}

/// A word as a heading.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The parts of a bar, one behind the other; what is there can be seen, however little it is.
fn stacked(canvas: &mut Canvas, bar: &Bar<'_>, parts: &[Part], longest: i64, y: i32) {
    let mut x = MARGIN + NAME;
    for ((fill, _), figure) in parts.iter().zip(&bar.figures).filter(|(_, figure)| **figure > 0) {
        let share = i64::from(BAR) * figure / longest;
        let width = i32::try_from(share).unwrap_or(BAR).max(3);
        canvas.block(*fill, [x, y - 12, width, 15]);
        x += width;
    }
}

/// A bar in words.
fn told(bar: &Bar<'_>, names: &[(Fill, &str)], language: Language) -> String {
    let colon = say(COLON, language);
    let figures = names.iter().zip(&bar.figures).map(|((_, name), figure)| format!("{name}{colon}{figure}"));
    let figures = figures.collect::<Vec<_>>().join("; ");
    let group = bar.group.map(|group| format!(" ({group})")).unwrap_or_default();
    format!("{}{group}{colon}{figures}.", bar.name)
}
