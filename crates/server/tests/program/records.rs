//! `migrate`, `records import`, `sample-records` and `try`.

use std::fs;

use crate::world::{ROOT, World};

const HEADER: &str = "trn,given_name,family_name,date_of_birth,nino\n";

#[test]
fn migrating_twice_changes_nothing_the_second_time() {
    let world = World::new();
    assert!(!world.runs(&["migrate"], &[]).out.contains("; 0 migration(s)"));
    let again = world.runs(&["migrate"], &[]);
    assert!(again.success && again.out.contains("; 0 migration(s)"), "{again:?}");
}

#[test]
fn an_extract_is_imported_and_a_second_one_replaces_what_changed() {
    let world = World::new();
    let file = world.writes("a.csv", &format!("{HEADER}1234567,Bo,Li,1980-02-03,\n1234568,Cy,Rees,1990-01-01,\n"));
    let import = ["records", "import", file.to_str().unwrap()];
    let first = world.runs(&import, &[]);
    assert!(first.success, "{first:?}");
    assert_eq!(first.out, "Imported 2 teaching records: 2 new, 0 changed, 0 unchanged.\n");
    world.writes("a.csv", &format!("{HEADER}1234567,Bo,Price,1980-02-03,\n1234568,Cy,Rees,1990-01-01,\n"));
    assert_eq!(world.runs(&import, &[]).out, "Imported 2 teaching records: 0 new, 1 changed, 1 unchanged.\n");
}

#[test]
fn a_bad_extract_changes_nothing_and_each_bad_row_is_told_by_its_line() {
    let world = World::new();
    let rows = "1234567,Bo,Li,1980-02-03,\n12,Cy,Rees,1990-01-01,\n1234569,Di,Rees,tomorrow,Zebra\n";
    let file = world.writes("bad.csv", &format!("{HEADER}{rows}"));
    let done = world.runs(&["records", "import", file.to_str().unwrap()], &[]);
    assert!(!done.success && done.out.is_empty(), "{done:?}");
    for said in ["Nothing was imported: 2 bad rows.", "line 3, trn: ", "line 4, date_of_birth: ", "line 4, nino: "] {
        assert!(done.err.contains(said), "{said}: {}", done.err);
    }
    assert!(!done.err.contains("Zebra"));
    let good = world.writes("good.csv", &format!("{HEADER}1234567,Bo,Li,1980-02-03,\n"));
    let done = world.runs(&["records", "import", good.to_str().unwrap()], &[]);
    assert!(done.out.contains("1 new"), "the bad extract left something: {done:?}");
}

#[test]
fn what_cannot_be_imported_at_all_is_told() {
    let world = World::new();
    let missing = world.runs(&["records", "import", "nowhere.csv"], &[]);
    assert!(!missing.success && missing.err.contains("the file cannot be read"), "{missing:?}");
    let headless = world.writes("headless.csv", "1234567,Bo,Li,1980-02-03\n");
    let done = world.runs(&["records", "import", headless.to_str().unwrap()], &[]);
    assert!(!done.success && done.err.contains("the header"), "{done:?}");
}

#[test]
fn the_same_seed_makes_the_same_extract_and_an_import_takes_it() {
    let world = World::new();
    let make = |out: &str, seed: &str| {
        let done = world.runs(&["sample-records", "--people", "200", "--seed", seed, "--out", out], &[]);
        assert!(done.success && done.out.starts_with("Invented "), "{done:?}");
        fs::read(world.path(out)).unwrap()
    };
    let (one, same, other) = (make("one.csv", "7"), make("same.csv", "7"), make("other.csv", "8"));
    assert!(one == same && one != other);
    let printed = world.runs(&["sample-records", "--people", "200", "--seed", "7"], &[]);
    assert_eq!(printed.out.as_bytes(), one);
    let done = world.runs(&["records", "import", "one.csv"], &[]);
    assert!(done.success, "{done:?}");
}

#[test]
fn the_committed_sample_is_imported_whole() {
    let world = World::new();
    let done = world.runs(&["records", "import", &format!("{ROOT}/data/sample-records.csv")], &[]);
    let rows = fs::read_to_string(format!("{ROOT}/data/sample-records.csv")).unwrap().lines().count() - 1;
    assert!(done.out.starts_with(&format!("Imported {rows} teaching records: {rows} new")), "{done:?}");
}

#[test]
fn whoever_tries_the_service_is_told_where_to_go_and_what_to_type() {
    let world = World::new();
    let told = world.runs(&["try", "--demo-url", "http://localhost:9001"], &[]);
    let wanted =
        ["http://localhost:8000/dev/outbox", "http://localhost:9001\n", "Asha", "Gareth", "Morgan", "YZ 10 00 02 B"];
    for part in wanted {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    assert!(!told.out.contains("Victor"));
    let all = world.runs(&["sample-records", "--personas"], &[]);
    assert!(all.out.contains("Victor") && all.out.contains("Asha"), "{}", all.out);
}
