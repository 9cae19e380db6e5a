//! Who reads.

use extract::{Reading, Report};

/// An engine that reads reports, with the name and version under which its findings are kept.
#[derive(Clone, Copy)]
pub struct Engine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version; it grows with every change that can change a reading.
    pub version: &'a str,
    /// How it reads. It never fails: what it cannot use is a doubt.
    pub read: &'a (dyn Fn(&Report<'_>) -> Reading + Send + Sync),
}

impl Engine<'static> {
    /// The engine of this program.
    pub fn own() -> Self {
        Self { name: extract::ENGINE, version: extract::VERSION, read: &extract::read }
    }
}
