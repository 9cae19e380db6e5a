//! Who reads.

use extract::{Page, Reading, Report};

/// An engine that reads reports, with the name and version under which its findings are kept.
#[derive(Clone, Copy)]
pub struct Engine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version; it grows with every change that can change a reading.
    pub version: &'a str,
    /// How it reads a report and its cleaned page. It never fails: what it cannot use is a doubt.
    pub read: &'a (dyn Fn(&Report<'_>, Page) -> Reading + Send + Sync),
}

impl Engine<'static> {
    /// The engine of this program.
    pub fn own() -> Self {
        Self { name: extract::ENGINE, version: extract::VERSION, read: &extract::read_page }
    }
}
