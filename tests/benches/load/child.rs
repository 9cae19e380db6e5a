//! This program once more, as a child that serves.

use std::{
    env,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    process::{self, ChildStdin, Command, Stdio},
    thread,
};

use crate::{Outcome, arguments::Arguments};

/// The variable in which a child is told its database: the URL may hold a password, and arguments are seen by every user.
const DATABASE: &str = "DATABASE_URL";

/// A child that serves; it ends with this value, or with the one that measures.
pub(crate) struct Child {
    process: process::Child,
    /// What the child reads until it is closed.
    _alive: Option<ChildStdin>,
    pub(crate) port: u16,
}

impl Child {
    /// Starts one with the flag that says what it is to serve; its log goes into the folder.
    pub(crate) fn start(flag: &str, arguments: &Arguments, url: &str) -> Outcome<Self> {
        let log = arguments.folder.join(format!("load-{}.log", flag.trim_start_matches('-')));
        let mut process = Command::new(env::current_exe()?)
            .args([flag, "--connections", &arguments.connections.to_string(), "--folder"])
            .arg(&arguments.folder)
            .env(DATABASE, url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()?;
        let alive = process.stdin.take();
        let mut child = Self { process, _alive: alive, port: 0 };
        child.port = told(&mut child.process, &log)?;
        Ok(child)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port that a child tells once it serves.
fn told(process: &mut process::Child, log: &Path) -> Outcome<u16> {
    let mut line = String::new();
    if let Some(out) = process.stdout.take() {
        BufReader::new(out).read_line(&mut line)?;
    }
    line.trim().parse().map_err(|_| format!("a server did not start; {} tells why", log.display()).into())
}

/// In a child: the URL of its database.
pub(crate) fn database() -> Outcome<String> {
    Ok(env::var(DATABASE)?)
}

/// In a child: tells the port, and ends once nobody listens any more.
pub(crate) fn tell(port: u16) {
    println!("{port}");
    thread::spawn(|| {
        // It ends where the parent has ended, however that came.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        process::exit(0);
    });
}
