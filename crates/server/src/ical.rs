//! A calendar as calendar programs read it: iCalendar (RFC 5545).

use std::fmt::Write;

use briefing::{Calendar, calendar::Entry};
use chrono::Days;
use icalendar::{Component, Event, EventLike, Property};
use store::Concept;
use vocab::Word;

/// How often a program is asked to look again: what is recorded in the morning stands in the calendar at noon.
const LOOK_AGAIN: &str = "PT4H";

/// The text of a calendar. The same records give the same text.
pub(crate) fn text(calendar: &Calendar) -> String {
    let mut all = icalendar::Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", concat!("-//Entente//Entente ", env!("CARGO_PKG_VERSION"), "//EN")),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", &calendar.title),
        ("X-PUBLISHED-TTL", LOOK_AGAIN),
    ] {
        all.append_property((name, plain(value).as_str()));
    }
    all.append_property(Property::new("REFRESH-INTERVAL", LOOK_AGAIN).add_parameter("VALUE", "DURATION").done());
    all.extend(calendar.entries.iter().map(event));
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = write!(text, "{all}");
    text
}

/// An entry as an event of a whole day. It leaves the day free: nobody has said an hour.
fn event(entry: &Entry) -> Event {
    let Entry { record, day, summary, description, place, created_at, changed_at, version } = entry;
    let category = match record.concept {
        Concept::Meeting => "Meeting",
        Concept::Task => "Task",
        _ => "Due date",
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}@entente", record.concept.code(), record.id))
        .sequence(u32::try_from(version - 1).unwrap_or_default())
        .created(*created_at)
        .last_modified(*changed_at)
        // Of what is published, the moment at which it was last revised.
        .timestamp(*changed_at)
        .starts(*day)
        // The end is the first day that no longer belongs to it.
        .ends(day.checked_add_days(Days::new(1)).unwrap_or(*day))
        .summary(&plain(summary))
        .description(&plain(description))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    event.categories([category]);
    if let Some(place) = place {
        event.location(&plain(place));
    }
    event.done()
}

/// A text without the signs that the format has no way to write; new lines have one.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use store::RecordRef;
    use uuid::Uuid;

    use super::*;

    fn calendar(summary: &str, description: &str) -> Calendar {
        let entry = Entry {
            record: RecordRef::new(Concept::FollowUpAction, Uuid::from_u128(7)),
            day: "2026-12-31".parse().expect("a day"),
            summary: summary.to_owned(),
            description: description.to_owned(),
            place: Some("Rabat; Salé, Morocco".to_owned()),
            created_at: "2026-03-02T09:00:00.123456Z".parse().expect("a moment"),
            changed_at: "2026-03-04T10:30:00Z".parse().expect("a moment"),
            version: 3,
        };
        let title = "ICESCO, and all – Maroc".to_owned();
        Calendar { title, code: "MAR".to_owned(), entries: vec![entry] }
    }

    /// The lines as a program puts them together again.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_entry_is_an_event_of_a_whole_day_with_a_lasting_name() {
        let lines = unfolded(&text(&calendar("Due: MAR-1 Send experts", "We owe")));
        for expected in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:ICESCO\\, and all – Maroc",
            "UID:follow-up-action-00000000-0000-0000-0000-000000000007@entente",
            "DTSTAMP:20260304T103000Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "CREATED:20260302T090000Z",
            "LAST-MODIFIED:20260304T103000Z",
            "SEQUENCE:2",
            "SUMMARY:Due: MAR-1 Send experts",
            "LOCATION:Rabat\\; Salé\\, Morocco",
            "TRANSP:TRANSPARENT",
            "CATEGORIES:Due date",
            "END:VCALENDAR",
        ] {
            assert!(lines.iter().any(|line| line == expected), "no {expected} in {lines:#?}");
        }
        assert!(lines.iter().all(|line| line.contains(':')), "{lines:#?}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("DTSTAMP")).count(), 1);
    }

    #[test]
    fn any_words_are_escaped_folded_and_end_no_line_early() {
        let arabic = "دعا الوزير المدير العام إلى زيارة نواكشوط في نيسان".repeat(9);
        let long = "a b, c; d\\e ".repeat(40);
        for hostile in [&*arabic, &*long, "one\r\nEND:VEVENT\r\nBEGIN:VEVENT", "\u{0}\u{7}bell", "\\", "“quoted”: x=1"]
        {
            let text = text(&calendar(hostile, hostile));
            assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\u{0}', '\u{7}']), "{text:?}");
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let lines = unfolded(&text);
            assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 1, "{lines:#?}");
            let kept = plain(hostile);
            let escaped = kept.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n");
            assert!(lines.contains(&format!("SUMMARY:{escaped}")), "{escaped} is not in {lines:#?}");
        }
    }
}
