//! Pages as sites serve them (`*.html`) and as people paste them (`*.txt`): what is kept of each is `*.want`, word for word.

use std::{
    fs,
    path::{Path, PathBuf},
};

use extract::{Known, Reading, Report, read};
use vocab::ReportFormat;

fn pages() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = fs::read_dir(folder).expect("the pages are there").map(|entry| entry.expect("a page").path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e != "want")).collect();
    pages.sort();
    pages.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a page is text"))).collect()
}

fn clean(path: &Path, page: &str) -> Reading {
    let format = if path.extension().is_some_and(|e| e == "html") { ReportFormat::Html } else { ReportFormat::Plain };
    read(&Report { text: page, format, published_on: None, language: None, known: Known::nothing() })
}

fn slice(page: &str, start: usize, end: usize) -> String {
    page.chars().skip(start).take(end - start).collect()
}

/// The words between the tags of a piece of a page.
fn words(markup: &str) -> String {
    let text: String = format!(">{markup}").split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let named =
        [("&copy;", "©"), ("&raquo;", "»"), ("&nbsp;", " "), ("&rsquo;", "’"), ("&eacute;", "é"), ("&amp;", "&")];
    named.iter().fold(text, |text, (name, sign)| text.replace(name, sign))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn what_is_kept_of_a_page_is_its_report() {
    let mut wrong = Vec::new();
    for (path, page) in pages() {
        let wanted = fs::read_to_string(path.with_extension("want")).expect("each page has what is wanted of it");
        let kept = clean(&path, &page).text;
        if kept.trim() != wanted.trim() {
            wrong.push(format!("{}:\n{kept}\n", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_was_cut_stands_in_the_page_where_its_place_says() {
    for (path, page) in pages() {
        let html = path.extension().is_some_and(|e| e == "html");
        for cut in clean(&path, &page).cut {
            let there = slice(&page, cut.start, cut.end);
            let there = if html { words(&there) } else { there };
            assert_eq!(letters(&there), letters(&cut.text), "{}: {}", path.display(), cut.reason);
        }
    }
}

/// What is neither kept nor cut would be lost. Where a page is broken, the kept text is not the page's, letter by letter.
#[test]
fn of_a_pasted_page_everything_is_kept_or_cut() {
    let pasted = pages()
        .into_iter()
        .filter(|(path, page)| path.extension().is_some_and(|e| e == "txt") && !page.contains(['&', 'â', 'Ã']));
    for (path, page) in pasted {
        let reading = clean(&path, &page);
        let mut rest: Vec<char> = page.chars().collect();
        for cut in &reading.cut {
            rest[cut.start..cut.end].fill(' ');
        }
        let rest: String = rest.into_iter().collect();
        assert_eq!(letters(&rest), letters(&reading.text), "{}", path.display());
    }
}
