//! The exam agrees to the third digit with the scorer that belongs to the annotation guide, where both are at hand.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use extract::exam::{self, Findings, Gold, Score, Tally};
use serde_json::{Value, json};

/// Runs the scorer once for each line of arguments, in one process, and gives its figures a line each. From Python 3.12 on
/// sums are compensated, and a mean that lies half-way may be rounded otherwise: the first line tells.
const MANY: &str = "
import contextlib, io, json, runpy, sys
print(json.dumps(sys.version_info < (3, 12)))
for line in sys.stdin:
    sys.argv = json.loads(line)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        runpy.run_path(sys.argv[0], run_name='__main__')
    print(json.dumps(json.loads(said.getvalue())))
";

/// The folder of the guide, beside the workspace or beside the folder that holds its worktrees; `None`, and said so, where
/// it or Python is not there.
fn guide() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut places = ["../shared", "../../shared"].into_iter().map(|place| root.join(place).join("eval"));
    let guide = places.find(|folder| folder.join("score.py").is_file());
    let python = Command::new("python3").arg("--version").output().is_ok();
    if guide.is_none() || !python {
        println!("skipped: the guide and its scorer are not beside the workspace, or there is no python3");
    }
    guide.filter(|_| python)
}

/// The gold files of a folder, by their names.
fn gold(folder: &Path) -> Vec<Gold> {
    let mut files: Vec<_> = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let mut one = Gold::parse(&fs::read_to_string(path).expect("a gold file")).expect("gold");
        one.id = path.file_stem().expect("a name").to_string_lossy().into_owned();
        one
    };
    files.iter().map(read).collect()
}

/// A folder of a test, which is gone when the test ends.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exam-{name}-{}", std::process::id())))
    }

    /// A folder in it with one file for each of some values.
    fn write(&self, name: &str, files: impl IntoIterator<Item = (String, Value)>) -> PathBuf {
        let folder = self.0.join(name);
        fs::create_dir_all(&folder).expect("a temporary folder");
        for (id, value) in files {
            fs::write(folder.join(format!("{id}.json")), value.to_string()).expect("a file is written");
        }
        folder
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Figures of ours, and where the scorer finds what it needs to make its own.
struct Case {
    what: String,
    ours: Score,
    gold: PathBuf,
    found: PathBuf,
    lang: Option<String>,
}

impl Case {
    fn new(what: impl Into<String>, ours: &Score, gold: &Path, found: &Path) -> Self {
        Self { what: what.into(), ours: ours.clone(), gold: gold.into(), found: found.into(), lang: None }
    }
}

/// Each figure of ours is the scorer's.
fn assert_agreed(guide: &Path, cases: &[Case]) {
    let mut python = Command::new("python3")
        .args(["-c", MANY])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    let mut input = python.stdin.take().expect("its input");
    let lines: String = cases
        .iter()
        .map(|case| {
            let scorer = guide.join("score.py");
            let lang = case.lang.iter().flat_map(|lang| [json!("--lang"), json!(lang)]);
            let arguments = [json!(scorer), json!(case.gold), json!(case.found), json!("--json")];
            format!("{}\n", Value::from_iter(arguments.into_iter().chain(lang)))
        })
        .collect();
    let writing = std::thread::spawn(move || input.write_all(lines.as_bytes()).expect("it reads"));
    let output = python.wait_with_output().expect("it ends");
    writing.join().expect("all is written");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let mut said = said.lines().map(|line| serde_json::from_str::<Value>(line).expect("figures"));
    let sums_plainly = said.next() == Some(json!(true));
    for case in cases {
        let theirs = said.next().unwrap_or_else(|| panic!("{}: the scorer fails", case.what));
        assert_eq!(theirs["missing"], 0, "{}", case.what);
        let ours = serde_json::to_value(&case.ours).expect("figures");
        for (name, figure) in ours.as_object().expect("figures by name") {
            if name == "overall" && !sums_plainly {
                let apart = figure.as_f64().expect("a mean") - theirs[name].as_f64().expect("a mean");
                assert!(apart.abs() < 0.0015, "{}: {figure} and {}", case.what, theirs[name]);
            } else {
                assert_eq!(figure, &theirs[name], "{}: {name}", case.what);
            }
        }
    }
}

#[test]
fn the_exam_agrees_with_the_scorer_in_total_and_report_by_report() {
    let Some(guide) = guide() else { return };
    let desk = Desk::new("read");
    let mut cases = Vec::new();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold");
    for (set, folder) in [("guide", guide.join("gold")), ("own", own)] {
        let gold = gold(&folder);
        let reading = |one: &Gold| json!(extract::read(&one.report()));
        let found = desk.write(&format!("{set}-read"), gold.iter().map(|one| (one.id.clone(), reading(one))));
        let figures = exam::sit(&gold);
        assert_eq!(figures.documents, gold.len());
        cases.push(Case::new(set, &figures.score, &folder, &found));
        for (lang, ours) in &figures.languages {
            let case = Case::new(format!("{set} {lang}"), &ours.score, &folder, &found);
            cases.push(Case { lang: Some(lang.clone()), ..case });
        }
        for one in &gold {
            let ours = figures.reports.iter().find(|report| report.id == one.id).expect("a report");
            let alone = desk.write(&format!("{set}-{}", one.id), [(one.id.clone(), json!(one))]);
            cases.push(Case::new(&one.id, &ours.score, &alone, &found));
        }
    }
    assert_agreed(&guide, &cases);
}

/// The gold of a report, bent so that matching has something to do: facts twice, names cut, quotes shifted and joined.
fn bent(gold: &Gold, other: &Gold) -> Findings {
    let mut found = gold.gold.clone();
    found.states.extend(other.gold.states.iter().chain(&gold.gold.states).cloned());
    found.areas = other.gold.areas.iter().chain(gold.gold.areas.iter().step_by(2)).cloned().collect();
    found.people.extend(other.gold.people.iter().cloned());
    for person in found.people.iter_mut().step_by(2) {
        person.name = person.name.split(' ').next_back().unwrap_or_default().to_uppercase();
    }
    let twice: Vec<_> = found.people.iter().step_by(3).cloned().collect();
    found.people.splice(0..0, twice);
    for body in found.organizations.iter_mut().step_by(2) {
        body.name = body.name.replace("Ministry of", "the ministry for").replace(" et ", " & ");
        body.state = None;
    }
    found.organizations.extend(gold.gold.organizations.iter().rev().cloned());
    for (at, action) in found.actions.iter_mut().enumerate() {
        let quote = action.quote.clone().unwrap_or_default();
        let half = quote.chars().count() / 2;
        action.quote = Some(match at % 3 {
            0 => quote.chars().skip(half).collect::<String>().to_uppercase(),
            1 => quote.chars().take(half + 2).collect(),
            _ => quote.replace(' ', "\n  "),
        });
        action.actor_side = action.actor_side.as_ref().map(|side| side.to_lowercase());
    }
    found.actions.extend(gold.gold.actions.iter().rev().cloned());
    found.meetings.splice(0..0, other.gold.meetings.iter().cloned());
    for meeting in &mut found.meetings {
        meeting.place = meeting.place.as_ref().map(|place| place.to_uppercase());
    }
    found
}

#[test]
fn the_exam_agrees_with_the_scorer_on_findings_that_are_hard_to_match() {
    let Some(guide) = guide() else { return };
    let desk = Desk::new("bent");
    let folder = guide.join("gold");
    let gold = gold(&folder);
    let (mut tally, mut cases, mut files) = (Tally::default(), Vec::new(), Vec::new());
    for (at, one) in gold.iter().enumerate() {
        let found = bent(one, &gold[(at + 1) % gold.len()]);
        let marked = exam::mark(&one.text, &one.gold, &found);
        let alone = desk.write(&format!("bent-{}", one.id), [(one.id.clone(), json!(one))]);
        let read = desk.write(&format!("bent-read-{}", one.id), [(one.id.clone(), json!(found))]);
        cases.push(Case::new(&one.id, &marked.score(), &alone, &read));
        tally.add(&marked);
        files.push((one.id.clone(), json!(found)));
    }
    cases.push(Case::new("all", &tally.score(), &folder, &desk.write("bent-read", files)));
    assert_agreed(&guide, &cases);
}
