//! `entente reindex`

use store::search::Pass;

use super::open;
use crate::{Failure, Settings};

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let store = open::open_prepared(&settings).await?;
    let indexed = Pass::over_all().run(&store).await?;
    println!("{indexed} records were indexed for the search.");
    Ok(store.close().await?)
}
