//! The history of the tables. Append-only: what has been released is never edited, a change is a new file.

mod columns;
mod m20261124_000001_parties;
mod m20261124_000002_reports;
mod m20261124_000003_follow_up;
mod m20261126_000004_second_reader;
mod m20261126_000005_learning;
mod m20261126_000006_two_clocks;
mod m20261127_000007_calendar_feed;
mod m20261127_000008_job;
mod m20261127_000009_search;
mod m20261127_000010_overdue;
mod m20261127_000011_receipt;
mod m20261127_000012_sign_in;
mod m20261127_000013_meeting_day;
mod m20261128_000014_provider;
mod m20261128_000015_merge;
mod m20261128_000017_import;
mod m20261128_000018_calendar_of_account;
mod m20261128_000019_named;
mod m20261128_000020_audit_entry;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Brings a database to the tables this program knows.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_parties::Migration),
            Box::new(m20261124_000002_reports::Migration),
            Box::new(m20261124_000003_follow_up::Migration),
            Box::new(m20261126_000004_second_reader::Migration),
            Box::new(m20261126_000005_learning::Migration),
            Box::new(m20261126_000006_two_clocks::Migration),
            Box::new(m20261127_000007_calendar_feed::Migration),
            Box::new(m20261127_000008_job::Migration),
            Box::new(m20261127_000009_search::Migration),
            Box::new(m20261127_000010_overdue::Migration),
            Box::new(m20261127_000011_receipt::Migration),
            Box::new(m20261127_000012_sign_in::Migration),
            Box::new(m20261127_000013_meeting_day::Migration),
            Box::new(m20261128_000014_provider::Migration),
            Box::new(m20261128_000015_merge::Migration),
            Box::new(m20261128_000017_import::Migration),
            Box::new(m20261128_000018_calendar_of_account::Migration),
            Box::new(m20261128_000019_named::Migration),
            Box::new(m20261128_000020_audit_entry::Migration),
        ]
    }
}

pub use sea_orm_migration::MigratorTrait as Migrate;
