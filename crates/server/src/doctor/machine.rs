//! The machine: whether the disk has room.

use std::path::Path;

use crate::{
    Settings,
    settings::sqlite_file,
    told::{Told, Verdict},
};

/// So many megabytes are enough for a while, and so few are about to be none.
const ROOM: u64 = 1024;
const LITTLE: u64 = 100;

/// Whether the disk has room where the database lies; nothing where that is another machine's business.
pub(super) fn disk(settings: &Settings) -> Option<Told> {
    const WHAT: &str = "disk";
    let file = sqlite_file(&settings.database.url)?;
    // A folder that is not there yet lies where the first one lies that is.
    let folder =
        file.ancestors().skip(1).find(|folder| folder.exists()).filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let stat = match rustix::fs::statvfs(folder) {
        Ok(stat) => stat,
        Err(fault) => return Some(Told::warning(WHAT, format!("{} cannot be looked at: {fault}", folder.display()))),
    };
    let free = (stat.f_bavail.saturating_mul(stat.f_frsize)) >> 20;
    let verdict = match free {
        free if free < LITTLE => Verdict::Amiss,
        free if free < ROOM => Verdict::Warning,
        _ => Verdict::Ok,
    };
    let todo = if verdict == Verdict::Ok { "" } else { ": make room, or writes are refused before long" };
    Some(Told { verdict, what: WHAT, told: format!("{free} MB are free in {}{todo}", folder.display()) })
}
