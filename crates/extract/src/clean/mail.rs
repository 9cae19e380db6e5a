//! What mail puts around a report that is sent on: the marks of what is quoted, and who sent it to whom.

use std::borrow::Cow;

use super::lines::{Line, single_spaced};
use crate::{reading::Cut, text};

/// What a line of a mail's head gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Somebody,
    Subject,
    Day,
}

/// The folded labels of a mail's head.
const HEADS: [(&str, Head); 21] = [
    ("from", Head::Somebody),
    ("to", Head::Somebody),
    ("cc", Head::Somebody),
    ("bcc", Head::Somebody),
    ("reply to", Head::Somebody),
    ("attachments", Head::Somebody),
    ("subject", Head::Subject),
    ("date", Head::Day),
    ("sent", Head::Day),
    ("de", Head::Somebody),
    ("a", Head::Somebody),
    ("repondre a", Head::Somebody),
    ("pieces jointes", Head::Somebody),
    ("objet", Head::Subject),
    ("envoye", Head::Day),
    ("من", Head::Somebody),
    ("الي", Head::Somebody),
    ("نسخه", Head::Somebody),
    ("الموضوع", Head::Subject),
    ("التاريخ", Head::Day),
    ("تاريخ الارسال", Head::Day),
];

/// What stands before a subject that is answered or sent on, folded.
const SENT_ON: [&str; 6] = ["re", "fw", "fwd", "tr", "rv", "aw"];

/// A head has at least this many lines, and so has a quotation.
const FEWEST: usize = 3;

/// A label is no longer than this, in bytes.
const LABEL: usize = 40;

/// Takes marks and heads of mails off the lines, and hands back what was taken.
pub fn unquote(lines: &mut [Line<'_>]) -> Vec<Cut> {
    let mut cut = Vec::new();
    if lines.iter().filter(|line| line.exact && line.raw.starts_with('>')).count() >= FEWEST {
        for line in lines.iter_mut().filter(|line| line.exact) {
            let mark = line.raw.len() - line.raw.trim_start_matches(['>', ' ']).len();
            if line.raw.starts_with('>') {
                cut.push(take_off(line, mark, "quotation mark of a mail"));
            }
        }
    }
    let mut at = 0;
    while at < lines.len() {
        let long = lines[at..].iter().take_while(|line| head(&line.text).is_some()).count();
        if long >= FEWEST {
            lines[at..at + long].iter_mut().for_each(|line| cut.extend(take_head(line)));
        }
        at += long.max(1);
    }
    let wrote = |line: &Line<'_>| line.text.contains('@') && line.text.ends_with(':') && line.text.len() < 200;
    cut.extend(
        lines.iter_mut().filter(|line| wrote(line)).map(|line| take_off(line, line.raw.len(), "head of a mail")),
    );
    cut
}

/// What a line of a head gives, if it is one.
fn head(line: &str) -> Option<Head> {
    let label = &line[..line.bytes().take(LABEL + 1).position(|byte| byte == b':')?];
    let label = text::fold(label);
    HEADS.iter().find(|(known, _)| *known == label).map(|(_, head)| *head)
}

/// The day stays, and so does the subject, without its label: it may be the only headline.
fn take_head(line: &mut Line<'_>) -> Option<Cut> {
    let reason = "head of a mail";
    match head(&line.text)? {
        Head::Day => None,
        Head::Somebody => Some(take_off(line, line.raw.len(), reason)),
        Head::Subject => {
            let mut rest = line.raw.split_once(':').map_or("", |(_, rest)| rest).trim_start();
            while let Some((sent_on, subject)) = rest.split_once(':') {
                if !SENT_ON.contains(&text::fold(sent_on).as_str()) {
                    break;
                }
                rest = subject.trim_start();
            }
            Some(take_off(line, line.raw.len() - rest.len(), reason))
        }
    }
}

/// Takes so many bytes off the beginning of a line.
pub fn take_off(line: &mut Line<'_>, bytes: usize, reason: &str) -> Cut {
    let raw = std::mem::take(&mut line.raw);
    let (taken, rest) = raw.split_at(bytes);
    let whole = line.start..line.end;
    line.start += if line.exact { taken.chars().count() } else { 0 };
    line.text = Cow::Owned(single_spaced(&super::entities::mend(rest)));
    line.raw = Cow::Owned(rest.to_owned());
    let shown = taken.trim_end();
    let end = if line.exact { whole.start + shown.chars().count() } else { whole.end };
    Cut { start: whole.start, end, reason: reason.to_owned(), text: shown.to_owned() }
}
