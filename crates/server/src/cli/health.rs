//! `entente health`: for a container, whose image need not hold any other client.

use std::{
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use clap::Args;

use crate::{Failure, Settings};

const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, Args)]
pub(super) struct Health {
    /// Where the server is [default: the port of `listen` on this machine]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl Health {
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failure> {
        let local = || format!("http://127.0.0.1:{}", settings.listen.port());
        let url = self.url.clone().unwrap_or_else(local);
        let answer = ask(&url)?;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body).trim();
        if status == "200" {
            println!("{body}");
            return Ok(());
        }
        Err(Failure::broken(format!("{url} answers {status}: {body}")))
    }
}

fn ask(url: &str) -> Result<String, Failure> {
    let rest = url
        .strip_prefix("http://")
        .ok_or_else(|| Failure::asked_wrong(format!("{url} does not begin with http://")))?;
    let host = rest.split('/').next().unwrap_or_default();
    let with_port = if host.rsplit(']').next().is_some_and(|end| end.contains(':')) {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let fault = |error: std::io::Error| Failure::broken(format!("{url} does not answer: {error}"));
    let mut addresses = with_port.to_socket_addrs().map_err(fault)?;
    let address = addresses.next().ok_or_else(|| Failure::broken(format!("{host} has no address")))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(fault)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(fault)?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").map_err(fault)?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer).map_err(fault)?;
    Ok(answer)
}
