//! In which encoding a file is: as it says itself, as it can only be, or as its letters look.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use store::{Error, Result};

/// So many bytes tell how a text without a mark is written in two bytes each.
const LOOKED_AT: usize = 4_096;

/// The text of a file, and what its encoding is called.
///
/// # Errors
/// [`Error::Invalid`] where there is no such encoding, or bytes that mean nothing in it.
pub(super) fn text<'f>(file: &'f [u8], named: Option<&str>) -> Result<(Cow<'f, str>, &'static str)> {
    let encoding = match named {
        Some(name) => Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| {
            let message = format!("there is no encoding \"{name}\": use utf-8, utf-16le, windows-1252 or windows-1256");
            Error::invalid("encoding", message)
        })?,
        None => guess(file),
    };
    let (text, encoding, broken) = encoding.decode(file);
    if broken {
        let message = format!("it is not whole in the encoding {}: save it as UTF-8, or name its own", encoding.name());
        return Err(Error::invalid("file", message));
    }
    Ok((text, encoding.name()))
}

fn guess(file: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(file) {
        return marked;
    }
    if let Some(wide) = wide(file) {
        return wide;
    }
    if std::str::from_utf8(file).is_ok() {
        return UTF_8;
    }
    let mut letters = EncodingDetector::new(Iso2022JpDetection::Deny);
    letters.feed(file, true);
    letters.guess(None, Utf8Detection::Deny)
}

/// Two bytes for each character, told by the half of the bytes that is nothing in a table with signs of ASCII.
fn wide(file: &[u8]) -> Option<&'static Encoding> {
    let beginning = file.get(..LOOKED_AT).unwrap_or(file);
    let empty = |odd: usize| beginning.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (empty(0), empty(1), beginning.len() / 2);
    match (even > pairs / 8, odd > pairs / 8) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str =
        "Action;Responsable;Échéance;Statut\nFormer dix conservateurs de musée;Léa;31/12/2026;Réalisé à moitié\n";
    const ARABIC: &str = "الإجراء;المسؤول;الموعد النهائي;الحالة\nتدريب عشرة أمناء متاحف;ليلى;31/12/2026;قيد التنفيذ\n";

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn a_file_is_read_in_its_own_encoding() {
        let (arabic, french) = (encoding_rs::WINDOWS_1256, encoding_rs::WINDOWS_1252);
        for (said, file, name) in [
            (FRENCH, FRENCH.as_bytes().to_vec(), "UTF-8"),
            (ARABIC, [b"\xEF\xBB\xBF".as_slice(), ARABIC.as_bytes()].concat(), "UTF-8"),
            (FRENCH, utf_16(FRENCH, true), "UTF-16LE"),
            (ARABIC, utf_16(ARABIC, true), "UTF-16LE"),
            (FRENCH, utf_16(FRENCH, false), "UTF-16BE"),
            (ARABIC, utf_16(&format!("\u{FEFF}{ARABIC}"), true), "UTF-16LE"),
            (FRENCH, french.encode(FRENCH).0.into_owned(), "windows-1252"),
            (ARABIC, arabic.encode(ARABIC).0.into_owned(), "windows-1256"),
            ("", Vec::new(), "UTF-8"),
        ] {
            let (text, called) = text(&file, None).expect("a text");
            assert_eq!((&*text, called), (said, name));
        }
    }

    #[test]
    fn an_encoding_that_is_named_counts_and_must_fit() {
        let file = encoding_rs::WINDOWS_1256.encode("الحالة").0.into_owned();
        assert_eq!(text(&file, Some("windows-1256")).expect("a text").0, "الحالة");
        assert!(text(&file, Some("klingon")).is_err());
        assert!(text(&[b'a', 0xFF, b'b'], Some("utf-8")).is_err());
    }
}
