//! A mail server of the tests' own, on this machine, that behaves as it is told to, also badly.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::Shared;

/// How it behaves. A place is a command, or END: behind the last line of a mail.
#[derive(Debug, Clone, Copy)]
pub(super) enum Manner {
    /// It takes everything.
    Takes,
    /// It says this at a place.
    Says(&'static str, &'static str),
    /// It hangs up at a place.
    HangsUp(&'static str),
    /// It says nothing more from a place on.
    Silent(&'static str),
}

/// The server, and what it was sent.
pub(super) struct Post {
    pub(super) port: u16,
    manner: Shared<Manner>,
    heard: Shared<Heard>,
}

#[derive(Default)]
struct Heard {
    mails: Vec<String>,
    recipients: Vec<String>,
}

impl Post {
    pub(super) async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (manner, heard) = (Arc::new(Mutex::new(manner)), Shared::<Heard>::default());
        let (behave, hear) = (manner.clone(), heard.clone());
        // It ends with the runtime of its story.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = *behave.lock().expect("the manner");
                tokio::spawn(converse(stream, manner, hear.clone()));
            }
        });
        Self { port, manner, heard }
    }

    pub(super) fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("the manner") = manner;
    }

    /// The mails that came to their last line, whether they were taken or not.
    pub(super) fn mails(&self) -> Vec<String> {
        self.heard.lock().expect("what was heard").mails.clone()
    }

    /// Who was named as a recipient.
    pub(super) fn recipients(&self) -> Vec<String> {
        self.heard.lock().expect("what was heard").recipients.clone()
    }
}

async fn converse(stream: TcpStream, manner: Manner, heard: Shared<Heard>) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let mut reply = "220 post.example.org\r\n".to_owned();
    loop {
        if stream.get_mut().write_all(reply.as_bytes()).await.is_err() {
            return;
        }
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let mut place = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
        if place == "RCPT" {
            heard.lock().expect("what was heard").recipients.push(line.trim().to_owned());
        }
        if place == "DATA"
            && !matches!(manner, Manner::Says("DATA", _) | Manner::HangsUp("DATA") | Manner::Silent("DATA"))
        {
            let Some(mail) = mail(&mut stream).await else { return };
            heard.lock().expect("what was heard").mails.push(mail);
            "END".clone_into(&mut place);
        }
        reply = match manner {
            Manner::Says(at, what) if at == place => format!("{what}\r\n"),
            Manner::HangsUp(at) if at == place => return,
            Manner::Silent(at) if at == place => return std::future::pending().await,
            _ => match place.as_str() {
                "EHLO" => "250-post.example.org\r\n250 AUTH PLAIN LOGIN\r\n",
                "AUTH" => "235 welcome\r\n",
                "QUIT" => "221 goodbye\r\n",
                _ => "250 fine\r\n",
            }
            .to_owned(),
        };
    }
}

/// A mail up to its last line.
async fn mail(stream: &mut BufReader<TcpStream>) -> Option<String> {
    stream.get_mut().write_all(b"354 go on\r\n").await.ok()?;
    let mut mail = String::new();
    while !mail.ends_with("\r\n.\r\n") {
        if stream.read_line(&mut mail).await.ok()? == 0 {
            return None;
        }
    }
    Some(mail)
}
