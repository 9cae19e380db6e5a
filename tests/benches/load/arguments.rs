//! What a run is told.

use std::{env, fs, path::PathBuf, process, time::Duration};

use crate::{Outcome, database::Engine};

const USAGE: &str = "\
    --sizes \"1000 50000\"            how many actions; a run for each\n\
    --databases \"sqlite postgres\"   on which; PostgreSQL only where TEST_DATABASE_URL names a server\n\
    --clients \"1 16 64\"             how many ask at once; a row for each\n\
    --shapes \"point nested …\"       which shapes; all of them without it\n\
    --seconds 5                     how long each row is measured\n\
    --connections 4                 connections to the database, of either program\n\
    --folder PATH                   where SQLite databases are kept for the next run\n\
    --json FILE                     a line of JSON for each row, appended\n";

/// What this process is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The one that asks and counts.
    Measure,
    /// A child: the product.
    Product,
    /// A child: the limit.
    Limit,
}

/// What a run is told, the defaults included.
pub(crate) struct Arguments {
    pub(crate) role: Role,
    pub(crate) sizes: Vec<usize>,
    pub(crate) engines: Vec<Engine>,
    pub(crate) clients: Vec<usize>,
    /// Names of shapes; empty for all.
    pub(crate) shapes: Vec<String>,
    pub(crate) time: Duration,
    pub(crate) connections: u32,
    pub(crate) folder: PathBuf,
    pub(crate) json: Option<PathBuf>,
}

impl Arguments {
    /// What stands on the command line.
    pub(crate) fn given() -> Outcome<Self> {
        let mut arguments = Self {
            role: Role::Measure,
            sizes: vec![1_000, 50_000],
            engines: Engine::at_hand(),
            clients: vec![1, 16, 64],
            shapes: Vec::new(),
            time: Duration::from_secs(5),
            connections: 4,
            folder: env::temp_dir(),
            json: None,
        };
        let mut words = env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                // Cargo says so to every bench.
                "--bench" => {}
                "--help" => {
                    print!("{USAGE}");
                    process::exit(0);
                }
                "--serve" => arguments.role = Role::Product,
                "--limit" => arguments.role = Role::Limit,
                flag => arguments.put(flag, &words.next().ok_or_else(|| unknown(flag))?)?,
            }
        }
        fs::create_dir_all(&arguments.folder)?;
        Ok(arguments)
    }

    fn put(&mut self, flag: &str, value: &str) -> Outcome<()> {
        match flag {
            "--sizes" => self.sizes = list(flag, value)?,
            "--databases" => self.engines = list(flag, value)?,
            "--clients" => self.clients = list(flag, value)?,
            "--shapes" => self.shapes = list(flag, value)?,
            "--seconds" => self.time = Duration::from_secs(one(flag, value)?),
            "--connections" => self.connections = one(flag, value)?,
            "--folder" => self.folder = value.into(),
            "--json" => self.json = Some(value.into()),
            _ => return Err(unknown(flag).into()),
        }
        Ok(())
    }
}

fn unknown(flag: &str) -> String {
    format!("{flag} is no flag of this bench, or lacks its value. There are\n{USAGE}")
}

fn one<T: std::str::FromStr>(flag: &str, value: &str) -> Outcome<T> {
    value.trim().parse().map_err(|_| format!("{flag} does not take {value:?}\n{USAGE}").into())
}

fn list<T: std::str::FromStr>(flag: &str, value: &str) -> Outcome<Vec<T>> {
    value.split([' ', ',']).filter(|word| !word.is_empty()).map(|word| one(flag, word)).collect()
}
