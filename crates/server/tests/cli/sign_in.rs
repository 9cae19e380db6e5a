//! The first account, passwords and tokens, as an operator gives them.

use std::{
    io::{Read, Write},
    process::Stdio,
};

use super::{
    desk::{Desk, Said},
    serving::Serving,
};

const PASSWORD: &str = "rivers run to the sea";

/// Sends a request with these heads, and gives the whole answer.
fn sent(serving: &Serving, first: &str, heads: &str, body: &str) -> String {
    let mut answer = String::new();
    let mut stream = serving.open(&format!(
        "{first} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{heads}Content-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn viewer(serving: &Serving, heads: &str) -> String {
    let heads = format!("Content-Type: application/json\r\n{heads}");
    sent(serving, "POST /graphql", &heads, r#"{"query":"{ viewer { name role } }"}"#)
}

fn with_token(serving: &Serving, token: &str) -> String {
    viewer(serving, &format!("Authorization: Bearer {token}\r\n"))
}

fn form(serving: &Serving, path: &str, body: &str) -> String {
    sent(serving, &format!("POST {path}"), "Content-Type: application/x-www-form-urlencoded\r\n", body)
}

#[test]
fn the_first_admin_comes_by_a_link_and_the_others_by_the_command_line() {
    let desk = Desk::new("sign-in").prepared();
    let (serving, link) = Serving::start_closed(&desk);
    assert!(viewer(&serving, "").starts_with("HTTP/1.1 401"));
    let made = form(&serving, &link, &format!("name=Nadia&email=&password={}", PASSWORD.replace(' ', "+")));
    assert!(made.starts_with("HTTP/1.1 303"), "{made}");
    let cookie = made.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    let cookie = cookie.split(';').next().expect("a pair");
    let told = viewer(&serving, &format!("Cookie: {cookie}\r\n"));
    assert!(told.contains(r#"{"name":"Nadia","role":"ADMIN"}"#), "{told}");
    assert!(form(&serving, &link, "name=X&email=&password=rivers+run+to+the+sea").starts_with("HTTP/1.1 404"));

    let said = desk.run("account add Intranet --role desk-officer --email intranet@example.org");
    assert!(said.code == 0 && said.out.contains("desk-officer") && said.out.contains("Intranet"), "{said:?}");
    let made = desk.run("token new intranet@example.org --name page --scope write --days 30");
    let token = made.out.trim();
    assert!(made.code == 0 && token.starts_with("ent_"), "{made:?}");
    assert!(with_token(&serving, token).contains(r#"{"name":"Intranet","role":"DESK_OFFICER"}"#));
    assert_eq!(desk.run("account role Intranet viewer").code, 0);
    assert!(with_token(&serving, token).contains(r#""role":"VIEWER""#), "a role counts at once");
    let listed = desk.run("token list").out;
    assert!(listed.contains(&token[..12]) && listed.contains("Intranet: page") && !listed.contains(token), "{listed}");
    assert!(
        desk.run("account assign Intranet PAK OMN").code == 0 && desk.run("account unassign Intranet OMN").code == 0
    );

    let mut command = desk.command("account password Intranet");
    let mut set = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    set.stdin.take().expect("its input").write_all(format!("{PASSWORD}, twice\n").as_bytes()).expect("it reads");
    let said = Said::from(set.wait_with_output().expect("it ends"));
    assert!(said.code == 0 && !said.out.contains(PASSWORD), "{said:?}");
    let body = format!("name=intranet%40example.org&password={}%2C+twice", PASSWORD.replace(' ', "+"));
    assert!(form(&serving, "/sign-in", &body).starts_with("HTTP/1.1 303"));

    assert_eq!(desk.run(&format!("token revoke {}", &token[..12])).code, 0);
    assert!(with_token(&serving, token).starts_with("HTTP/1.1 401"), "it counts at once");
    assert_eq!(desk.run("account disable Intranet").code, 0);
    assert!(form(&serving, "/sign-in", &body).starts_with("HTTP/1.1 401"));

    for (line, part) in [
        ("account role Nobody admin", "there is no account"),
        ("account role Intranet boss", "\"boss\" is no role"),
        ("account assign Intranet QQQ", "there is no state \"QQQ\""),
        ("token revoke ent_nothing", "no token begins with"),
        ("token new Intranet --name x --scope all", "\"all\" is no scope"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(part), "{line}: {said:?}");
    }
    let log = serving.log();
    let secrets =
        [&token[13..], PASSWORD, link.trim_start_matches("/first-admin/"), cookie.split_once('=').expect("a pair").1];
    assert!(secrets.iter().all(|secret| !log.contains(secret)), "a secret stands in the log");
    assert!(log.contains("operation"), "the log tells what was done: {log}");
}

#[test]
fn whoever_is_at_this_machine_is_not_signed_in_where_a_proxy_may_come_for_everybody() {
    let desk = Desk::new("proxy").prepared();
    let said = desk.run("serve --listen 127.0.0.1:0 --allow-remote");
    assert!(said.code == 2 && said.err.contains("sign_in.loopback_account"), "{said:?}");
}
