//! The ways by which something is sent.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use store::account;

use crate::{Failure, Settings, mail::Mailer, webhook::Webhook};

/// The ways that are set. A copy shares them.
#[derive(Clone)]
pub struct Channels {
    mailer: Option<Arc<Mailer>>,
    webhooks: Arc<[Webhook]>,
}

impl Channels {
    /// The ways that are set.
    ///
    /// # Errors
    /// Where one of them cannot be used as it is set, or two webhooks have one name.
    pub fn of(settings: &Settings) -> Result<Self, Failure> {
        let mut names = BTreeSet::new();
        if let Some(twice) = settings.webhooks.iter().find(|webhook| !names.insert(&webhook.name)) {
            let message =
                format!("webhooks: {}: there are two of this name, by which deliveries are told apart", twice.name);
            return Err(Failure::asked_wrong(message));
        }
        let webhooks = settings.webhooks.iter().map(Webhook::of).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { mailer: Mailer::of(&settings.mail)?.map(Arc::new), webhooks: webhooks.into() })
    }

    /// The same ways, with another patience.
    pub fn with_patience(self, patience: Duration) -> Self {
        let mailer = self.mailer.map(|mailer| Arc::new(Mailer::clone(&mailer).with_patience(patience)));
        let webhooks = self.webhooks.iter().map(|webhook| webhook.clone().with_patience(patience)).collect();
        Self { mailer, webhooks }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.mailer.is_none() && self.webhooks.is_empty()
    }

    /// The way by mail.
    pub fn mailer(&self) -> Option<&Mailer> {
        self.mailer.as_deref()
    }

    /// The webhooks.
    pub fn webhooks(&self) -> &[Webhook] {
        &self.webhooks
    }

    /// The webhook of this name.
    pub fn webhook(&self, name: &str) -> Option<&Webhook> {
        self.webhooks.iter().find(|webhook| webhook.name == name)
    }

    /// Whether an account gets mail.
    pub fn mails(&self, account: &account::Model) -> bool {
        self.mailer.is_some() && account.email.is_some()
    }

    /// Whether what an account is reminded of comes to anybody.
    pub fn reach(&self, account: &account::Model) -> bool {
        self.mails(account) || !self.webhooks.is_empty()
    }
}
