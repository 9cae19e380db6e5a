//! From a paper to the bytes of its PDF.

use std::fmt::Display;

use briefing::Paper;
use chrono::Datelike;
use serde_json::json;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{fonts::Fonts, world::Desk};
use crate::Failure;

/// To what a PDF conforms: that of archives, unless a letter is composed of what no single font has; else any reader's.
const STANDARDS: [PdfStandard; 2] = [PdfStandard::A_2u, PdfStandard::V_1_7];

/// A paper as PDF: tagged, and the same bytes whenever the same paper is set in the same fonts.
///
/// # Errors
/// Where no font has its letters.
pub(crate) fn pdf(paper: &Paper) -> Result<Vec<u8>, Failure> {
    let bytes = bytes(paper, &Fonts::of_the_system(|_| true));
    // The compiler remembers what it has set, for ever: a server that sets papers all year has no use for that.
    typst::comemo::evict(0);
    bytes
}

pub(super) fn bytes(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, Failure> {
    let document = document(paper, fonts)?;
    let [best, other] = STANDARDS;
    written(&document, paper, best).or_else(|_| written(&document, paper, other))
}

/// The pages of a paper.
pub(super) fn document(paper: &Paper, fonts: &Fonts) -> Result<PagedDocument, Failure> {
    let words = json!({ "title": paper.title(), "paper": paper }).to_string();
    let setting = fonts.setting(&words, paper.language)?;
    let data = format!("{{ \"fonts\": {}, \"words\": {} }}", json!(setting.families), setting.words);
    let desk = Desk::with(data, fonts).ok_or_else(|| broken(&"its files have no names"))?;
    typst::compile(&desk).output.map_err(|faults| told(&faults))
}

fn written(document: &PagedDocument, paper: &Paper, standard: PdfStandard) -> Result<Vec<u8>, Failure> {
    let standards = PdfStandards::new(&[standard]).map_err(|fault| broken(fault.message()))?;
    let day = paper.as_of;
    let day = Datetime::from_ymd(day.year(), day.month() as u8, day.day() as u8);
    let options = PdfOptions {
        creator: Smart::Custom(Some(concat!("Entente ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: day.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|faults| told(&faults))
}

fn told(faults: &[SourceDiagnostic]) -> Failure {
    broken(&faults.first().map(|fault| fault.message.as_str()).unwrap_or_default())
}

fn broken(fault: &dyn Display) -> Failure {
    Failure::broken(format!(
        "the PDF cannot be made: {fault}\ntake the page, which a browser prints (--format html, or over HTTP .html)"
    ))
}
