//! A desk to run the program at, and what it said there.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A folder of its own, in which the program is started.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
}

impl Desk {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.folder.join(name), bytes).expect("a file");
    }

    pub(crate) fn get(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).expect("a file")
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
        command.args(line.split_whitespace()).current_dir(&self.folder).stdin(Stdio::null());
        for variable in ["DATABASE_URL", "ENTENTE_DATABASE_URL", "ENTENTE_CONFIG"] {
            command.env_remove(variable);
        }
        command.env("ENTENTE_LOG_LEVEL", "warn");
        command.env("ENTENTE_SIGN_IN_LOOPBACK_ACCOUNT", "Local desk");
        command
    }

    pub(crate) fn run(&self, line: &str) -> Said {
        Said::from(self.command(line).output().expect("the program runs"))
    }

    pub(crate) fn prepared(self) -> Self {
        assert_eq!(self.run("migrate").code, 0);
        assert_eq!(self.run("seed").code, 0);
        self
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The blocks of a page of `docs` that are commands.
pub(crate) fn commands(page: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
    let page = std::fs::read_to_string(path).expect("the page");
    let blocks = page.split("\n```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.map(|block| format!("{block}\n")).collect()
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
    }
}
