//! Secrets lie in files of their own, are read once, and are neither logged nor shown.

use crate::Failure;

/// The longest secret, in bytes.
const LONGEST: usize = 4 * 1024;

/// The one line that a file holds; `setting` names the file, so that an error can say so.
///
/// # Errors
/// Where the file cannot be read, or holds no secret or several lines. What it holds is never told.
pub fn read(setting: &str, file: &str) -> Result<String, Failure> {
    let fault = |why: String| Failure::asked_wrong(format!("{setting}: {file}: {why}"));
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err(fault("it holds no key: write the key into it, and nothing else".to_owned()));
    }
    if text.chars().any(char::is_control) {
        return Err(fault("it holds what no key can: one line of letters and signs".to_owned()));
    }
    Ok(text.to_owned())
}
