//! `entente audit verify`

use clap::Subcommand;
use store::audit_entry::{self, Head, Walk};

use super::open;
use crate::{
    Failure, Settings,
    told::{self, Told},
};

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Look whether the audit trail holds, and the history under it; print its last entry, to be written down elsewhere
    Verify {
        /// An entry that was written down elsewhere: whether it is still in the trail, as it was then
        #[arg(long, value_name = "NUMBER:HASH")]
        from: Option<Head>,
    },
}

impl Audit {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self::Verify { from } = self;
        let store = open::open_prepared(&settings).await?;
        let moment = store.snapshot().await?;
        let walk = audit_entry::walk(&moment, from.as_ref()).await?;
        drop(moment);
        store.close().await?;
        let printed = told::print(&lines(&walk, from.as_ref()));
        if let Some(head) = walk.head.as_ref().filter(|_| walk.amiss.is_none()) {
            println!("{head}");
        }
        printed
    }
}

/// What came of it, in a line each.
fn lines(Walk { entries, lines, amiss, head, is_met }: &Walk, from: Option<&Head>) -> Vec<Told> {
    const TRAIL: &str = "the audit trail";
    let mut told = vec![match (amiss, head) {
        (Some(amiss), _) => Told::amiss(TRAIL, format!("{amiss}. {entries} entries before it hold")),
        (None, None) => Told::ok(TRAIL, "nothing was written yet"),
        (None, Some(_)) => {
            Told::ok(TRAIL, format!("{entries} entries hold, and {lines} lines of the history under them"))
        }
    }];
    told.extend(from.map(|from| {
        const KNOWN: &str = "what was written down elsewhere";
        if *is_met {
            Told::ok(KNOWN, format!("entry {} is in the trail as it was then", from.number))
        } else {
            let number = from.number;
            Told::amiss(
                KNOWN,
                format!(
                    "entry {number} is not in the trail as it was then: it, or one before it, was changed or taken out"
                ),
            )
        }
    }));
    told
}
