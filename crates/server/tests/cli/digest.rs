//! What an account would be reminded of, from the command line; and settings by which nothing could be sent.

use super::desk::Desk;

#[test]
fn a_digest_is_printed_for_whoever_is_named() {
    let desk = Desk::new("digest").prepared();
    for name in ["Omar", "Omar"] {
        assert_eq!(desk.run(&format!("account add {name}")).code, 0);
    }
    let id = desk.run("account add Salma --email salma@example.org").out.split(' ').next().expect("an id").to_owned();
    for named in ["Salma", "salma@example.org", &id] {
        let said = desk.run(&format!("digest {named}"));
        assert_eq!(
            (said.code, said.out.as_str()),
            (0, "For Salma\n\nThere is nothing to be reminded of.\n"),
            "{said:?}"
        );
    }
    let said = desk.run("digest Salma --language fr");
    assert!(said.out.starts_with("Pour Salma") && said.out.contains("rien à rappeler"), "{said:?}");
    for (line, told) in [
        ("digest Nobody", "there is no account \"Nobody\""),
        ("digest Omar", "2 accounts are called \"Omar\": name one by its e-mail address or identifier"),
        ("digest Salma --as-of 2999-01-01", "lies in the future"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}

#[test]
fn ways_that_cannot_work_are_told_when_the_server_starts() {
    let desk = Desk::new("ways").prepared();
    desk.put("password", "marked-8f3a2c");
    desk.put("secret", "marked-8f3a2c");
    let mail = "[mail]\nhost = \"mail.example.org\"\n";
    let from = "from = \"entente@example.org\"\n";
    let hook = "[[webhooks]]\nname = \"a\"\nurl = \"https://a.example.org/\"\nevents = [\"digest\"]\nsecret_file = ";
    for (settings, told) in [
        (mail.to_owned(), "mail.from is no address"),
        (format!("{mail}{from}user = \"me\"\n"), "mail.user and mail.password_file go together"),
        (format!("{mail}{from}user = \"me\"\npassword_file = \"nowhere\"\n"), "mail.password_file: nowhere: "),
        (
            format!("{mail}{from}user = \"me\"\npassword_file = \"password\"\ntls = \"none\"\n"),
            "a password is not sent unencrypted",
        ),
        (format!("{hook}\"nowhere\"\n"), "webhooks: a: secret_file: nowhere: "),
        (format!("{hook}\"secret\"\n"), "the secret_file holds no secret: write whsec_ and"),
        (format!("{hook}\"secret\"\n{hook}\"secret\"\n"), "there are two of this name"),
    ] {
        desk.put("entente.toml", &settings);
        let said = desk.run("serve");
        assert!(said.code == 2 && said.err.contains(told), "{settings}: {said:?}");
        assert!(!said.err.contains("marked-8f3a2c"), "{said:?}");
    }
}
