//! Extracts imported into a real SQLite file.

use std::io::Write;

use identity::record::TeachingRecord;
use identity::trn::Trn;
use store::PoolSettings;
use tempfile::{NamedTempFile, TempDir};

use super::*;

const HEADER: &str = "trn,given_name,middle_name,family_name,previous_names,date_of_birth,nino,emails,\
                      training_providers,qts_date,alerts,portal_locked,active,merged_into";

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

    fn imports_rows(&self, rows: &str) -> Result<Report, ImportError> {
        self.imports(format!("{HEADER}\n{rows}"))
    }

    /// The faults of a file that must be refused, one a line.
    fn faults(&self, bytes: impl AsRef<[u8]>) -> Vec<String> {
        let told = self.imports(bytes).unwrap_err().to_string();
        told.lines().map(|line| line.trim().to_owned()).skip(1).collect()
    }

    fn record(&self, trn: &str) -> Option<TeachingRecord> {
        let trn = Trn::parse(trn).unwrap();
        self.store.transact_blocking(|db| db.records().by_trn(&trn)).unwrap()
    }

    fn count(&self) -> u64 {
        self.store.transact_blocking(|db| db.records().count()).unwrap()
    }
}

fn counts(new: usize, changed: usize, unchanged: usize) -> Report {
    Report { new, changed, unchanged }
}

/// A row in which one column has this text and the required ones are sound.
fn row_with(column: &str, text: &str) -> String {
    let field = |name: &str| match name {
        _ if name == column => format!("\"{}\"", text.replace('"', "\"\"")),
        "trn" => "1234567".to_owned(),
        "given_name" | "family_name" => "Bo".to_owned(),
        "date_of_birth" => "1980-02-03".to_owned(),
        _ => String::new(),
    };
    HEADER.split(',').map(field).collect::<Vec<_>>().join(",")
}

#[tokio::test]
async fn every_column_of_a_row_reaches_the_database() {
    let world = World::new().await;
    let row = "RP12/34567, Siân ,Mai,O'Neill,Siân|Jones;|Price,1980-02-03,ab 12 34 56 c,s@example.com;S@school.example,\
               University of Leeds;Durham University,2005-07-01,prohibition|2010-01-02|;warning|2001-01-01|2002-02-02,\
               true,false,7654321";
    assert_eq!(world.imports_rows(row).unwrap(), counts(1, 0, 0));
    let record = serde_json::to_value(world.record("1234567").unwrap()).unwrap();
    let expected = serde_json::json!({
        "trn": "1234567",
        "name": { "first": "Siân", "middle": "Mai", "last": "O'Neill" },
        "previous_names": [{ "first": "Siân", "last": "Jones" }, { "first": null, "last": "Price" }],
        "date_of_birth": "1980-02-03",
        "nino": "AB123456C",
        "emails": ["s@example.com", "S@school.example"],
        "training_providers": ["University of Leeds", "Durham University"],
        "qts_date": "2005-07-01",
        "alerts": [
            { "kind": "prohibition", "start": "2010-01-02", "end": null },
            { "kind": "warning", "start": "2001-01-01", "end": "2002-02-02" },
        ],
        "portal_locked": true,
        "active": false,
        "merged_into": "7654321",
    });
    assert_eq!(record, expected);
}

#[tokio::test]
async fn columns_that_a_file_lacks_are_empty_and_its_records_are_active() {
    let world = World::new().await;
    world.imports("date_of_birth,family_name,given_name,trn\n1980-02-03,Li,J,1234567\n").unwrap();
    let record = world.record("1234567").unwrap();
    assert!(record.active && !record.portal_locked && record.nino.is_none() && record.emails.is_empty());
    assert_eq!(record.name.full(), "J Li");
}

#[tokio::test]
async fn a_second_import_replaces_what_changed_and_says_so() {
    let world = World::new().await;
    let rows = |family: &str| format!("1,{family}\n2,Li\n").replace('1', "1000001").replace('2', "1000002");
    let file = |family: &str, more: &str| {
        let rows = rows(family).replace(',', ",Bo,1980-02-03,");
        format!("trn,given_name,date_of_birth,family_name\n{rows}{more}")
    };
    assert_eq!(world.imports(file("Jones", "")).unwrap(), counts(2, 0, 0));
    assert_eq!(world.imports(file("Jones", "")).unwrap(), counts(0, 0, 2));
    let report = world.imports(file("Price", "1000003,Cy,1990-01-01,Rees\n")).unwrap();
    assert_eq!(report, counts(1, 1, 1));
    assert_eq!(world.record("1000001").unwrap().name.last.as_str(), "Price");
    let last = world.imports("trn,given_name,family_name,date_of_birth\n").unwrap();
    assert_eq!((last, world.count()), (counts(0, 0, 0), 3));
}

#[tokio::test]
async fn one_bad_row_keeps_every_row_out() {
    let world = World::new().await;
    let sound: String = (0..CHUNK * 2).map(|n| row_with("trn", &format!("{n:07}")) + "\n").collect();
    assert!(world.imports_rows(&format!("{sound}{}", row_with("nino", "nonsense"))).is_err());
    assert_eq!(world.count(), 0);
    assert_eq!(world.imports_rows(&sound).unwrap(), counts(CHUNK * 2, 0, 0));
}

#[tokio::test]
async fn every_fault_is_told_by_line_and_column_and_never_by_its_text() {
    let world = World::new().await;
    let rows = format!("{}\n\n{}\n", row_with("nino", "Zebra"), "12,,,Zebra,Zebra,31/12/1980,,,,,,Zebra,,");
    let faults = world.faults(format!("{HEADER}\n{rows}"));
    let places: Vec<&str> = faults.iter().map(|fault| fault.split_once(": ").unwrap().0).collect();
    let of_line_4 = ["trn", "given_name", "previous_names", "date_of_birth", "portal_locked"];
    let expected: Vec<String> =
        ["line 2, nino".to_owned()].into_iter().chain(of_line_4.map(|column| format!("line 4, {column}"))).collect();
    assert_eq!(places, expected);
    assert!(!faults.concat().contains("Zebra"));
}

#[tokio::test]
async fn lines_are_counted_alike_whatever_ends_them() {
    let world = World::new().await;
    for end in ["\n", "\r\n"] {
        let rows = [HEADER, &row_with("qts_date", "2005-07-01"), &row_with("qts_date", "soon")];
        let faults = world.faults(rows.join(end));
        assert!(faults.len() == 1 && faults[0].starts_with("line 3, qts_date: "), "{end:?} {faults:?}");
    }
}

#[tokio::test]
async fn a_field_that_cannot_be_read_is_refused() {
    let world = World::new().await;
    for (column, text) in [
        ("trn", ""),
        ("trn", "123456"),
        ("trn", "12345678"),
        ("given_name", " "),
        ("given_name", "\u{0}"),
        ("family_name", &"x".repeat(201)),
        ("middle_name", &"x".repeat(201)),
        ("previous_names", "Jones"),
        ("previous_names", "|"),
        ("date_of_birth", ""),
        ("date_of_birth", "1980-2-3"),
        ("date_of_birth", "1981-02-29"),
        ("date_of_birth", "03/02/1980"),
        ("date_of_birth", "1899-12-31"),
        ("nino", "QQ123456C"),
        ("emails", "somebody"),
        ("emails", "a@example.com;b"),
        ("training_providers", &"x".repeat(201)),
        ("qts_date", "2005"),
        ("alerts", "prohibition"),
        ("alerts", "prohibition|2001-01-01"),
        ("alerts", "|2001-01-01|"),
        ("alerts", "prohibition|soon|"),
        ("alerts", "prohibition|2001-01-02|2001-01-01"),
        ("alerts", "prohibition|2001-01-02|2001-01-03|x"),
        ("portal_locked", "yes"),
        ("active", "TRUE"),
        ("merged_into", "12"),
        ("merged_into", "1234567"),
    ] {
        let faults = world.faults(format!("{HEADER}\n{}", row_with(column, text)));
        let place = format!("line 2, {column}: ");
        assert!(faults.len() == 1 && faults[0].starts_with(&place), "{column} {text:?}: {faults:?}");
    }
}

#[tokio::test]
async fn text_that_is_not_utf_8_is_refused_where_it_stands() {
    let world = World::new().await;
    let faults = world.faults(b"trn,given_name,family_name,date_of_birth\n1234567,Si\xE2n,Rees,1980-02-03\n");
    assert_eq!(faults, ["line 2, given_name: save the file as UTF-8"]);
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let world = World::new().await;
    let file = "\u{FEFF}trn,given_name,family_name,date_of_birth\n1234567,J,Li,1980-02-03\n";
    assert_eq!(world.imports(file).unwrap(), counts(1, 0, 0));
}

#[tokio::test]
async fn a_row_with_a_field_too_many_or_too_few_is_refused() {
    let world = World::new().await;
    for row in ["1234567,J,Li", "1234567,J,Li,1980-02-03,"] {
        let faults = world.faults(format!("trn,given_name,family_name,date_of_birth\n{row}\n"));
        assert!(faults.len() == 1 && faults[0].starts_with("line 2: give the row as many fields"), "{faults:?}");
    }
}

#[tokio::test]
async fn a_trn_that_stands_twice_is_refused() {
    let world = World::new().await;
    let rows = [HEADER, &row_with("nino", ""), &row_with("nino", "AB123456C")];
    let faults = world.faults(rows.join("\n"));
    assert_eq!(faults, ["line 3, trn: an earlier row has this TRN: keep one of the two"]);
}

#[tokio::test]
async fn a_file_without_the_header_or_without_anything_is_refused() {
    let world = World::new().await;
    for file in ["", "1234567,J,Li,1980-02-03\n", "trn,given_name,family_name\n"] {
        assert!(matches!(world.imports(file), Err(ImportError::Header(_))), "{file:?}");
    }
    let missing = run(&world.store, Path::new("no-such-file.csv"));
    assert!(matches!(missing, Err(ImportError::Unreadable(_))));
}

#[tokio::test]
async fn what_the_sample_generator_writes_is_what_an_import_reads() {
    let world = World::new().await;
    let mut sample = Vec::new();
    let plan = crate::records::sample::Plan { people: 2_000, seed: 7 };
    let rows = crate::records::sample::write(&plan, &mut sample, |_| {}).unwrap();
    assert_eq!(world.imports(&sample).unwrap().new as u64, rows);
    assert_eq!(world.count(), rows);
    assert_eq!(world.record("1000001").unwrap().name.last.as_str(), "Okonkwo-Bennett");
}
