//! Secrets lie in files of their own or in the environment, are read once, and are neither logged nor shown.

use std::fmt;

use serde::Deserialize;

use crate::Failure;

/// The longest secret, in bytes.
const LONGEST: usize = 4 * 1024;

/// A secret among the settings, which does not show itself.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Secret(none)" } else { "Secret(…)" })
    }
}

/// The secret that is set by itself, or lies in a file; `setting` is its name, and that of the file with `_file` behind it.
///
/// # Errors
/// Where both are set; as [`read`].
pub fn of(setting: &str, secret: &Secret, file: &str) -> Result<String, Failure> {
    match (secret.is_empty(), file.is_empty()) {
        (false, false) => {
            Err(Failure::asked_wrong(format!("{setting} and {setting}_file are both set: leave one out")))
        }
        (false, true) => checked(&secret.0).map_err(|why| Failure::asked_wrong(format!("{setting}: {why}"))),
        _ => read(&format!("{setting}_file"), file),
    }
}

/// The one line that a file holds; `setting` names the file, so that an error can say so.
///
/// # Errors
/// Where the file cannot be read, or holds no secret or several lines. What it holds is never told.
pub fn read(setting: &str, file: &str) -> Result<String, Failure> {
    let fault = |why: String| Failure::asked_wrong(format!("{setting}: {file}: {why}"));
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    checked(&text).map_err(|why| fault(why.to_owned()))
}

fn checked(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err("it holds no key: write the key into it, and nothing else");
    }
    if text.chars().any(char::is_control) {
        return Err("it holds what no key can: one line of letters and signs");
    }
    Ok(text.to_owned())
}
