//! What the export of a chat puts before each message: the time, and who wrote it.

use super::{lines::Line, mail::take_off};
use crate::reading::Cut;

/// The name of who wrote a message is no longer than this, in bytes.
const NAME: usize = 60;
/// An hour is no longer than this, in bytes: `10:15:22 p.m.`
const HOUR: usize = 13;

/// Takes the stamps off the lines, and hands back what was taken.
pub fn unstamp(lines: &mut [Line<'_>]) -> Vec<Cut> {
    let exact = lines.iter_mut().filter(|line| line.exact);
    exact.filter_map(|line| stamp(&line.raw).map(|bytes| take_off(line, bytes, "stamp of a chat"))).collect()
}

/// How many bytes of a line are a stamp: `[12/03/21, 10:15:22] Lina: ` or `12/03/2021, 10:15 - Lina: `.
fn stamp(line: &str) -> Option<usize> {
    let (time, rest) = match line.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once("] ")?,
        None if line.starts_with(|c: char| c.is_ascii_digit()) => line.split_once(" - ")?,
        None => return None,
    };
    let (day, hour) = time.split_once(", ")?;
    let (name, said) = rest.split_once(": ")?;
    let is_day = day.split(['/', '.', '-']).filter(|number| number.parse::<u16>().is_ok()).count() == 3;
    let is_hour = hour.len() <= HOUR && hour.contains(':') && hour.starts_with(|c: char| c.is_ascii_digit());
    (is_day && is_hour && name.len() <= NAME).then(|| line.len() - said.len())
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn a_stamp_is_a_day_an_hour_and_a_name() {
        for (stamped, said) in [
            ("[12/03/21, 10:15:22] Lina Roy: The Minister met them.", "The Minister met them."),
            ("12/03/2021, 10:15 - +000 11 22: The Minister: a word", "The Minister: a word"),
            ("3/12/21, 9:05 pm - Lina: Yes", "Yes"),
        ] {
            assert_eq!(stamp(stamped).map(|bytes| &stamped[bytes..]), Some(said));
        }
        for none in ["[12/03/21] Lina: Yes", "12 - 14 May, 10:15: talks", "2021, 10:15 - Talks: water", "[a, b] c: d"] {
            assert_eq!(stamp(none), None, "{none}");
        }
    }
}
