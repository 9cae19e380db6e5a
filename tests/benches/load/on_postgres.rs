//! The records on PostgreSQL: the same ones, taken over as `entente export lines` and `entente import lines` would.

use std::{
    io::{BufReader, BufWriter},
    sync::Arc,
    time::Instant,
};

use entente::tables::last_migration;
use migrations::{Migrate, Migrator};
use sea_orm::{ConnectionTrait, Database};
use store::{Store, StoreSettings, dump};
use tokio::{runtime::Handle, task::spawn_blocking};

use crate::{Outcome, database::Made, product::Noon};

/// The name of the database.
const NAME: &str = "entente_load";

/// Makes the database on a server, and fills it; answers with its URL.
pub(crate) async fn make(server: &str, made: &Made) -> Outcome<String> {
    remove(server).await?;
    run(server, &format!("CREATE DATABASE {NAME}")).await?;
    let (url, began) = (on(server), Instant::now());
    let there = Store::open(&StoreSettings::new(&url), Arc::new(Noon)).await?;
    Migrator::up(there.writer(), None).await?;
    take_over(made.open().await?, &there).await?;
    there.close().await?;
    // What autovacuum does in a while, before anything is measured.
    run(&url, "VACUUM (ANALYZE)").await?;
    eprintln!("taken over in {:.0} s", began.elapsed().as_secs_f64());
    Ok(url)
}

/// Removes the database, where it is there.
pub(crate) async fn remove(server: &str) -> Outcome<()> {
    run(server, &format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")).await
}

/// One store writes its lines into a pipe, the other reads them there.
async fn take_over(from: Store, to: &Store) -> Outcome<()> {
    let (reader, writer) = std::io::pipe()?;
    let runtime = Handle::current();
    let out = spawn_blocking(move || {
        runtime.block_on(async {
            let rows = dump::export(&from, &last_migration(), BufWriter::new(writer)).await?;
            from.close().await?;
            Ok::<_, dump::Fault>(rows)
        })
    });
    let taken = dump::import(to, &last_migration(), dump::Tables::Current, BufReader::new(reader)).await;
    // Where the lines broke off, the one that wrote them knows why.
    out.await??;
    taken?;
    Ok(())
}

/// The same server with the database that is measured.
fn on(server: &str) -> String {
    let (before, query) = server.split_once('?').map_or((server, None), |(before, query)| (before, Some(query)));
    let host = before.rsplit_once('/').map_or(before, |(host, _)| host);
    query.map_or_else(|| format!("{host}/{NAME}"), |query| format!("{host}/{NAME}?{query}"))
}

async fn run(url: &str, statement: &str) -> Outcome<()> {
    let connection = Database::connect(url).await?;
    connection.execute_unprepared(statement).await?;
    connection.close().await?;
    Ok(())
}
