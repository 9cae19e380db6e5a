//! The page for operators: its commands are run as they stand there.

use std::{net::TcpListener, process::Command};

use crate::desk::{Desk, Said, commands};

#[test]
fn the_commands_for_operators_do_what_the_page_says() {
    let commands = commands("operating.md");
    assert!(commands.contains("entente backup") && commands.contains("entente restore"), "{commands}");
    let desk = Desk::new("operating");
    std::fs::create_dir(desk.folder.join("bin")).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_entente"), desk.folder.join("bin/entente")).expect("a link");
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    // What a failing line leaves running is ended with the shell.
    let script = format!("trap 'kill $server 2>/dev/null || true' EXIT\nserver=\nPATH=$PWD/bin:$PATH\n{commands}");
    let mut shell = Command::new("sh");
    shell.args(["-euc", &script]).current_dir(&desk.folder);
    for variable in ["DATABASE_URL", "ENTENTE_DATABASE_URL", "ENTENTE_CONFIG"] {
        shell.env_remove(variable);
    }
    shell.env("ENTENTE_LISTEN", format!("127.0.0.1:{port}")).env("ENTENTE_LOG_LEVEL", "warn");
    let said = Said::from(shell.output().expect("sh runs"));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!said.out.contains("amiss"), "{said:?}");
    // What was asked for in the name of somebody who signed in was done, and by them.
    assert!(said.out.contains(r#""viewer":{"name":"Lena Haddad","role":"DESK_OFFICER"}"#), "{said:?}");
    assert!(said.out.contains(r#"{"reference":"OMN-1","owner":{"name":"Lena Haddad"}},"refusal":null"#), "{said:?}");
    assert_eq!(said.out.matches("all of it was taken in.").count(), 2, "{said:?}");
    assert!(desk.folder.join("lost/entente.db").exists() && desk.folder.join("data/entente.db").exists());
}
