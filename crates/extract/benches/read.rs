//! How many reports are read in a second of one processor: `cargo bench -p extract`. See README.md beside this file.

use std::{fs, hint::black_box, path::PathBuf, time::Duration};

use criterion::{
    Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use extract::{Known, Report, read};
use vocab::ReportFormat;

/// The time that this thread had a processor, as Linux keeps it: what else the machine does takes nothing away. It is
/// kept to a few thousandths of a second, so that what is timed must take longer.
struct ProcessorTime;

impl Measurement for ProcessorTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        let kept = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        let nanoseconds = kept.split(' ').next().and_then(|first| first.parse().ok());
        Duration::from_nanos(nanoseconds.expect("/proc/thread-self/schedstat tells the time on the processor"))
    }

    fn end(&self, start: Duration) -> Duration {
        self.start() - start
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

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

/// How many reports are read between two looks at the clock.
const READ: usize = 400;

/// Reads texts over and over.
fn read_all(texts: &[String], format: ReportFormat) {
    for text in texts.iter().cycle().take(READ) {
        black_box(read(&Report { text, format, published_on: None, language: None, known: Known::nothing() }));
    }
}

fn bench(criterion: &mut Criterion<ProcessorTime>) {
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
    group.sampling_mode(SamplingMode::Flat).sample_size(30).throughput(Throughput::Elements(READ as u64));
    for (name, texts, format) in sets.iter().filter(|(_, texts, _)| !texts.is_empty()) {
        group.bench_function(*name, |bencher| bencher.iter(|| read_all(texts, *format)));
    }
    group.finish();
}

criterion_group!(name = benches; config = Criterion::default().with_measurement(ProcessorTime); targets = bench);
criterion_main!(benches);
