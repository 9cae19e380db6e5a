//! A page to be printed: one file that needs nothing else and runs nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use vocab::{Language, Word};

use crate::{
    Clock,
    brief::words::{self, say},
};

/// How it looks, on paper and on a screen.
const STYLE: &str = include_str!("paper.css");

/// The whole file. What is put in with `maud` is escaped; only the style is not, which is ours.
pub(crate) fn sheet(language: Language, title: &str, body: &Markup) -> String {
    let direction = if language == Language::Ar { "rtl" } else { "ltr" };
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string()
}

/// By which clock a paper is made.
pub(crate) fn clock(clock: Clock, language: Language) -> Markup {
    let known_at = clock.known_at.map(|moment| moment.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    html! {
        p.clock {
            (say(words::AS_OF, language)) " " bdi { (words::day(clock.as_of, language)) } ". "
            @match &known_at {
                Some(moment) => { (say(words::KNOWN_AT, language)) " " bdi { (moment) } },
                None => (say(words::ALL_THAT_IS_KNOWN, language)),
            }
            "."
        }
    }
}

/// An address as a link, where it leads into the web; what else it may be stays text.
pub(crate) fn address(url: &str) -> Markup {
    let lower = url.trim_start().to_ascii_lowercase();
    html! {
        @if lower.starts_with("https://") || lower.starts_with("http://") {
            a href=(url) rel="noreferrer" { bdi { (url) } }
        } @else {
            bdi { (url) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_stay_words() {
        let page = sheet(Language::Ar, "<script>", &html! { p { ("\"><img src=x>") } });
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        assert!(page.contains("lang=\"ar\" dir=\"rtl\""), "{page}");
        for harmful in ["javascript:alert(1)", " JavaScript:x", "data:text/html,x"] {
            assert!(!address(harmful).into_string().contains("href"), "{harmful}");
        }
        assert!(address("https://example.org/?a=1&b=2").into_string().contains("a=1&amp;b=2"));
    }
}
