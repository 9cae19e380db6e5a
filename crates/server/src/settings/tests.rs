use std::path::PathBuf;

use super::*;

fn load(
    file: Option<&str>,
    variables: &[(&str, &str)],
    flags: &[(&'static str, &'static str, Value)],
) -> Result<Settings, String> {
    let folder = std::env::temp_dir().join(format!("entente-settings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path: Option<PathBuf> = file.map(|text| {
        let path = folder.join(format!(
            "{:x}.toml",
            text.bytes().fold(5381_u64, |sum, byte| sum.wrapping_mul(33) ^ u64::from(byte))
        ));
        std::fs::write(&path, text).expect("a file");
        path
    });
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let loaded = Settings::load(&Sources { file: path.clone(), variables, flags: flags.to_vec() });
    let shown = |failure: Failure| match &path {
        Some(path) => failure.message.replace(&path.display().to_string(), "entente.toml"),
        None => failure.message,
    };
    loaded.map_err(shown)
}

#[test]
fn the_defaults_stand_in_the_commented_file() {
    let settings = load(None, &[], &[]).expect("the defaults");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(settings.limits.body_bytes, 6 * 1024 * 1024);
    assert!(!settings.allow_remote && settings.database.durable);
    assert_eq!(settings.store().rhythms, Rhythms::default());
    for line in DEFAULT.lines().filter(|line| line.contains(" = ")) {
        assert!(line.is_ascii(), "{line}");
    }
}

#[test]
fn each_source_goes_over_the_one_before() {
    let file = "listen = \"127.0.0.1:1\"\n[limits]\naliases = 7\n[database]\nurl = \"sqlite://file\"\n";
    let variables =
        [("ENTENTE_LISTEN", "127.0.0.1:2"), ("DATABASE_URL", "sqlite://variable"), ("ENTENTE_ALLOW_REMOTE", "true")];
    let settings = load(Some(file), &variables, &[]).expect("settings");
    assert_eq!((settings.listen.port(), settings.limits.aliases, settings.allow_remote), (2, 7, true));
    assert_eq!(settings.database.url, "sqlite://variable");
    let own = [variables[1], ("ENTENTE_DATABASE_URL", "sqlite://own")];
    assert_eq!(load(Some(file), &own, &[]).expect("settings").database.url, "sqlite://own");
    let flag = [("database.url", "--database", Value::from("sqlite://flag"))];
    assert_eq!(load(Some(file), &own, &flag).expect("settings").database.url, "sqlite://flag");
    assert_eq!(load(None, &[("ENTENTE_LISTEN", "")], &[]).expect("settings").listen.port(), 8000);
    let file = "[sign_in.provider.groups]\nadmin = [\"a\"]\neditor = [\"b\"]\n";
    let variables = [("ENTENTE_SIGN_IN_PROVIDER_GROUPS_EDITOR", "[\"c, d\", \"e\"]")];
    let groups = load(Some(file), &variables, &[]).expect("settings").sign_in.provider.groups;
    assert_eq!((groups.admin, groups.editor), (vec!["a".to_owned()], vec!["c, d".to_owned(), "e".to_owned()]));
}

#[test]
fn what_is_wrong_is_told_with_its_key_and_place() {
    let cases = [
        ("\nlisten = 8000\n", "entente.toml, line 2: listen takes a text in quotes, such as \"127.0.0.1:8000\""),
        (
            "listen = \"localhost\"",
            "entente.toml, line 1: listen is no address with a port, such as 127.0.0.1:8000 or [::1]:8000",
        ),
        ("[limits]\naliases = 0", "entente.toml, line 2: limits.aliases is out of range: from 1 to 4294967295"),
        ("[limits]\naliases = \"many\"", "entente.toml, line 2: limits.aliases takes a whole number, such as 30"),
        ("allow_remote = 1", "entente.toml, line 1: allow_remote takes true or false"),
        ("[log]\nformat = \"xml\"", "entente.toml, line 2: log.format is neither text nor json"),
        (
            "[log]\nlevel = \"a=b=c\"",
            "entente.toml, line 2: log.level is no level: use error, warn, info, debug, trace, or a filter such as info,entente=debug",
        ),
        ("account = \" \"", "entente.toml, line 1: account is empty: give the account a name"),
        (
            "[second_reader]\nurl = \"http://models.example.org/v1/chat/completions\"",
            "entente.toml, line 2: second_reader.url is no address for it: https://HOST/PATH, or http:// on this machine \
             (localhost, 127.0.0.1, [::1]), without user, key or fragment in it",
        ),
        (
            "[reminders]\nweekday = \"someday\"",
            "entente.toml, line 2: reminders.weekday is no day of the week, such as monday",
        ),
        (
            "[sign_in]\nsession_hours = 0",
            "entente.toml, line 2: sign_in.session_hours is out of range: from 1 to 720 hours",
        ),
        (
            "[sign_in]\npublic_url = \"https://a.example.org/b\"",
            "entente.toml, line 2: sign_in.public_url is no address of a server: https://HOST, without a path",
        ),
        (
            "[sign_in.provider]\nissuer = \"http://id.example.org\"",
            "entente.toml, line 2: sign_in.provider.issuer is no address for it: https://HOST/PATH, or http:// on this machine \
             (localhost, 127.0.0.1, [::1]), without user, key or fragment in it",
        ),
        (
            "[sign_in.provider.groups]\nadmin = \"chiefs\"",
            "entente.toml, line 2: sign_in.provider.groups.admin takes a list of texts, such as [\"one\", \"two\"]",
        ),
        (
            "[sign_in.provider]\nscopes = \"email\"",
            "entente.toml, line 2: sign_in.provider.scopes lacks openid, without which nobody is signed in: write \
             \"openid profile email\"",
        ),
        ("[reminders]\nhour = 24", "entente.toml, line 2: reminders.hour is no hour: from 0 to 23"),
        ("[mail]\ntls = \"ssl\"", "entente.toml, line 2: mail.tls is neither starttls, tls nor none"),
        (
            "webhooks = \"x\"",
            "entente.toml, line 1: webhooks takes tables of its own in a file, each headed [[webhooks]]",
        ),
        (
            "[[webhooks]]\nname = \"a\"",
            "entente.toml, line 1: webhooks each need a name, a url and a secret_file: write them under [[webhooks]]",
        ),
        (
            "[[webhooks]]\nname = \"a\"\nurl = \"https://a.example.org\"\nsecret_file = \"s\"\nevents = []",
            "entente.toml, line 1: webhooks each need a list of events: events = [\"digest\"]",
        ),
        (
            "database.url = \"mysql://x\"",
            "entente.toml, line 1: database.url is no database: it starts with sqlite:// or postgres://",
        ),
        (
            "[log]\nlevels = \"info\"",
            "entente.toml, line 2: there is no setting log.levels; there are log.format, log.level",
        ),
        (
            "lissen = \"x\"",
            "entente.toml, line 1: there is no setting lissen; there are account, allow_remote, listen, only_trusted_documents, webhooks",
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(load(Some(file), &[], &[]).expect_err(file), expected);
    }
    assert!(
        load(Some("[other]\nkey = 1"), &[], &[])
            .expect_err("unknown")
            .contains("there is no setting other.key; there are account,")
    );
    assert!(load(Some("listen ="), &[], &[]).expect_err("no TOML").contains("line 1"));
    let two = load(Some("a = 1\nb = 2\n"), &[], &[]).expect_err("two faults");
    assert_eq!(two.lines().count(), 2, "{two}");
    let variable = load(None, &[("ENTENTE_LIMITS_ALIASES", "many")], &[]).expect_err("no number");
    assert_eq!(variable, "the variable ENTENTE_LIMITS_ALIASES: limits.aliases takes a whole number, such as 30");
    let flag = load(None, &[], &[("listen", "--listen", "8000".into())]).expect_err("no address");
    assert!(flag.starts_with("--listen: listen is no address"), "{flag}");
}

#[test]
fn a_password_in_the_url_is_not_repeated() {
    let told = load(None, &[("DATABASE_URL", "mysql://me:secret@host/db")], &[]).expect_err("no database");
    assert!(!told.contains("secret"), "{told}");
}
