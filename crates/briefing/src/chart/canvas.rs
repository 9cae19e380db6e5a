//! What pictures are drawn on: places from the side where reading begins, text that is kept within its room, and the frame.

use maud::{Markup, PreEscaped, html};
use vocab::{Language, Word};

use super::words;
use crate::brief::words::{isolated, say};

/// How it looks, on paper and on a screen.
const STYLE: &str = include_str!("chart.css");

/// Around everything, and above what is drawn.
pub(super) const MARGIN: i32 = 20;
pub(super) const TOP: i32 = 84;

/// The least width: the heading has to have room.
pub(super) const LEAST_WIDTH: i32 = 800;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// The heading of the picture.
    Title,
    /// The heading of a part.
    Group,
    /// What is read first.
    Label,
    /// What is read beside it.
    Quiet,
    /// On a dark ground.
    OnDark,
    /// On a light ground.
    OnLight,
}

impl Style {
    fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Group => "group",
            Self::Label => "label",
            Self::Quiet => "quiet",
            Self::OnDark => "on-dark",
            Self::OnLight => "on-light",
        }
    }

    /// How large its letters are.
    pub(super) fn size(self) -> i32 {
        match self {
            Self::Title => 20,
            Self::Group => 13,
            Self::Label | Self::Quiet => 12,
            Self::OnDark | Self::OnLight => 11,
        }
    }
}

/// What fills a shape: told apart without colours by its pattern, and by its shade in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// Dark and even.
    Solid,
    /// Dark stripes.
    Striped,
    /// Light and even.
    Light,
    /// Crossed lines on a warning colour.
    Crossed,
    /// Dots on white.
    Dotted,
    /// White, within a broken line.
    Hollow,
    /// A step of a ladder of shades, from 1 to 6.
    Step(u8),
}

impl Fill {
    fn paint(self) -> &'static str {
        match self {
            Self::Solid => "#0b5563",
            Self::Striped => "url(#striped)",
            Self::Light => "#b9d6dc",
            Self::Crossed => "url(#crossed)",
            Self::Dotted => "url(#dotted)",
            Self::Hollow => "#fff",
            Self::Step(step) => {
                ["#f2f6f7", "#d5e4e8", "#a9c8d0", "#6fa1ae", "#33707f", "#073b46"][usize::from(step.clamp(1, 6)) - 1]
            }
        }
    }
}

/// What is told of a picture around it.
pub(super) struct Frame {
    /// What it is.
    pub(super) title: String,
    /// By which clock it is right.
    pub(super) subtitle: String,
    /// Its figures in words.
    pub(super) told: Vec<String>,
    /// What it could judge.
    pub(super) foot: String,
}

/// A picture that is being drawn. Places are counted from the side on which reading begins: Arabic runs from the right.
pub(super) struct Canvas {
    language: Language,
    width: i32,
    height: i32,
    drawn: Vec<Markup>,
}

impl Canvas {
    /// An empty one of this width; it grows downwards.
    pub(super) fn new(language: Language, width: i32) -> Self {
        Self { language, width: width.max(LEAST_WIDTH), height: TOP, drawn: Vec::new() }
    }

    /// One that says that there is nothing to show.
    pub(super) fn empty(language: Language) -> Self {
        let mut canvas = Self::new(language, LEAST_WIDTH);
        canvas.shape("frame", [MARGIN, TOP, canvas.width - 2 * MARGIN, 90]);
        canvas.text(Style::Label, MARGIN + 16, TOP + 50, canvas.width, say(words::NOTHING, language));
        canvas
    }

    /// Its width.
    pub(super) fn width(&self) -> i32 {
        self.width
    }

    /// The place that is so far from the side where reading begins.
    fn x(&self, x: i32) -> i32 {
        if self.language == Language::Ar { self.width - x } else { x }
    }

    fn put(&mut self, down_to: i32, markup: Markup) {
        self.height = self.height.max(down_to);
        self.drawn.push(markup);
    }

    fn shape(&mut self, class: &str, [x, y, width, height]: [i32; 4]) {
        let left = self.x(x).min(self.x(x + width));
        self.put(y + height, html! { rect class=(class) x=(left) y=(y) width=(width) height=(height) {} });
    }

    /// A filled rectangle: its place, its width and its height.
    pub(super) fn block(&mut self, fill: Fill, [x, y, width, height]: [i32; 4]) {
        let left = self.x(x).min(self.x(x + width));
        let block = html! {
            rect.swatch.hollow[fill == Fill::Hollow] fill=(fill.paint()) x=(left) y=(y) width=(width) height=(height) {}
        };
        self.put(y + height, block);
    }

    /// A line from one place to another; its class says what it is for.
    pub(super) fn line(&mut self, class: &str, [x1, y1, x2, y2]: [i32; 4]) {
        let (x1, x2) = (self.x(x1), self.x(x2));
        self.put(y1.max(y2), html! { line class=(class) x1=(x1) y1=(y1) x2=(x2) y2=(y2) {} });
    }

    /// A sign around a place, by its outline from there.
    pub(super) fn mark(&mut self, fill: Fill, x: i32, y: i32, outline: &str) {
        let place = format!("translate({} {y})", self.x(x));
        self.put(y + 6, html! { path.mark fill=(fill.paint()) transform=(place) d=(outline) {} });
    }

    /// A text from a place on, kept within its room; shortened, it tells the whole where it is pointed at.
    pub(super) fn text(&mut self, style: Style, x: i32, y: i32, room: i32, text: &str) {
        self.written(style, "start", x, y, 0, room, text);
    }

    /// A text that ends at a place.
    pub(super) fn text_to(&mut self, style: Style, x: i32, y: i32, room: i32, text: &str) {
        self.written(style, "end", x, y, 0, room, text);
    }

    /// A text around a place.
    pub(super) fn text_around(&mut self, style: Style, x: i32, y: i32, room: i32, text: &str) {
        self.written(style, "middle", x, y, 0, room, text);
    }

    /// A text that climbs from a place.
    pub(super) fn climbing(&mut self, style: Style, x: i32, y: i32, room: i32, text: &str) {
        self.written(style, "start", x, y, 60, room, text);
    }

    fn written(&mut self, style: Style, anchor: &str, x: i32, y: i32, angle: i32, room: i32, text: &str) {
        let whole = writable(text);
        let fitting = fitting(&whole, room, style.size());
        let cut = (fitting != whole).then_some(whole);
        let x = self.x(x);
        // Whoever put it together has seen to its parts.
        let is_whole = !fitting.contains('\u{2068}');
        let shown = if is_whole { isolated(&fitting, self.language) } else { fitting };
        let angle = if self.language == Language::Ar { angle } else { -angle };
        let turned = (angle != 0).then(|| format!("rotate({angle} {x} {y})"));
        let markup = html! {
            text class=(style.class()) font-size=(style.size()) text-anchor=(anchor) x=(x) y=(y) transform=[turned] {
                @if let Some(whole) = &cut { title { (whole) } }
                (shown)
            }
        };
        self.put(y + 4, markup);
    }

    /// What each fill means, in lines that begin at a place; the place below them.
    pub(super) fn legend(&mut self, y: i32, meanings: &[(Fill, &str)]) -> i32 {
        let drawn = |canvas: &mut Self, x: i32, y: i32, at: usize| canvas.block(meanings[at].0, [x, y - 11, 18, 13]);
        let texts: Vec<&str> = meanings.iter().map(|(_, text)| *text).collect();
        self.explained(y, &texts, drawn)
    }

    /// What each sign means: `sign` draws the one at a place of the list, 18 wide.
    pub(super) fn explained(&mut self, mut y: i32, texts: &[&str], sign: impl Fn(&mut Self, i32, i32, usize)) -> i32 {
        let mut x = MARGIN;
        for (at, text) in texts.iter().enumerate() {
            let width = 18 + 8 + text_width(text, Style::Label.size()) + 22;
            if x > MARGIN && x + width > self.width - MARGIN {
                (x, y) = (MARGIN, y + 22);
            }
            sign(self, x, y, at);
            self.text(Style::Label, x + 26, y, self.width, text);
            x += width;
        }
        y + 20
    }

    /// The whole file: the heading above, the foot below, and what is told to those who do not see it.
    pub(super) fn framed(mut self, frame: &Frame) -> String {
        let Frame { title, subtitle, told, foot } = frame;
        let (room, below) = (self.width - 2 * MARGIN, self.height + 28);
        self.text(Style::Title, MARGIN, 36, room, title);
        self.text(Style::Label, MARGIN, 58, room, subtitle);
        self.text(Style::Quiet, MARGIN, below, room, foot);
        let Self { language, width, drawn, .. } = self;
        let (height, direction) = (below + 16, if language == Language::Ar { "rtl" } else { "ltr" });
        let picture = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height)
                role="img" lang=(language.code()) direction=(direction) aria-labelledby="title desc" {
                title id="title" { (writable(title)) }
                desc id="desc" { (writable(subtitle)) @for line in told { " " (writable(line)) } }
                style { (PreEscaped(STYLE)) }
                (patterns())
                rect.page width=(width) height=(height) {}
                @for shape in &drawn { (shape) }
            }
        };
        picture.into_string()
    }
}

/// The patterns, each also a shade of its own in print.
fn patterns() -> Markup {
    html! {
        defs {
            pattern id="striped" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="6" height="6" fill="#fff" {}
                rect width="3" height="6" fill="#0b5563" {}
            }
            pattern id="crossed" width="6" height="6" patternUnits="userSpaceOnUse" {
                rect width="6" height="6" fill="#f2c5a0" {}
                path d="M0 0 L6 6 M6 0 L0 6" stroke="#7a2e00" stroke-width="1.2" {}
            }
            pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse" {
                rect width="6" height="6" fill="#fff" {}
                circle cx="3" cy="3" r="1" fill="#4d4d4d" {}
            }
        }
    }
}

/// A text without the signs that XML has no way to write.
fn writable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// About how wide a text is; rather too much than too little, since nobody knows the font.
pub(super) fn text_width(text: &str, size: i32) -> i32 {
    let hundredths: i32 = text.chars().map(hundredths).sum();
    (hundredths * size + 99) / 100
}

/// The width of a letter in hundredths of its size.
fn hundredths(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '(' | ')' | '-' => {
            38
        }
        'm' | 'w' | 'M' | 'W' | '…' | '–' | '—' => 92,
        '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{2066}'..='\u{2069}' => 0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{1f300}'..='\u{1faff}' => 105,
        c if c.is_uppercase() => 72,
        _ => 60,
    }
}

/// As much of a text as fits, and a sign where something is left out.
fn fitting(text: &str, room: i32, size: i32) -> String {
    if text_width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = (room * 100 / size) - hundredths('…');
    let kept = text.chars().take_while(|c| {
        left -= hundredths(*c);
        left >= 0
    });
    format!("{}…", kept.collect::<String>().trim_end())
}
