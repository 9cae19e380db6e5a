//! The place of an event among all.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The place of an event: the lines of its unit of work begin behind one number, and its own end with another. Both are
/// needed: where a unit did something to several records, their lines lie mixed, and whoever goes on amid them reads the
/// unit from its beginning, so that what is left of it is told as it would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The number before those of the unit of work.
    pub(super) behind: i32,
    /// The number of the last line of the event.
    pub(super) last: i32,
}

/// Tells such a cursor from those of other lists.
const MARK: &str = "event";

impl Cursor {
    /// The place behind everything up to a number.
    pub(super) fn at(last: i32) -> Self {
        Self { behind: last, last }
    }

    /// The text that clients hand back.
    pub(super) fn encode(self) -> String {
        let Self { behind, last } = self;
        URL_SAFE_NO_PAD.encode(format!("{MARK} {behind} {last}"))
    }

    /// Reads a cursor that [`Cursor::encode`] wrote.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let numbers = std::str::from_utf8(&bytes).ok()?.strip_prefix(MARK)?.strip_prefix(' ')?;
        let (behind, last) = numbers.split_once(' ')?;
        let cursor = Self { behind: behind.parse().ok()?, last: last.parse().ok()? };
        (0 <= cursor.behind && cursor.behind <= cursor.last).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went_and_no_other_text_is_one() {
        for cursor in [Cursor::at(0), Cursor::at(i32::MAX), Cursor { behind: 7, last: 12 }] {
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        let foreign = ["event 2 1", "event -1 1", "event 1", "event 1 2 3", "event 1 2147483648", "[[1],\"id\"]", ""];
        for text in foreign {
            assert_eq!(Cursor::decode(&URL_SAFE_NO_PAD.encode(text)), None, "{text}");
        }
        assert_eq!(Cursor::decode("event 1 2"), None);
    }
}
