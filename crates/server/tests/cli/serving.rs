//! The program as it serves.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread::JoinHandle,
    time::Duration,
};

use super::desk::Desk;

/// A server that is ended when the test ends.
pub(crate) struct Serving {
    pub(crate) child: Child,
    pub(crate) port: u16,
    log: Option<JoinHandle<String>>,
}

impl Serving {
    pub(crate) fn start(desk: &Desk) -> Self {
        Self::start_telling(desk, "warn")
    }

    /// The same, which tells in its log what is important enough.
    pub(crate) fn start_telling(desk: &Desk, level: &str) -> Self {
        let mut command = desk.command("serve --listen 127.0.0.1:0");
        let mut child = command.env("ENTENTE_LOG_LEVEL", level).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines();
        let line = lines.find_map(|line| line.ok().filter(|line| line.contains("start here"))).expect("it serves");
        let port = line.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let log = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>().join("\n"));
        Self { child, port, log: Some(log) }
    }

    /// One where nobody is signed in by being at this machine, and the path of the link by which the first admin is made.
    pub(crate) fn start_closed(desk: &Desk) -> (Self, String) {
        let mut command = desk.command("serve --listen 127.0.0.1:0");
        command.env_remove("ENTENTE_SIGN_IN_LOOPBACK_ACCOUNT").env("ENTENTE_LOG_LEVEL", "debug").stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines();
        let line = lines.find_map(|line| line.ok().filter(|line| line.contains("/first-admin/"))).expect("a link");
        let (base, secret) = line.trim().split_once("/first-admin/").expect("a link");
        let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let log = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>().join("\n"));
        (Self { child, port, log: Some(log) }, format!("/first-admin/{secret}"))
    }

    /// Stops it, and gives all that it said since it served.
    pub(crate) fn log(mut self) -> String {
        self.tell("-TERM");
        self.log.take().expect("it is asked once").join().expect("its words")
    }

    /// What lies at an address, head and all.
    pub(crate) fn get(&self, address: &str) -> String {
        String::from_utf8(self.bytes(address)).expect("UTF-8")
    }

    /// The same, where it is no text.
    pub(crate) fn bytes(&self, address: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        let mut stream = self.open(&format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        stream.read_to_end(&mut answer).expect("an answer");
        answer
    }

    pub(crate) fn open(&self, head: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.write_all(head.as_bytes()).expect("a request");
        stream
    }

    pub(crate) fn ask(&self, query: &str) -> String {
        let body = serde_json::json!({ "query": query }).to_string();
        let mut stream = self.open(&format!(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ));
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    pub(crate) fn tell(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(told.expect("kill runs").success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
