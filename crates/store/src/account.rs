//! Who works with the system: desk officers, reviewers, managers.

use sea_orm::{QueryOrder, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::{Frequency, Language, Reminders, Role, Weekday};

use crate::{
    Code, Result, UnitOfWork,
    error::{optional_text, text},
    page::Key,
    unit_of_work::recorded,
};

/// An account.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name that is shown.
    pub name: String,
    /// Where reminders go; unique.
    pub email: Option<String>,
    /// How often it is reminded; as all are, where nothing is set.
    pub reminders: Option<Code<Frequency>>,
    /// On which day, where it is once a week.
    pub reminders_on: Option<Code<Weekday>>,
    /// In which language.
    pub language: Option<Code<Language>>,
    /// What it may do; whatever it liked in lines of history that are older than the column.
    #[serde(default = "anything")]
    pub role: Code<Role>,
    /// When it was disabled; none while it may sign in.
    #[serde(default)]
    pub disabled_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

fn anything() -> Code<Role> {
    Code(Role::Admin)
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Account);

impl Model {
    /// How it is reminded, where those who have not said otherwise are reminded so.
    pub fn reminders(&self, usual: Reminders) -> Reminders {
        Reminders {
            frequency: self.reminders.map_or(usual.frequency, |code| code.0),
            weekday: self.reminders_on.map_or(usual.weekday, |code| code.0),
            language: self.language.map_or(usual.language, |code| code.0),
            due_soon_days: usual.due_soon_days,
        }
    }
}

/// The most characters of a name.
pub(crate) const LONGEST_NAME: usize = 200;

/// A new account.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The name that is shown.
    pub name: String,
    /// Where reminders go.
    pub email: Option<String>,
    /// What it may do.
    pub role: Role,
}

/// Keeps a new account.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { name, email, role } = draft;
    let row = Model {
        id: work.fresh_id(),
        name: text("name", &name, LONGEST_NAME)?,
        email: optional_text("email", email.as_deref(), 320)?,
        reminders: None,
        reminders_on: None,
        language: None,
        role: role.into(),
        disabled_at: None,
        created_at: work.now(),
        version: 1,
    };
    work.insert(row).await
}

/// What is to be changed in how an account is reminded; what is `None` stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// How often, or as all are.
    pub frequency: Option<Option<Frequency>>,
    /// On which day, or as all are.
    pub weekday: Option<Option<Weekday>>,
    /// In which language, or as all are.
    pub language: Option<Option<Language>>,
}

/// Sets how an account is reminded.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn set_reminders(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, wishes: Wishes) -> Result<Model> {
    let Wishes { frequency, weekday, language } = wishes;
    work.revise(id, expected, |row: &mut Model| {
        row.reminders = frequency.map_or(row.reminders, |set| set.map(Code));
        row.reminders_on = weekday.map_or(row.reminders_on, |set| set.map(Code));
        row.language = language.map_or(row.language, |set| set.map(Code));
        Ok(())
    })
    .await
}

/// Gives an account a role.
///
/// # Errors
/// [`crate::Error::Invalid`] where nobody would be left who can say who may do what; as [`UnitOfWork::revise`].
pub async fn set_role(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, role: Role) -> Result<Model> {
    keep_an_admin(work, id, role == Role::Admin).await?;
    work.revise(id, expected, |row: &mut Model| {
        row.role = role.into();
        Ok(())
    })
    .await
}

/// Keeps an account from signing in, or lets it again.
///
/// # Errors
/// As [`set_role`].
pub async fn set_disabled(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, disabled: bool) -> Result<Model> {
    keep_an_admin(work, id, !disabled).await?;
    let now = work.now();
    work.revise(id, expected, |row: &mut Model| {
        row.disabled_at = disabled.then(|| row.disabled_at.unwrap_or(now));
        Ok(())
    })
    .await
}

/// Takes over what somebody is called, and where their mail goes. An address that another account has is left as it is.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn follow(work: &mut UnitOfWork, id: Uuid, name: Option<&str>, email: Option<&str>) -> Result<Model> {
    let is_free = match email {
        Some(email) => with_email(work.connection(), email).await?.iter().all(|other| other.id == id),
        None => false,
    };
    work.revise(id, None, |row: &mut Model| {
        if let Some(name) = name {
            row.name = text("name", name, LONGEST_NAME)?;
        }
        if is_free {
            row.email = optional_text("email", email, 320)?;
        }
        Ok(())
    })
    .await
}

/// That somebody is left who can say who may do what, where an account is to be one no more.
async fn keep_an_admin(work: &UnitOfWork, id: Uuid, stays: bool) -> Result<()> {
    if stays {
        return Ok(());
    }
    let row: Model = crate::by_id::<Entity>(work.connection(), id).await?;
    if is_last_admin(work.connection(), &row).await? {
        let message = format!("{} is the only admin left: make another account one first", row.name);
        return Err(crate::Error::invalid("accountId", message));
    }
    Ok(())
}

/// Whether nobody else can say who may do what.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn is_last_admin(db: &impl ConnectionTrait, row: &Model) -> Result<bool> {
    if row.role.0 != Role::Admin || row.disabled_at.is_some() {
        return Ok(false);
    }
    let admins = Entity::find().filter(Column::Role.eq(Code(Role::Admin))).filter(Column::DisabledAt.is_null());
    Ok(admins.filter(Column::Id.ne(row.id)).one(db).await?.is_none())
}

/// The accounts with an e-mail address, in whichever letters it is written.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn with_email(db: &impl ConnectionTrait, email: &str) -> Result<Vec<Model>> {
    let email = email.to_lowercase();
    // Compared here: of letters beyond ASCII each database makes small ones in its own way.
    let all = Entity::find().filter(Column::Email.is_not_null()).order_by_asc(Column::Id).all(db).await?;
    Ok(all.into_iter().filter(|row| row.email.as_ref().is_some_and(|other| other.to_lowercase() == email)).collect())
}

/// The accounts that somebody may mean: that with this identifier or e-mail address, else those with this name.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn called(db: &impl ConnectionTrait, text: &str) -> Result<Vec<Model>> {
    let text = text.trim();
    let exactly = match text.parse::<Uuid>() {
        Ok(id) => Column::Id.eq(id),
        Err(_) => Column::Email.eq(text),
    };
    let found = Entity::find().filter(exactly).all(db).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    Ok(Entity::find().filter(Column::Name.eq(text)).all(db).await?)
}

/// By name.
pub fn by_name() -> Vec<Key> {
    vec![Key::text(Column::Name, Order::Asc)]
}
