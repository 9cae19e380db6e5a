//! Mail by SMTP: one mail on a connection of its own, so that it is known how far it came.

mod letter;

use std::{net::IpAddr, time::Duration};

use lettre::{
    Address,
    message::Mailbox,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail as From, Rcpt},
        extension::ClientId,
        response::{Response, Severity},
    },
};
use tokio::time::timeout;

use crate::{
    Failure,
    outbound::address::is_this_machine,
    secret,
    settings::{Mail, MailTls},
    transmission::Outcome,
};

pub use letter::Letter;

/// How long a server that has taken a mail is given to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Hands mail to a server.
#[derive(Clone)]
pub struct Mailer {
    host: String,
    port: u16,
    tls: MailTls,
    credentials: Option<Credentials>,
    from: Mailbox,
    patience: Duration,
}

/// How far a mail came before something went wrong.
enum Stumble {
    /// The server was not reached, or no encryption could be agreed on.
    Connecting(Error),
    /// It did not let us in.
    SigningIn(Error),
    /// It takes no mail from us.
    NamingSender(Error),
    /// It takes no mail for this recipient.
    NamingRecipient(Error),
    /// The mail was under way.
    HandingOver(Error),
}

/// What the server says to a mail that it has taken, and the connection, to say goodbye on.
type Handed = (Response, AsyncSmtpConnection);

impl Mailer {
    /// The server that is set, where one is.
    ///
    /// # Errors
    /// Where a part of the setting is missing or cannot be used, or the password cannot be read.
    pub fn of(settings: &Mail) -> Result<Option<Self>, Failure> {
        let Mail { host, port, tls, user, password_file, password, from, timeout_seconds } = settings;
        if host.trim().is_empty() {
            return Ok(None);
        }
        let Ok(from) = from.parse::<Mailbox>() else {
            let wanted = "mail.from is no address: write \"entente@example.org\" or \"Entente <entente@example.org>\"";
            return Err(Failure::asked_wrong(wanted));
        };
        let has_password = !password.is_empty() || !password_file.is_empty();
        let credentials = match (user.trim(), has_password) {
            ("", false) => None,
            ("", true) | (_, false) => {
                return Err(Failure::asked_wrong("mail.user and mail.password_file go together: set both or neither"));
            }
            (user, true) => {
                Some(Credentials::new(user.to_owned(), secret::of("mail.password", password, password_file)?))
            }
        };
        let host = host.trim().to_owned();
        if credentials.is_some() && *tls == MailTls::None && !is_this_machine(&host) {
            let message = "mail.tls is none: a password is not sent unencrypted, set it to starttls or tls";
            return Err(Failure::asked_wrong(message));
        }
        let patience = Duration::from_secs(*timeout_seconds);
        Ok(Some(Self { host, port: *port, tls: *tls, credentials, from, patience }))
    }

    /// The same, with another patience.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands over a letter.
    pub async fn send(&self, letter: &Letter) -> Outcome {
        let Some(to) = letter.address() else {
            return Outcome::Refused("the account has no address that mail can be sent to".to_owned());
        };
        let Some(mail) = letter.written(&self.from) else {
            return Outcome::Refused("the letter could not be written".to_owned());
        };
        let mut under_way = false;
        match timeout(self.patience, self.converse(&to, &mail, &mut under_way)).await {
            Ok(Ok((answer, mut connection))) => {
                // It has been taken, whatever the server says now.
                let _ = timeout(GOODBYE, connection.quit()).await;
                Outcome::Taken(format!("taken by the mail server ({})", answer.code()))
            }
            Ok(Err(stumble)) => outcome(&stumble),
            Err(_) => {
                let told = format!("the mail server did not answer within {} s", self.patience.as_secs_f32());
                if under_way { Outcome::Unknown(told) } else { Outcome::Later(told) }
            }
        }
    }

    async fn converse(&self, to: &Address, mail: &[u8], under_way: &mut bool) -> Result<Handed, Stumble> {
        let mut connection = self.connect().await.map_err(Stumble::Connecting)?;
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, credentials).await.map_err(Stumble::SigningIn)?;
        }
        let from = From::new(Some(self.from.email.clone()), Vec::new());
        connection.command(from).await.map_err(Stumble::NamingSender)?;
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(Stumble::NamingRecipient)?;
        connection.command(Data).await.map_err(Stumble::NamingRecipient)?;
        *under_way = true;
        let answer = connection.message(mail).await.map_err(Stumble::HandingOver)?;
        Ok((answer, connection))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let here = ClientId::Ipv4(std::net::Ipv4Addr::LOCALHOST);
        let encrypted = || TlsParameters::new(self.host.clone());
        let at_once = if self.tls == MailTls::Tls { Some(encrypted()?) } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &here, at_once, None::<IpAddr>).await?;
        if self.tls == MailTls::Starttls {
            connection.starttls(encrypted()?, &here).await?;
        }
        Ok(connection)
    }
}

/// What a stumble means for the mail. What the server wrote is left out: it may name people, and repeat what it was told.
fn outcome(stumble: &Stumble) -> Outcome {
    let (fault, place) = match stumble {
        Stumble::Connecting(fault) => (fault, "at the beginning"),
        Stumble::SigningIn(fault) => (fault, "the user and password of [mail]"),
        Stumble::NamingSender(fault) => (fault, "the sender, mail.from"),
        Stumble::NamingRecipient(fault) => (fault, "the recipient"),
        Stumble::HandingOver(fault) => (fault, "the mail"),
    };
    let told = match fault.status() {
        Some(status) => format!("the mail server refused {place} ({status})"),
        None if fault.is_tls() => "no encryption could be agreed on with the mail server".to_owned(),
        None if fault.is_client() => "the mail server lacks what mail.tls or mail.user need".to_owned(),
        None => match stumble {
            Stumble::Connecting(_) => "the mail server cannot be reached".to_owned(),
            _ => "the connection to the mail server broke off".to_owned(),
        },
    };
    match (stumble, fault.status().map(|status| status.severity)) {
        (Stumble::HandingOver(_), None) => Outcome::Unknown(told),
        // Who may not sign in or send may do so once it is set right: that is no fault of this mail.
        (Stumble::NamingRecipient(_) | Stumble::HandingOver(_), Some(Severity::PermanentNegativeCompletion)) => {
            Outcome::Refused(told)
        }
        _ => Outcome::Later(told),
    }
}
