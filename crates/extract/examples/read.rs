//! Reads reports and writes what was read: `cargo run -p extract --example read -- REPORTS_DIR OUT_DIR`.
//!
//! A report is `ID.json` with `text` and perhaps `published_on`, or `ID.txt`; what was read goes to `OUT_DIR/ID.json`.

use std::{
    error::Error,
    fs,
    io::{BufWriter, Write},
    path::Path,
};

#[allow(clippy::disallowed_methods, reason = "an example has no server to hand it its arguments")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else { return Err("usage: read FROM TO".into()) };
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(report) = report(&path)? else { continue };
        let reading = extract::read(&extract::Report {
            text: &report.0,
            format: vocab::ReportFormat::Plain,
            published_on: report.1.and_then(|day| day.parse().ok()),
            language: None,
            known: extract::Known::nothing(),
        });
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("report");
        let mut file = BufWriter::new(fs::File::create(Path::new(&to).join(format!("{name}.json")))?);
        serde_json::to_writer_pretty(&mut file, &reading)?;
        file.flush()?;
    }
    Ok(())
}

/// The text of a report and its day of publication.
type Handed = (String, Option<String>);

/// The report in a file, if the file holds one.
fn report(path: &Path) -> Result<Option<Handed>, Box<dyn Error>> {
    match path.extension().and_then(|e| e.to_str()) {
        Some("json") => {
            let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
            let field = |name: &str| json.get(name).and_then(|v| v.as_str()).map(str::to_owned);
            Ok(field("text").map(|text| (text, field("published_on"))))
        }
        Some("txt") => Ok(Some((fs::read_to_string(path)?, None))),
        _ => Ok(None),
    }
}
