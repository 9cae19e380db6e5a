//! How fast questions are answered over years of follow-up: `cargo bench -p tests`. See README.md beside this file.

#![expect(clippy::disallowed_methods, reason = "a bench measures time and takes arguments")]

mod generated;

use std::{env, fs, time::Instant};

use briefing::{
    Asked, Brief, Clock, Shelf,
    brief::{Of, Wanted},
    partnership::survey,
    questions,
};
use chrono::Months;
use generated::{Die, Generated};
use sea_orm::{EntityTrait, QuerySelect};
use store::{Result, Store, Who, follow_up_action, update};
use vocab::{ActionStatus, Language, Track};

/// How often each thing is timed.
const TIMES: usize = 15;

/// Milliseconds at the median.
async fn median(mut run: impl AsyncFnMut() -> Result<()>) -> Result<f64> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        run().await?;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[TIMES / 2])
}

/// Resident memory in megabytes, where the system tells it.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.unwrap_or(0.0) / 1_024.0
}

async fn change_something(store: &Store, die: &mut Die, today: chrono::NaiveDate) -> Result<()> {
    let ids = follow_up_action::Entity::find().select_only().column(follow_up_action::Column::Id);
    let ids = ids.offset(die.throw(500) as u64).limit(1).into_tuple().one(store.reader()).await?;
    let says = if die.throw(2) == 0 { ActionStatus::InProgress } else { ActionStatus::Stalled };
    if let Some(action_id) = ids {
        let mut work = store.begin(&Who::system()).await?;
        let draft = update::Draft { action_id, track: Track::Ours, says, on: today, note: None, report_id: None };
        update::record(&mut work, draft, None).await?;
        work.commit().await?;
    }
    Ok(())
}

async fn measure(Generated { store, today }: Generated) -> Result<()> {
    let (shelf, before, began) = (Shelf::default(), resident(), Instant::now());
    let actions = shelf.open(&store, None).await?.actions.len();
    println!(
        "{actions} actions; the book is read in {:.1} s and takes {:.0} MB",
        began.elapsed().as_secs_f64(),
        resident() - before
    );
    let year_ago = today - Months::new(12);
    let one_state = shelf.open(&store, None).await?.states.keys().next().copied();
    let ask = async |question: &briefing::Question, day, state_id| {
        let book = shelf.open(&store, None).await?;
        let clock = Clock::on(day);
        let asked = Asked { db: store.reader(), book: &book, clock, rhythms: store.rhythms(), state_id, from: None };
        (question.ask)(asked).await.map(drop)
    };
    println!("{:28} {:>12} {:>12} {:>8} {:>12}", "milliseconds, median", "today", "a year back", "ratio", "one state");
    for question in questions() {
        let now = median(async || ask(question, today, None).await).await?;
        let then = median(async || ask(question, year_ago, None).await).await?;
        let one = median(async || ask(question, today, one_state).await).await?;
        println!("{:28} {now:12.1} {then:12.1} {:8.2} {one:12.1}", question.name, then / now);
    }
    let state = Of::State("PAK".to_owned());
    let wanted = Wanted { of: state, as_of: Some(today), known_at: None, language: Language::En };
    let brief = median(async || {
        std::hint::black_box(Brief::make(&store, &shelf, &wanted).await?.paper().html());
        Ok(())
    });
    println!("{:28} {:12.1}", "a brief as a page", brief.await?);
    let survey = median(async || {
        let book = shelf.open(&store, None).await?;
        let asked = Asked {
            db: store.reader(),
            book: &book,
            clock: Clock::on(today),
            rhythms: store.rhythms(),
            state_id: None,
            from: None,
        };
        std::hint::black_box(survey(asked));
        Ok(())
    });
    println!("{:28} {:12.1}", "survey of all states alone", survey.await?);
    let mut die = Die(1);
    let change = median(async || change_something(&store, &mut die, today).await).await?;
    let mut die = Die(1);
    let kept_up = median(async || {
        change_something(&store, &mut die, today).await?;
        shelf.open(&store, None).await.map(drop)
    });
    println!("{:28} {change:12.2} {:>12.2} with the book brought up to date after it", "a mutation", kept_up.await?);
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let given =
        |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1));
    let actions = given("--actions").and_then(|number| number.parse().ok()).unwrap_or(50_000);
    let file = generated::file(&env::temp_dir(), actions);
    let url = given("--database").cloned().unwrap_or_else(|| format!("sqlite://{}?mode=rwc", file.display()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { measure(generated::world(&url, actions).await?).await })
}
