//! `entente doctor`

use crate::{Failure, Settings, doctor, told};

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    told::print(&doctor::look(&settings).await)
}
