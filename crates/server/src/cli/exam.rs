//! `entente exam [DIR...]`

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use extract::exam::{self, BANDS, Figures, Gold, Judged, SURE};
use serde::Serialize;
use vocab::{FindingKind, ReportFormat};

use super::reports::Reader;
use crate::Failure;

#[derive(Debug, Args)]
pub(super) struct Exam {
    /// Folders with annotated reports, or single ones: JSON files with a text and its gold [default: entente's own]
    #[arg(value_name = "DIR")]
    places: Vec<PathBuf>,
    /// Print one JSON object with all figures
    #[arg(long)]
    json: bool,
    /// Only the reports whose gold says that they are in this language, such as en
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Show so many of the reports that were read worst
    #[arg(long, value_name = "N", default_value_t = 5)]
    worst: usize,
    /// Show how many findings of each rule are right
    #[arg(long)]
    rules: bool,
}

/// The figures as they are printed for machines.
#[derive(Serialize)]
struct Printed<'a> {
    engine: &'a str,
    version: &'a str,
    #[serde(flatten)]
    figures: &'a Figures,
}

impl Exam {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut reader = Reader::default();
        let mut gold = if self.places.is_empty() { exam::own_gold() } else { self.gold(&mut reader) };
        gold.retain(|one| self.lang.is_none() || one.lang == self.lang);
        if gold.is_empty() {
            reader.refuse("there is no annotated report to be read: name a folder with gold files");
            return reader.end();
        }
        let figures = exam::sit(&gold);
        let (engine, version) = (extract::ENGINE, extract::VERSION);
        let page = if self.json {
            let json = serde_json::to_string_pretty(&Printed { engine, version, figures: &figures });
            json.map_err(|fault| Failure::broken(fault.to_string()))? + "\n"
        } else {
            self.page(&figures)
        };
        io::stdout().lock().write_all(page.as_bytes())?;
        reader.end()
    }

    /// The annotated reports of all places.
    fn gold(&self, reader: &mut Reader) -> Vec<Gold> {
        let mut gold = Vec::new();
        for place in &self.places {
            match files(place) {
                Ok(files) => gold.extend(files.iter().filter_map(|path| annotated(reader, path))),
                Err(fault) => reader.refuse(&format!("{}: {fault}", place.display())),
            }
        }
        gold
    }

    /// The figures for people.
    fn page(&self, figures: &Figures) -> String {
        let reports = if figures.documents == 1 { "report" } else { "reports" };
        let (engine, version) = (extract::ENGINE, extract::VERSION);
        let mut page = format!("{} {reports}, read by {engine} {version}\n", figures.documents);
        page += "\nfact             precision  recall     F1   gold  found\n";
        for (name, rates) in &figures.score.sets {
            let (precision, recall, f1) = (rates.precision, rates.recall, rates.f1);
            let _ = writeln!(
                page,
                "{name:16} {precision:9.3} {recall:7.3} {f1:6.3} {:6} {:6}",
                rates.gold, rates.predicted
            );
        }
        page += "\nfact              accuracy     of\n";
        for (name, share) in &figures.score.points {
            let _ = writeln!(page, "{name:16} {:9.3} {:6}", share.accuracy, share.of);
        }
        let _ = writeln!(page, "\ninvented         {:9.3} actions for a report that has none", figures.score.invented);
        let _ = writeln!(page, "overall          {:9.3}", figures.score.overall);
        if figures.languages.len() > 1 {
            page += "\nlanguage           overall reports\n";
            for (lang, of) in &figures.languages {
                let _ = writeln!(page, "{lang:16} {:9.3} {:7}", of.score.overall, of.documents);
            }
        }
        calibration(&mut page, figures);
        if self.rules {
            page += "\nrule                            right findings  share\n";
            for rule in &figures.rules {
                let share = rule.judged.share().unwrap_or_default();
                let _ =
                    writeln!(page, "{:30} {:6} {:8} {share:6.3}", rule.rule, rule.judged.right, rule.judged.findings);
            }
        }
        if self.worst > 0 {
            page += "\nread worst                                   overall actions\n";
            for report in figures.reports.iter().take(self.worst) {
                let actions = report.score.sets.iter().find(|(name, _)| *name == "actions").map(|(_, rates)| rates.f1);
                let _ =
                    writeln!(page, "{:44} {:7.3} {:7.3}", report.id, report.score.overall, actions.unwrap_or_default());
            }
        }
        page
    }
}

/// How many are right of how many, by kind and by how sure the engine was.
fn calibration(page: &mut String, figures: &Figures) {
    *page += "\nright of found, by confidence\nkind        ";
    for (at, from) in BANDS.iter().enumerate() {
        let to = BANDS.get(at + 1).copied().unwrap_or(1.0);
        let _ = write!(page, "{:>11}", format!("{from:.1} - {to:.1}"));
    }
    *page += "\n";
    let mut kinds: BTreeMap<FindingKind, [Judged; BANDS.len()]> = BTreeMap::new();
    for band in &figures.calibration {
        let place = BANDS.iter().rposition(|from| *from <= band.from).unwrap_or_default();
        kinds.entry(band.kind).or_default()[place] = band.judged;
    }
    for (kind, bands) in kinds {
        let cell = |band: &Judged| match band.findings {
            0 => "-".to_owned(),
            findings => format!("{}/{findings}", band.right),
        };
        let cells: String = bands.iter().map(|band| format!("{:>11}", cell(band))).collect();
        let _ = writeln!(page, "{:12}{cells}", kind.to_string());
    }
    if let Some(share) = figures.sure.share() {
        let Judged { findings, right } = figures.sure;
        let _ = writeln!(
            page,
            "Of {findings} findings with a confidence of {SURE} or more, {right} are right: {share:.3}."
        );
    }
}

/// The gold files of a folder by their names, or the one file.
fn files(place: &Path) -> Result<Vec<PathBuf>, String> {
    if !place.exists() {
        return Err("there is no such folder".to_owned());
    }
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let entries = place.read_dir().and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let paths = entries.map_err(|fault| fault.to_string())?.into_iter().map(|entry| entry.path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    files.sort();
    if files.is_empty() { Err("there is no .json file in it".to_owned()) } else { Ok(files) }
}

/// The annotated report in a file, unless it is bad.
fn annotated(reader: &mut Reader, path: &Path) -> Option<Gold> {
    let file = reader.read(path, Some(ReportFormat::Plain))?;
    match Gold::parse(&file.text) {
        Ok(gold) => Some(Gold { id: file.id, ..gold }),
        Err(fault) => {
            reader.refuse(&format!("{}: it is no annotated report ({fault})", path.display()));
            None
        }
    }
}
