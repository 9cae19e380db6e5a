//! `entente export-schema`

use std::io::Write;

use crate::Failure;

pub(super) fn run() -> Result<(), Failure> {
    Ok(std::io::stdout().lock().write_all(api::sdl().as_bytes())?)
}
