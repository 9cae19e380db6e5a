//! How much load the API bears, beside the limit: the same answers from one hand-written statement each, on the same
//! database, in the same run. `make bench`; see README.md in the folder above.

#![expect(clippy::disallowed_methods, reason = "a bench measures time, takes arguments and hands on the environment")]

mod arguments;
mod asking;
mod bench;
mod child;
mod client;
mod database;
mod figures;
#[path = "../generated/mod.rs"]
mod generated;
mod known;
mod limit;
mod on_postgres;
mod process;
mod product;
mod report;
mod same;
mod shape;

use std::process::ExitCode;

use arguments::{Arguments, Role};
use database::{Made, Scratch};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever goes wrong ends the run and is told.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("load: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let arguments = Arguments::given()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.role {
            Role::Measure => measure(&arguments).await,
            Role::Product => product::serve(&arguments).await,
            Role::Limit => limit::serve(&arguments).await,
        }
    })
}

/// Every size on every database: a table for each, and at the end how the cost grows.
async fn measure(arguments: &Arguments) -> Outcome<()> {
    let mut all = Vec::new();
    for actions in &arguments.sizes {
        let made = Made::at(&arguments.folder, *actions).await?;
        for engine in &arguments.engines {
            let scratch = Scratch::of(&made, *engine).await?;
            let rows = bench::every_shape(arguments, &made, &scratch).await;
            scratch.remove().await?;
            let rows = rows?;
            println!("{}", report::table(&rows));
            if let Some(file) = &arguments.json {
                report::append(file, &rows)?;
            }
            all.extend(rows);
        }
    }
    println!("{}", report::growth(&all));
    Ok(())
}
