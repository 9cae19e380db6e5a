//! How many reports are read in a second: `cargo bench -p extract`. See README.md beside this file.

use std::{fs, hint::black_box, path::PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::{Known, Report, read};
use vocab::ReportFormat;

/// The texts of a folder's reports: `*.txt`, and `en-*.json` with a `text`.
fn texts(folder: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let text = |file: &PathBuf| {
        let name = file.file_name()?.to_str()?;
        let text = fs::read_to_string(file).ok()?;
        match (name.starts_with("en-"), file.extension()?.to_str()?) {
            (_, "txt") => Some(text),
            (true, "json") => {
                serde_json::from_str::<serde_json::Value>(&text).ok()?["text"].as_str().map(str::to_owned)
            }
            _ => None,
        }
    };
    files.iter().filter_map(text).collect()
}

/// Longer reports, each put together from the paragraphs of two of the project's own.
fn generated(reports: &[String]) -> Vec<String> {
    let pairs =
        reports.iter().enumerate().flat_map(|(at, one)| reports[at + 1..].iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| format!("{one}\n{other}")).collect()
}

fn read_all(texts: &[String], format: ReportFormat) {
    for text in texts {
        black_box(read(&Report { text, format, published_on: None, language: None, known: Known::nothing() }));
    }
}

fn bench(criterion: &mut Criterion) {
    let own = texts("tests/reports");
    let longer = generated(&own);
    let pages: Vec<String> =
        longer.iter().map(|text| format!("<article><p>{}</article>", text.replace("\n\n", "<p>"))).collect();
    let gold =
        ["../../../shared/eval/gold", "../../../../shared/eval/gold"].into_iter().map(texts).find(|t| !t.is_empty());
    let sets = [
        ("own", own, ReportFormat::Plain),
        ("generated", longer, ReportFormat::Plain),
        ("generated pages", pages, ReportFormat::Html),
        ("gold", gold.unwrap_or_default(), ReportFormat::Plain),
    ];
    let mut group = criterion.benchmark_group("read");
    for (name, texts, format) in sets.iter().filter(|(_, texts, _)| !texts.is_empty()) {
        group.throughput(Throughput::Elements(texts.len() as u64));
        group.bench_function(*name, |bencher| bencher.iter(|| read_all(texts, *format)));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
