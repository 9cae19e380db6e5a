//! What a person finds in a PDF, read from its pages before they are written.

use std::sync::LazyLock;

use briefing::{
    Paper,
    paper::{Body, Cell, Fact, Item, List, Origin, Row, Section, Table},
};
use typst::{
    World,
    diag::FileError,
    layout::{Abs, Frame, FrameItem, Point, Transform},
    model::Destination,
    syntax::{RootedPath, VirtualPath, VirtualRoot},
};
use vocab::{Language, Word};

use super::{fonts::Fonts, make, world::Desk};

/// Tests set papers in these alone, so that every machine sets them alike: Debian's package fonts-noto-core has them.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| only(&["Noto Sans", "Noto Naskh Arabic"]));

fn only(families: &[&str]) -> Fonts {
    let fonts = Fonts::of_the_system(|family| families.contains(&family));
    let found = fonts.store().book().families().count();
    assert_eq!(found, families.len(), "{families:?} are to be installed: Debian's package fonts-noto-core has them");
    fonts
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn paper(language: Language, sections: Vec<Section>) -> Paper {
    let fact = |name, value: &str| Fact { name, value: value.to_owned() };
    let (kind, arabic) =
        if language == Language::Ar { ("مذكرة إحاطة", "باكستان") } else { ("Brief", "Pakistan") };
    Paper {
        language,
        kind: Some(kind),
        heading: format!("ICESCO – {arabic}"),
        as_of: "2026-03-02".parse().expect("a day"),
        clock: [fact("As of", "2 March 2026"), fact("By all that is known", "")],
        facts: vec![fact("Partnership", "active"), fact("Overdue", "0")],
        seal: None,
        sections,
        rules: fact("Rules", "brief/1"),
    }
}

fn section(body: Body) -> Section {
    Section { heading: "What we owe", body, more: None }
}

/// A section that tells of these titles, each with its address.
fn lines(titles: &[&str], address: Cell) -> Section {
    let row = |title: &&str| {
        let told = [text("PAK-1"), text(title), address.clone()];
        Row {
            cells: told.into_iter().chain([Cell::Origin(Origin::Hand("recorded by hand", None))]).collect(),
            late: true,
        }
    };
    let columns = vec!["Reference", "What", "Address", "Source"];
    section(Body::Table(Table { columns, rows: titles.iter().map(row).collect(), wide: false }))
}

/// What stands on the pages: the words without spaces and breaks, the addresses that are followed, and how far the
/// words reach beyond the paper.
#[derive(Default)]
struct Seen {
    words: String,
    addresses: Vec<String>,
    beyond: Abs,
    pages: usize,
}

impl Seen {
    fn of(paper: &Paper) -> Self {
        let document = make::document(paper, &FONTS).expect("a document");
        let mut seen = Self { pages: document.pages().len(), ..Self::default() };
        for page in document.pages() {
            seen.walk(&page.frame, Transform::identity(), page.frame.width());
        }
        seen
    }

    fn walk(&mut self, frame: &Frame, to_page: Transform, width: Abs) {
        for (at, item) in frame.items() {
            let here = to_page.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.walk(&group.frame, here.pre_concat(group.transform), width),
                FrameItem::Text(item) => {
                    self.words.extend(item.text.chars().filter(|c| !is_layout(*c)));
                    let start = Point::zero().transform(here).x;
                    self.beyond = self.beyond.max(start + item.width() - width).max(-start);
                }
                FrameItem::Link(Destination::Url(url), _) => self.addresses.push(url.to_string()),
                _ => {}
            }
        }
    }

    fn says(&self, words: &str) -> bool {
        self.words.contains(&words.chars().filter(|c| !is_layout(*c)).collect::<String>())
    }
}

/// A space, or a mark that only tells where a line may break or which way words run.
fn is_layout(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2068}' | '\u{2069}')
}

#[test]
fn words_of_a_report_are_set_and_never_run() {
    let long = "x".repeat(10_000);
    let hostile = [
        "#eval(\"1 + 1\")",
        "#panic()",
        "$x^2$ and $ unclosed",
        "*bold* _emphasis_ `raw` ```rust x```",
        "@ref <label> #label(\"source-1\")",
        "\\ \\u{41} \\",
        "= Heading - list + enum / term: x",
        "#include \"/etc/passwd\" #read(\"paper.json\")",
        "#import \"@preview/x:1.0.0\": *",
        "https://example.org/#fragment // comment /* no comment */",
        "]) } \" ' -- --- ... ~",
    ];
    let endless = lines(&[&long], text(&long));
    let seen = Seen::of(&paper(Language::En, vec![lines(&hostile, text("")), endless]));
    for words in hostile {
        assert!(seen.says(words), "{words} is not in {}", seen.words);
    }
    assert!(seen.words.matches('x').count() > 2 * long.len());
    assert!(seen.beyond <= Abs::zero() && seen.addresses.is_empty(), "{:?} {:?}", seen.beyond, seen.addresses);
    let crowded = "Abcdefghijklmnopqrstuvwxyz".repeat(3);
    let many = Row { cells: vec![text(&crowded[..29]); 8], late: false };
    let table = Table { columns: vec!["Column"; 8], rows: vec![many], wide: false };
    let seen = Seen::of(&paper(Language::Fr, vec![section(Body::Table(table))]));
    assert!(seen.beyond <= Abs::zero() && seen.says(&crowded[..29]), "{:?}", seen.beyond);
}

#[test]
fn words_of_others_are_set_wherever_they_stand() {
    let hostile = "#sys.version *x* <y>";
    let origin = Origin::Hand("recorded by hand", Some(format!("who {hostile}")));
    let item = Item {
        lead: Some(format!("lead {hostile}")),
        text: format!("item {hostile}"),
        origin: Some(origin),
        late: true,
    };
    let mut paper = paper(Language::En, vec![section(Body::List(List { numbered: true, items: vec![item] }))]);
    paper.heading = format!("heading {hostile}");
    paper.facts.push(Fact { name: "Held by", value: format!("fact {hostile}") });
    let seen = Seen::of(&paper);
    for place in ["who", "lead", "item", "heading", "fact", "Brief: heading"] {
        assert!(seen.says(&format!("{place} {hostile}")), "{place}: {}", seen.words);
    }
}

#[test]
fn only_what_leads_into_the_web_is_a_link() {
    let address = "https://example.org/news?a=1&b=#c";
    let seen = Seen::of(&paper(Language::En, vec![lines(&["a"], Cell::Address(address.to_owned()))]));
    assert_eq!(seen.addresses, [address]);
    let endless = format!("https://example.org/{}", "x".repeat(9_000));
    let seen = Seen::of(&paper(Language::En, vec![lines(&["a"], Cell::Address(endless.clone()))]));
    assert!(seen.addresses.is_empty() && seen.words.matches('x').count() >= 9_000);
    let seen = Seen::of(&paper(Language::En, vec![lines(&["a"], text("javascript:alert(1)"))]));
    assert!(seen.addresses.is_empty() && seen.says("javascript:alert(1)"));
}

#[test]
fn a_paper_is_the_same_bytes_in_each_language_and_fit_for_an_archive() {
    for language in Language::ALL {
        let paper =
            paper(*language, vec![lines(&["Send experts", "إرسال الخبراء", "Envoyer des experts à Fès"], text(""))]);
        let pdf = make::bytes(&paper, &FONTS).expect("a PDF");
        assert_eq!(pdf, make::bytes(&paper, &FONTS).expect("a PDF"), "{language}");
        let shown = String::from_utf8_lossy(&pdf);
        let tongue = format!("/Lang({language})");
        for part in
            ["%PDF-1.7", "<pdfaid:part>2<", "<pdfaid:conformance>U<", "/MarkInfo", "2026-03-02", tongue.as_str()]
        {
            assert!(shown.contains(part), "{language}: {part}");
        }
    }
}

#[test]
fn a_long_paper_has_its_head_and_its_numbers_on_every_page() {
    let titles = vec!["A title that takes its line"; 150];
    let seen =
        Seen::of(&paper(Language::En, vec![lines(&titles, text("")), section(Body::Nothing("We owe nothing."))]));
    assert!(seen.pages > 2 && seen.says("We owe nothing."), "{}", seen.pages);
    for page in 1..=seen.pages {
        assert!(seen.says(&format!("{page}/{}", seen.pages)), "{page}");
    }
    assert_eq!(seen.words.matches("Brief:ICESCO–PakistanAsof2March2026").count(), seen.pages);
}

#[test]
fn without_a_font_nothing_is_written_and_the_font_is_named() {
    let told = |language, fonts: &Fonts, title: &str| {
        make::bytes(&paper(language, vec![lines(&[title], text(""))]), fonts).expect_err("a refusal")
    };
    let latin = only(&["Noto Sans"]);
    for (failure, named) in [
        (told(Language::En, &Fonts::default(), "a"), "fonts-dejavu-core"),
        (told(Language::Ar, &latin, "a"), "Noto Naskh Arabic"),
        (told(Language::En, &latin, "وزارة"), "Noto Naskh Arabic"),
        (told(Language::Fr, &latin, "新华社"), "fonts-noto-cjk"),
        (told(Language::Fr, &latin, "ღ"), "fonts-noto-core"),
    ] {
        assert!(failure.code == 2 && failure.message.contains(named), "{named}: {failure}");
        assert!(failure.message.contains("--format html"), "{failure}");
    }
}

#[test]
fn a_sign_that_no_font_has_is_seen_to_be_missing() {
    let odd =
        "Signed \u{1F91D}\u{FE0F} to\u{0}day\u{FEFF}\u{10FFFD}\r\n\u{202E}backwards\u{2069} a\u{0300}\u{0489}\u{1AB0}";
    let paper = paper(Language::En, vec![lines(&[odd], text(""))]);
    let seen = Seen::of(&paper);
    assert!(seen.says("Signed \u{FFFD}") && seen.says("to day\u{FFFD}"), "{}", seen.words);
    assert!(make::bytes(&paper, &FONTS).is_ok());
}

#[test]
fn the_compiler_sees_no_file_but_its_own() {
    let desk = Desk::with("{}".to_owned(), &FONTS).expect("a desk");
    for path in ["etc/passwd", "paper.typ.bak", "../paper.json"] {
        let Ok(path) = VirtualPath::new(path) else { continue };
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        assert_eq!(
            (desk.file(id).err(), desk.source(id).err()),
            (Some(FileError::AccessDenied), Some(FileError::AccessDenied))
        );
    }
    assert!(desk.today(None).is_none());
}
