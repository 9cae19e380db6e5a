//! A letter, before it is mail.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

/// A letter to one person.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom, by name.
    pub name: String,
    /// To whom, by address.
    pub email: String,
    /// The line by which it is known.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as a page.
    pub html: String,
    /// What it is known by to machines; the same each time it is sent.
    pub key: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl Letter {
    /// The address, where it is one.
    pub(super) fn address(&self) -> Option<Address> {
        self.email.trim().parse().ok()
    }

    /// The letter as it travels.
    pub(super) fn written(&self, from: &Mailbox) -> Option<Vec<u8>> {
        let Self { name, subject, text, html, key, at, .. } = self;
        let id = format!("<{key}@{}>", from.email.domain());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(Some(one_line(name)), self.address()?))
            .subject(one_line(subject))
            .date(SystemTime::from(*at))
            .message_id(Some(id))
            // Nobody's absence is to be told to a program.
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(text.clone(), html.clone()));
        Some(message.ok()?.formatted())
    }
}

/// Words without line breaks and the like, which have no place in the head of a mail.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_known_by_its_key_and_holds_both_forms() {
        let letter = Letter {
            name: "Amina\r\nBcc: others@example.org".to_owned(),
            email: "amina@example.org".to_owned(),
            subject: "Rappels\r\nX-Evil: 1".to_owned(),
            text: "نص".to_owned(),
            html: "<p>نص</p>".to_owned(),
            key: "digest.2026-W10.1".to_owned(),
            at: "2026-03-02T09:00:00Z".parse().expect("a moment"),
        };
        let from: Mailbox = "Entente <entente@example.org>".parse().expect("an address");
        let mail = String::from_utf8(letter.written(&from).expect("a mail")).expect("text");
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("Message-ID: <digest.2026-W10.1@example.org>"), "{head}");
        assert!(head.contains("Date: Mon, 02 Mar 2026 09:00:00"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        assert!(!head.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")), "{head}");
        assert!(body.contains("text/plain") && body.contains("text/html"), "{body}");
        assert!(mail.is_ascii(), "{mail}");
        let nowhere = Letter { email: "amina".to_owned(), ..letter };
        assert!(nowhere.written(&from).is_none());
    }
}
