//! `entente export-schema`

use std::io::Write;

use crate::Failure;

pub(super) fn run() -> Result<(), Failure> {
    Ok(std::io::stdout().lock().write_all(crate::schema::sdl().as_bytes())?)
}
