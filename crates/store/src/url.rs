//! Where the database is: `sqlite:///absolute/path`, `sqlite://relative/path` or `postgres://...`.

use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use thiserror::Error;

/// A database's address. Its `Debug` shows no password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum DatabaseUrl {
    /// A file, made when it is absent.
    Sqlite(PathBuf),
    /// A connection URI, as libpq reads it.
    Postgres(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DatabaseUrlError {
    #[error("a database address starts with sqlite:// or postgres://")]
    UnknownScheme,
    #[error("the address of an SQLite database names a file: sqlite:///path/to/file")]
    NoFile,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<DatabaseUrl, DatabaseUrlError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite://") {
            None => Err(DatabaseUrlError::UnknownScheme),
            // In memory each connection would have a database of its own.
            Some("" | ":memory:") => Err(DatabaseUrlError::NoFile),
            Some(path) if path.ends_with('/') => Err(DatabaseUrlError::NoFile),
            Some(path) => Ok(DatabaseUrl::Sqlite(path.into())),
        }
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = DatabaseUrlError;

    fn try_from(text: String) -> Result<DatabaseUrl, DatabaseUrlError> {
        text.parse()
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "Sqlite({})", path.display()),
            DatabaseUrl::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_the_database() {
        assert_eq!("sqlite:///var/a.db".parse(), Ok(DatabaseUrl::Sqlite("/var/a.db".into())));
        assert_eq!("sqlite://var/a.db".parse(), Ok(DatabaseUrl::Sqlite("var/a.db".into())));
        let postgres = "postgres://somebody:secret@localhost/identity";
        assert_eq!(postgres.parse(), Ok(DatabaseUrl::Postgres(postgres.into())));
    }

    #[test]
    fn an_address_that_names_no_database_is_refused() {
        for text in ["", "a.db", "/var/a.db", "mysql://localhost/a", "sqlite:a.db"] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(DatabaseUrlError::UnknownScheme), "{text}");
        }
        for text in ["sqlite://", "sqlite://:memory:", "sqlite://var/"] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(DatabaseUrlError::NoFile), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_password() {
        let url: DatabaseUrl = "postgres://somebody:secret@localhost/identity".parse().unwrap();
        assert_eq!(format!("{url:?}"), "Postgres(..)");
    }
}
