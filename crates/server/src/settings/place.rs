//! Where a database lies, by its address.

use std::path::PathBuf;

/// The file of a SQLite database that has one.
pub(crate) fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or_default();
    (!path.is_empty() && !path.contains(":memory:")).then(|| PathBuf::from(path))
}

/// The address of a database without what may be a password in it.
pub(super) fn without_password(url: &str) -> String {
    let (url, query) = url.split_once('?').map_or((url, None), |(url, query)| (url, Some(query)));
    let shown = match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (user, host))) => {
            let user = user.split_once(':').map_or_else(|| user.to_owned(), |(user, _)| format!("{user}:…"));
            format!("{scheme}://{user}@{host}")
        }
        None => url.to_owned(),
    };
    match query {
        Some(query) if query.contains("password") => format!("{shown}?…"),
        Some(query) => format!("{shown}?{query}"),
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_database_is_told_from_its_url() {
        let file = |url| sqlite_file(url).map(|path| path.display().to_string());
        assert_eq!(file("sqlite://data/entente.db?mode=rwc").as_deref(), Some("data/entente.db"));
        assert_eq!(file("sqlite:///var/entente.db").as_deref(), Some("/var/entente.db"));
        assert_eq!(file("sqlite:entente.db").as_deref(), Some("entente.db"));
        assert_eq!(file("sqlite::memory:"), None);
        assert_eq!(file("postgres://localhost/entente"), None);
    }

    #[test]
    fn a_password_is_not_shown() {
        for (url, told) in [
            ("postgres://me:secr@t@host:5432/db?sslmode=require", "postgres://me:…@host:5432/db?sslmode=require"),
            ("postgres://me@host/db", "postgres://me@host/db"),
            ("postgres://host/db?user=me&password=secret", "postgres://host/db?…"),
            ("sqlite://data/entente.db?mode=rwc", "sqlite://data/entente.db?mode=rwc"),
        ] {
            assert_eq!(without_password(url), told);
        }
    }
}
