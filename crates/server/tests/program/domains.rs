//! `domains`: an import, and the count.

use std::fs;

use crate::world::{ROOT, World};

#[test]
fn a_register_in_windows_1252_is_imported_and_a_second_time_nothing_is_new() {
    let world = World::new();
    let mut register = b"URN,EstablishmentName,SchoolWebsite,Town\r\n".to_vec();
    register.extend(b"1,Ysgol Si\xF4n \x96 Bath,http://www.si\xF4n.example/,Bath\r\n");
    register.extend(b"2,One,HTTPS://One.Example:443/home,Bath\r\n3,Two,,Bath\r\n4,Three,n/a,Bath\r\n");
    register.extend(b"5,Four,https://sites.google.com/view/four,Bath\r\n");
    fs::write(world.path("register.csv"), register).unwrap();
    let done = world.runs(&["domains", "import", "register.csv"], &[]);
    assert!(done.success, "{done:?}");
    let told = "Read 5 establishments: 2 new domains, 0 already there, 1 without a website, 2 skipped.\n\
                Skipped, for their website names no domain of their own: lines 5, 6\n";
    assert_eq!(done.out, told);
    assert_eq!(world.runs(&["domains", "count"], &[]).out, "2\n");
    let again = world.runs(&["domains", "import", "register.csv"], &[]);
    assert!(again.out.starts_with("Read 5 establishments: 0 new domains, 2 already there"), "{again:?}");
    assert_eq!(world.runs(&["domains", "count"], &[]).out, "2\n");
}

#[test]
fn what_is_no_register_is_told_and_changes_nothing() {
    let world = World::new();
    let missing = world.runs(&["domains", "import", "nowhere.csv"], &[]);
    assert!(!missing.success && missing.err.contains("the file cannot be read"), "{missing:?}");
    world.writes("other.csv", "URN,Website\n1,one.example\n");
    let other = world.runs(&["domains", "import", "other.csv"], &[]);
    assert!(!other.success && other.err.contains("no column SchoolWebsite"), "{other:?}");
    assert_eq!(world.runs(&["domains", "count"], &[]).out, "0\n");
}

#[test]
fn the_committed_sample_has_the_domains_of_sample_records() {
    let world = World::new();
    let done = world.runs(&["domains", "import", &format!("{ROOT}/data/sample-domains.csv")], &[]);
    assert!(done.success && done.out.contains(" 0 skipped.\n"), "{done:?}");
    let records = fs::read_to_string(format!("{ROOT}/data/sample-records.csv")).unwrap();
    for domain in ["st-brendans.example", "canal-street-primary.example", "harbour-view.example"] {
        assert!(records.contains(&format!("@{domain}")), "{domain}");
        world.writes("one.csv", &format!("SchoolWebsite\n{domain}\n"));
        let known = world.runs(&["domains", "import", "one.csv"], &[]);
        assert!(known.out.contains(" 1 already there"), "{domain}: {known:?}");
    }
}
