//! The account in whose name the commands of this machine write.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::{Store, Who, account};
use vocab::Role;

/// On whose behalf the commands of this machine write; the account is made when it is missing. Whoever can give commands here
/// has the database, so they may do everything.
///
/// # Errors
/// [`store::Error::Invalid`] for an empty name; [`store::Error::Database`].
pub async fn at_the_desk(store: &Store, name: &str) -> store::Result<Who> {
    let known = account::Entity::find().filter(account::Column::Name.eq(name.trim()));
    let account = match known.order_by_asc(account::Column::Id).one(store.reader()).await? {
        Some(account) => account,
        None => {
            let mut work = store.begin(&Who::command("desk")).await?;
            let draft = account::Draft { name: name.to_owned(), email: None, role: Role::Admin };
            let account = account::create(&mut work, draft).await?;
            work.commit().await?;
            account
        }
    };
    Ok(Who { account_id: Some(account.id), ..Who::command("desk") })
}
