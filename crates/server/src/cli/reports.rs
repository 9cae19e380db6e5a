//! Files with news reports, as they are named on the command line.

use std::{fs::File, io::Read, path::Path};

use vocab::ReportFormat;

use crate::Failure;

/// The longest report that is read.
const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// A report out of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReportFile {
    /// The name of the file without folder and ending.
    pub(super) id: String,
    /// What it holds.
    pub(super) text: String,
    /// How that is to be understood.
    pub(super) format: ReportFormat,
}

/// Reads one file, or standard input for `-`.
///
/// # Errors
/// One line for people: the file, what is wrong with it, and what to do.
fn read(path: &Path, format: Option<ReportFormat>) -> Result<ReportFile, String> {
    let is_standard_input = path == Path::new(STANDARD_INPUT);
    let name = if is_standard_input { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_standard_input { take(std::io::stdin().lock()) } else { open(path).and_then(take) };
    let text = bytes.and_then(checked).map_err(|fault| format!("{name}: {fault}"))?;
    let stem = path.file_stem().filter(|_| !is_standard_input);
    Ok(ReportFile {
        id: stem.map_or_else(|| "stdin".to_owned(), |stem| stem.to_string_lossy().into_owned()),
        format: format.unwrap_or_else(|| format_of(path, &text)),
        text,
    })
}

fn open(path: &Path) -> Result<File, String> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        _ => error.to_string(),
    };
    if path.metadata().map_err(told)?.is_dir() {
        return Err(format!("it is a folder: name the files in it, such as {}", path.join("*.txt").display()));
    }
    File::open(path).map_err(told)
}

/// At most as much as may be read, and one byte more that tells that there is more.
fn take(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn checked(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err("it is longer than 5 MiB: no news report is".to_owned());
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("it is UTF-16: save it as UTF-8".to_owned());
    }
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        return Err(format!("it is no text: there is a NUL at byte {place}"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 (byte {place} is 0x{:02X}): save it as UTF-8", error.as_bytes()[place])
    })?;
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() { Err("it is empty".to_owned()) } else { Ok(text) }
}

/// HTML where the name or the first words say so, else plain text.
fn format_of(path: &Path, text: &str) -> ReportFormat {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let start = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    let is_html = matches!(ending.as_deref(), Some("html" | "htm" | "xhtml"))
        || ["<!doctype html", "<html"].iter().any(|opening| start.starts_with(opening));
    if is_html { ReportFormat::Html } else { ReportFormat::Plain }
}

/// Reads one file after the other, says on standard error what is wrong with one, and goes on.
#[derive(Debug, Default)]
pub(super) struct Reader {
    bad: usize,
}

impl Reader {
    /// The report in a file, unless it is bad.
    pub(super) fn read(&mut self, path: &Path, format: Option<ReportFormat>) -> Option<ReportFile> {
        read(path, format).map_err(|line| self.refuse(&line)).ok()
    }

    /// Counts a file as bad and says why.
    pub(super) fn refuse(&mut self, line: &str) {
        eprintln!("entente: {line}");
        self.bad += 1;
    }

    /// # Errors
    /// Exit code 2, with no more words, where any file was bad.
    pub(super) fn end(self) -> Result<(), Failure> {
        if self.bad == 0 { Ok(()) } else { Err(Failure::asked_wrong("")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_told_in_a_line() {
        let cases: [(&[u8], &str); 7] = [
            (b"", "it is empty"),
            (b" \n\t", "it is empty"),
            (b"\xEF\xBB\xBF", "it is empty"),
            (b"PK\x03\x04\x00", "it is no text: there is a NUL at byte 4"),
            (b"\xFF\xFEa\x00", "it is UTF-16: save it as UTF-8"),
            (b"caf\xE9", "it is not UTF-8 (byte 3 is 0xE9): save it as UTF-8"),
            (&[b'a'; 5 * 1024 * 1024 + 1], "it is longer than 5 MiB: no news report is"),
        ];
        for (bytes, told) in cases {
            assert_eq!(checked(bytes.to_vec()), Err(told.to_owned()));
        }
        assert_eq!(checked("\u{FEFF}Été".into()).as_deref(), Ok("Été"));
        assert!(checked(vec![b'a'; 5 * 1024 * 1024]).is_ok());
    }

    #[test]
    fn html_is_known_by_its_name_or_its_first_words() {
        let html = |path: &str, text: &str| format_of(Path::new(path), text) == ReportFormat::Html;
        assert!(html("a.HTM", "text"));
        assert!(html("-", "\n <!DOCTYPE html><title>x"));
        assert!(html("a.txt", "<html lang=en>"));
        assert!(!html("a.txt", "The <b> of it"));
        assert!(!html("a", "الوزير استقبل"));
    }
}
