//! A digest as plain text and as a page.

use std::fmt::Write;

use maud::html;

use super::{Digest, words};
use crate::{
    brief::words::{MORE, fill, say},
    paper,
};

/// What stands above and below the lines, in either form.
struct Frame {
    subject: String,
    name: String,
    more: Option<String>,
    last: &'static str,
}

impl Frame {
    fn of(digest: &Digest) -> Self {
        let language = digest.language;
        let left_out = digest.left_out();
        Self {
            subject: if digest.is_empty() { String::new() } else { digest.subject() },
            name: fill(words::FOR, language, &[("name", &digest.account.name)]),
            more: (left_out > 0).then(|| fill(MORE, language, &[("n", &left_out.to_string())])),
            last: say(if digest.is_empty() { words::NOTHING } else { words::WHY }, language),
        }
    }
}

pub(super) fn text(digest: &Digest) -> String {
    let Frame { subject, name, more, last } = Frame::of(digest);
    let mut text = format!("{name}\n");
    if !subject.is_empty() {
        text += &format!("{subject}\n");
    }
    for group in &digest.groups {
        // Writing into a text does not fail.
        let _ = write!(text, "\n{}\n", group.title(digest.language));
        for line in &group.lines {
            let _ = writeln!(text, "- {}", line.text);
        }
    }
    more.into_iter().for_each(|more| text += &format!("\n{more}\n"));
    text + &format!("\n{last}\n")
}

pub(super) fn html(digest: &Digest) -> String {
    let Frame { subject, name, more, last } = Frame::of(digest);
    let body = html! {
        header { p.kind { bdi { (name) } } h1 { (subject) } }
        @for group in &digest.groups {
            section {
                h2 { (group.title(digest.language)) }
                ul { @for line in &group.lines { li { (line.text) } } }
            }
        }
        @if let Some(more) = &more { p.more { (more) } }
        footer { (last) }
    };
    paper::sheet(digest.language, &subject, &body)
}
