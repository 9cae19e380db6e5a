//! How well the engine of this program reads: its figures in the exam, over the annotated reports of this program.

use std::sync::OnceLock;

pub use extract::exam::{Band, Figures, Judged, LanguageFigures, Rates, Rule, SURE, Share};

static FIGURES: OnceLock<Figures> = OnceLock::new();

/// The figures, once they are made.
pub fn made() -> Option<&'static Figures> {
    FIGURES.get()
}

/// The figures; who asks first makes them, which takes as long as reading some dozens of reports.
pub fn figures() -> &'static Figures {
    FIGURES.get_or_init(|| extract::exam::sit(&extract::exam::own_gold()))
}
