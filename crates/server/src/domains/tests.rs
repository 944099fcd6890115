//! Registers imported into a real SQLite file.

use std::io::Write;

use store::{PoolSettings, Store};
use tempfile::{NamedTempFile, TempDir};

use super::*;

struct World {
    store: Store,
    _folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        Self { store, _folder: folder }
    }

    fn imports(&self, bytes: impl AsRef<[u8]>) -> Result<Report, ImportError> {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(bytes.as_ref()).unwrap();
        run(&self.store, file.path())
    }

    fn knows(&self, domain: &str) -> bool {
        self.store.transact_blocking(|db| db.institution_domains().contains(domain)).unwrap()
    }

    fn count(&self) -> u64 {
        self.store.transact_blocking(|db| db.institution_domains().count()).unwrap()
    }
}

#[actix_web::test]
async fn each_website_becomes_a_domain_or_is_counted() {
    let world = World::new().await;
    let rows = "URN,SchoolWebsite,Town\r\n\
                1,http://www.one.example/home,Bath\r\n\
                2,,Bath\r\n\
                3,n/a,\"Bath,\nSomerset\"\r\n\
                \r\n\
                4,WWW.ONE.EXAMPLE,Bath\r\n\
                5,office@two.example,Bath\r\n\
                6,https://two.example:443,Bath\r\n\
                7\r\n";
    let report = world.imports(rows).unwrap();
    let text = "Read 7 establishments: 2 new domains, 1 already there, 2 without a website, 2 skipped.\n\
                Skipped, for their website names no domain of their own: lines 4, 8";
    assert_eq!(report.to_string(), text);
    assert!(world.knows("one.example") && world.knows("two.example"));
    assert_eq!(world.count(), 2);
}

#[actix_web::test]
async fn a_second_import_adds_and_takes_nothing_away() {
    let world = World::new().await;
    world.imports("SchoolWebsite\none.example\ntwo.example\n").unwrap();
    let report = world.imports("SchoolWebsite\ntwo.example\nthree.example\n").unwrap();
    assert_eq!((report.read, report.new, report.present, world.count()), (2, 1, 1, 3));
    assert!(world.knows("one.example"));
}

#[actix_web::test]
async fn both_encodings_are_read_and_a_byte_order_mark_is_passed_over() {
    let world = World::new().await;
    let windows = b"EstablishmentName,SchoolWebsite\nYsgol Si\xF4n \x96 Bath,www.si\xF4n.example\n";
    assert_eq!(world.imports(windows).unwrap().new, 1);
    assert_eq!(world.imports("\u{FEFF}SchoolWebsite\nhttp://siôn.example\n").unwrap().present, 1);
    assert!(world.knows(identity::email::Email::parse("a@siôn.example").unwrap().domain()));
}

#[actix_web::test]
async fn more_rows_than_are_written_at_a_time_are_all_imported() {
    let world = World::new().await;
    let rows: String = (0..2_500).map(|number| format!("https://school-{number}.example/\n")).collect();
    let report = world.imports(format!("SchoolWebsite\n{rows}{rows}")).unwrap();
    assert_eq!((report.read, report.new, report.present, world.count()), (5_000, 2_500, 2_500, 2_500));
}

#[actix_web::test]
async fn what_is_no_register_is_refused() {
    let world = World::new().await;
    assert!(matches!(world.imports("URN,Website\n1,one.example\n"), Err(ImportError::NoColumn)));
    assert!(matches!(world.imports(""), Err(ImportError::NoColumn)));
    let missing = run(&world.store, std::path::Path::new("nowhere.csv"));
    assert!(matches!(missing, Err(ImportError::Unreadable(_))));
    assert_eq!(world.count(), 0);
}
