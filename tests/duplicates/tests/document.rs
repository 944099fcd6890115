//! docs/duplicates.md has the figures that the program prints.

use std::path::Path;

const BEGIN: &str = "<!-- make duplicates -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn the_document_has_the_figures_that_are_printed() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/duplicates.md");
    let document = std::fs::read_to_string(document).unwrap();
    let (_, rest) = document.split_once(BEGIN).expect("the figures begin");
    let (kept, _) = rest.split_once(END).expect("the figures end");
    let printed = duplicates::figures(duplicates::PEOPLE, duplicates::SEED).unwrap();
    assert!(kept == printed, "put what `make duplicates` prints into docs/duplicates.md:\n{printed}");
}

/// A kind that nobody's slip is of would say nothing.
#[test]
fn every_kind_of_slip_happens_and_another_seed_makes_other_people() {
    let figures = duplicates::figures(5_000, 1).unwrap();
    assert!(!figures.contains("| 0 | none offered | none offered |"), "{figures}");
    assert_ne!(figures, duplicates::figures(5_000, 2).unwrap());
}
