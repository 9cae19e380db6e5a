//! `entente config check`

use clap::Subcommand;

use crate::{
    Failure, Settings, doctor,
    settings::{Set, Sources},
};

#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Read the settings as `entente serve` would, tell what is set and where, and what is wrong with it
    Check,
}

impl Config {
    pub(super) fn run(self, sources: &Sources) -> Result<(), Failure> {
        match self {
            Self::Check => check(sources),
        }
    }
}

fn check(sources: &Sources) -> Result<(), Failure> {
    let (settings, set) = Settings::load_telling(sources)?;
    for Set { key, value, place } in &set {
        println!("{key} = {value}  ({place})");
    }
    let unusable = doctor::unusable(&settings);
    if !unusable.is_empty() {
        return Err(Failure::asked_wrong(unusable.join("\n")));
    }
    println!("The settings can be used; {} are set, the others are as by default.", set.len());
    Ok(())
}
