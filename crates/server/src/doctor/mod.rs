//! What is amiss with an installation, in a line each: the settings, the database, the tables, the disk, the clock.
//!
//! It changes nothing, and asks nobody but the database and the provider that people sign in with.

mod database;
mod machine;
mod settings;

use std::sync::Arc;

use store::{Store, Surroundings};

use crate::{Settings, pdf, provider::Provider, surroundings::Machine, told::Told};

pub use settings::unusable;

/// Looks at everything.
pub async fn look(settings: &Settings) -> Vec<Told> {
    let mut told = settings::look(settings);
    told.extend(machine::disk(settings));
    told.push(fonts());
    // What is wrong with its settings has been told among them.
    if let Ok(Some(provider)) = Provider::of(&settings.sign_in) {
        told.push(provider.look(Machine.now()).await);
    }
    if let Some(missing) = database::missing(settings) {
        told.push(missing);
        return told;
    }
    match Store::open(&settings.store(), Arc::new(Machine)).await {
        Ok(store) => {
            told.extend(database::look(&store, settings).await);
            // What is left open ends with the program.
            let _ = store.close().await;
        }
        Err(fault) => told.push(Told::amiss("database", format!("it cannot be reached ({fault}): see database.url"))),
    }
    told
}

fn fonts() -> Told {
    match pdf::fonts() {
        None => Told::ok("fonts", "none needed: this program was built without PDF"),
        Some(Ok(())) => Told::ok("fonts", "there are letters for English, French and Arabic"),
        Some(Err(failure)) => Told::warning("fonts", failure.message.replace('\n', "; ")),
    }
}
