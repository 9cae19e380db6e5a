//! The command line: one file per command.

mod account;
mod ask;
mod audit;
mod backup;
mod brief;
mod config;
mod council_pack;
mod digest;
mod doctor;
mod exam;
mod export;
mod export_schema;
mod extract;
mod form;
mod handover;
mod health;
mod import;
mod ingest;
mod merge;
mod migrate;
mod open;
mod read_again;
mod reindex;
mod reports;
mod search;
mod seed;
mod serve;
mod summary;
mod token;

use std::{future::Future, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use toml::Value;

use crate::{Failure, Settings, log, settings::Sources, surroundings};

/// Turns news reports about cooperation into tracked follow-up, with the words of the report behind every fact.
#[derive(Debug, Parser)]
#[command(name = "entente", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Where the records are: sqlite://PATH or postgres://… [default: sqlite://data/entente.db]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// A file with settings [default: entente.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "ENTENTE_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve GraphQL over HTTP
    Serve(serve::Serve),
    /// Bring the tables of the database up to date
    Migrate,
    /// Load the reference data: states, areas, the host organization
    Seed(seed::Seed),
    /// Take in news reports, to be reviewed
    Ingest(ingest::Ingest),
    /// Read kept reports again, by the rules of this program or by the second reader
    ReadAgain(read_again::ReadAgain),
    /// Read news reports and print what was read, without a database
    Extract(extract::Extract),
    /// Read annotated reports and print how well they were read
    Exam(exam::Exam),
    /// Print the GraphQL schema
    ExportSchema,
    /// Ask a running server whether it can work
    Health(health::Health),
    /// Answer a question of staff or management
    Ask(ask::Ask),
    /// Make the brief of a state: the pages to be taken into a meeting
    Brief(brief::Brief),
    /// Make the handover brief of a post, for whoever takes it over
    Handover(handover::Handover),
    /// Make the council pack: every partnership, frozen by a clock, with a hash by which it can be checked
    CouncilPack(council_pack::CouncilPack),
    /// Print what an account would be reminded of today
    Digest(digest::Digest),
    /// Find records by the words of their names and texts
    Search(search::Search),
    /// Make the index of the search anew
    Reindex,
    /// Write everything into one packed file, while others work
    Backup(backup::Backup),
    /// Take a backup into an empty database, of either engine: all of it, or nothing
    Restore(backup::Restore),
    /// Look whether anything is amiss with the settings, the database, the disk or the clock
    Doctor,
    /// The settings
    #[command(subcommand)]
    Config(config::Config),
    /// Look whether a backup is whole, or whether what the database keeps holds together
    Verify(backup::Verify),
    /// Write records out, for other programs or another database
    #[command(subcommand)]
    Export(export::Export),
    /// Take records in that were written out, or that others wrote
    #[command(subcommand)]
    Import(import::Import),
    /// People and organizations that were found twice
    #[command(subcommand)]
    Merge(merge::Merge),
    /// Accounts of the people who work with the records
    #[command(subcommand)]
    Account(account::Account),
    /// The audit trail: what was done, asked and refused
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Tokens by which programs and people sign in
    #[command(subcommand)]
    Token(token::Token),
}

/// Runs the command that was given. Exit codes: 0 done, 1 something failed, 2 it cannot be done as it was asked.
pub fn main() -> ExitCode {
    // clap ends the program itself for --help, --version and what it does not understand (exit code 2).
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, code }) => {
            for line in message.lines() {
                eprintln!("entente: {line}");
            }
            ExitCode::from(code)
        }
    }
}

fn run(Cli { common, command }: Cli) -> Result<(), Failure> {
    match command {
        Command::Extract(extract) => extract.run(),
        Command::Exam(exam) => exam.run(),
        Command::ExportSchema => export_schema::run(),
        Command::Health(health) => health.run(&settings(&common, Vec::new())?),
        Command::Migrate => block_on(migrate::run(settings(&common, Vec::new())?)),
        Command::Seed(seed) => block_on(seed.run(settings(&common, Vec::new())?)),
        Command::Ingest(ingest) => block_on(ingest.run(settings(&common, Vec::new())?)),
        Command::ReadAgain(again) => block_on(again.run(settings(&common, Vec::new())?)),
        Command::Ask(ask) => block_on(ask.run(settings(&common, Vec::new())?)),
        Command::Brief(brief) => block_on(brief.run(settings(&common, Vec::new())?)),
        Command::Handover(handover) => block_on(handover.run(settings(&common, Vec::new())?)),
        Command::CouncilPack(pack) => block_on(pack.run(settings(&common, Vec::new())?)),
        Command::Digest(digest) => block_on(digest.run(settings(&common, Vec::new())?)),
        Command::Search(search) => block_on(search.run(settings(&common, Vec::new())?)),
        Command::Doctor => block_on(doctor::run(settings(&common, Vec::new())?)),
        Command::Config(config) => config.run(&sources(&common, Vec::new())),
        Command::Backup(backup) => block_on(backup.run(settings(&common, Vec::new())?)),
        Command::Restore(restore) => block_on(restore.run(settings(&common, Vec::new())?)),
        Command::Verify(verify) => match verify.file() {
            Some(looked) => looked,
            None => block_on(backup::Verify::run(settings(&common, Vec::new())?)),
        },
        Command::Reindex => block_on(reindex::run(settings(&common, Vec::new())?)),
        Command::Export(export) => block_on(export.run(settings(&common, Vec::new())?)),
        Command::Import(import) => block_on(import.run(settings(&common, Vec::new())?)),
        Command::Audit(audit) => block_on(audit.run(settings(&common, Vec::new())?)),
        Command::Token(token) => block_on(token.run(settings(&common, Vec::new())?)),
        Command::Merge(merge) => block_on(merge.run(settings(&common, Vec::new())?)),
        Command::Account(account) => block_on(account.run(settings(&common, Vec::new())?)),
        Command::Serve(serve) => block_on(serve.run(settings(&common, serve.flags())?)),
    }
}

/// A setting from the command line: its key, its flag, its value.
type Flag = (&'static str, &'static str, Value);

fn sources(common: &Common, mut flags: Vec<Flag>) -> Sources {
    flags.extend(common.database.clone().map(|url| ("database.url", "--database", url.into())));
    Sources { file: common.config.clone(), variables: surroundings::variables(), flags }
}

fn settings(common: &Common, flags: Vec<Flag>) -> Result<Settings, Failure> {
    let settings = Settings::load(&sources(common, flags))?;
    log::begin(&settings.log);
    Ok(settings)
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    // What is still at work has been given its time.
    runtime.shutdown_background();
    done
}
