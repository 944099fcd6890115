//! A database of a test's own, gone when the test ends. The tests of `oidc` use it too.

use std::process::Command;

use identity::random::Random;
use tempfile::TempDir;

pub(crate) struct Database {
    pub url: String,
    home: Home,
}

enum Home {
    Folder(#[expect(dead_code, reason = "it is held, and never looked at")] TempDir),
    Server { address: String, name: String },
}

impl Database {
    pub(crate) fn sqlite() -> Database {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.sqlite").display());
        Database { url, home: Home::Folder(folder) }
    }

    pub(crate) fn postgres() -> Database {
        let address = std::env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL is not set: run the tests with a PostgreSQL server of their own, \
             `scripts/with-postgres.sh cargo nextest run`",
        );
        let name = format!("test_{}", Random::system().uuid().simple());
        assert!(psql(&address, &format!("CREATE DATABASE {name} STRATEGY file_copy")), "psql makes a database");
        let (server, _) = address.rsplit_once('/').expect("the address ends with a database");
        Database { url: format!("{server}/{name}"), home: Home::Server { address, name } }
    }
}

/// Only the store speaks SQL here, and it does not make databases.
fn psql(address: &str, command: &str) -> bool {
    let psql = Command::new("psql").args(["--no-psqlrc", "--quiet", address, "--command", command]).status();
    psql.expect("psql is installed with PostgreSQL").success()
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Home::Server { address, name } = &self.home {
            let dropped = psql(address, &format!("DROP DATABASE {name} WITH (FORCE)"));
            assert!(dropped || std::thread::panicking(), "a database of our own can be dropped");
        }
    }
}
