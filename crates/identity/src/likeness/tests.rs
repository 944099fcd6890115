//! Pairs of people, one line each: whether one would be offered the account of the other.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::name::NamePart;

/// The same person may have typed both, and is offered the account.
const OFFERED: &[(&str, &str)] = &[
    ("Jane|Smith", "Jane|Smith"),
    // Case and white space.
    ("Jane|Smith", "JANE|smith"),
    ("Jane|Smith", "  jane |Smith\u{A0}"),
    ("Mary Jane|van der Berg", "Maryjane|Vanderberg"),
    // Accents, and letters that have none elsewhere.
    ("Zoë|Brontë", "Zoe|Bronte"),
    ("Siobhán|Ní Dhomhnaill", "Siobhan|Ni Dhomhnaill"),
    ("Søren|Łukasiewicz", "Soren|Lukasiewicz"),
    ("Jürgen|Weiß", "Jurgen|Weiss"),
    // Apostrophes and hyphens, and none.
    ("Niamh|O'Brien", "Niamh|O\u{2019}Brien"),
    ("Niamh|O'Brien", "Niamh|OBrien"),
    ("Niamh|O'Brien", "Niamh|O Brien"),
    ("Mary-Jane|Smith-Jones", "Mary Jane|Smith Jones"),
    ("Mary-Jane|Smith-Jones", "Mary\u{2013}Jane|Smith\u{2011}Jones"),
    ("Jane|Smith-Jones", "Jane|Smithjones"),
    // Barrels in the other order.
    ("Jane|Smith-Jones", "Jane|Jones-Smith"),
    ("Jane|Smith-Jones", "Jane|jones smith"),
    ("Jane|Smith-Jones", "Jane|JonesSmith"),
    ("María|García Márquez", "Maria|Marquez-Garcia"),
    // Nicknames, of each other as well, and spellings.
    ("Robert|Smith", "Bob|Smith"),
    ("Bob|Smith", "Rob|Smith"),
    ("Elizabeth|Smith", "Liz|Smith"),
    ("Katherine|Smith", "Kate|Smith"),
    ("Muhammad|Khan", "Mohammed|Khan"),
    ("Siân|Rees", "Jane|Rees"),
    ("Alexandra|Smith", "Alex|Smith"),
    ("Alexander|Smith", "Alex|Smith"),
    // One of several given names of Mary Jane.
    ("Mary-Jane|Smith", "Mary|Smith"),
    // All of it at once.
    ("Katherine|O'Neill-Brontë", "KATE|bronte oneill"),
];

/// Not one person, or nobody could tell.
const NOT_OFFERED: &[(&str, &str)] = &[
    // Twins, brothers and sisters, and others of one family name.
    ("Jane|Smith", "Ruth|Smith"),
    ("Jane|Smith", "John|Smith"),
    ("Joan|Smith", "Jane|Smith"),
    ("Alexander|Smith", "Alexandra|Smith"),
    ("Paul|Smith", "Paula|Smith"),
    // An initial is no name.
    ("Jane|Smith", "J|Smith"),
    ("Jane|Smith", "Jane|S"),
    // Others of one given name.
    ("Jane|Smith", "Jane|Jones"),
    ("Jane|Smith", "Jane|Smyth"),
    ("Jane|Smith", "Jane|Smithson"),
    // A barrel that came or went: a marriage, and as often a sister-in-law.
    ("Jane|Smith-Jones", "Jane|Smith"),
    ("Jane|Smith-Jones", "Jane|Jones"),
    ("Jane|Smith-Jones", "Jane|Smith-Brown"),
    // Letters in another order, which share a key.
    ("Jane|Ali", "Jane|Lia"),
    // Letters left out, doubled or exchanged.
    ("Jane|Smith", "Jnae|Smith"),
    ("Philippa|Smith", "Phillipa|Smyth"),
    ("Jane|Thomas", "Jane|Tomas"),
    // Given for family name.
    ("Jane|Smith", "Smith|Jane"),
    // A middle name in the box of the first.
    ("Ruth|Smith", "Ruth Ann|Smith"),
    // The same name in other letters.
    ("Li|Smith", "\u{674E}|Smith"),
];

fn person(name: &str) -> PersonName {
    let (first, last) = name.split_once('|').unwrap();
    let part = |text| NamePart::parse(text).unwrap();
    PersonName { first: part(first), middle: None, last: part(last) }
}

fn born(date: &str) -> DateOfBirth {
    DateOfBirth::new(date.parse::<NaiveDate>().unwrap())
}

/// Whether an index would find the account of one for the other.
fn is_found(one: &PersonName, other: &PersonName) -> bool {
    let (keys, asked) = (Keys::of(one), Keys::of(other));
    keys.family == asked.family && given_keys(other).contains(&keys.given)
}

#[test]
fn an_account_is_offered_to_whoever_may_have_typed_its_name_otherwise() {
    let day = born("1980-02-03");
    for (one, other) in OFFERED {
        let (a, b) = (person(one), person(other));
        assert!(possibly_same((&a, day), (&b, day)), "{one} and {other}");
        assert!(possibly_same((&b, day), (&a, day)), "{other} and {one}");
        assert!(is_found(&a, &b) && is_found(&b, &a), "by index, {one} and {other}");
    }
}

#[test]
fn an_account_is_not_offered_to_somebody_of_another_name() {
    let day = born("1980-02-03");
    for (one, other) in NOT_OFFERED {
        let (a, b) = (person(one), person(other));
        assert!(!possibly_same((&a, day), (&b, day)), "{one} and {other}");
        assert!(!possibly_same((&b, day), (&a, day)), "{other} and {one}");
    }
}

#[test]
fn an_account_is_not_offered_to_somebody_of_another_date_of_birth_whatever_their_name() {
    let day = born("1980-02-03");
    for other_day in ["1980-03-02", "1980-02-04", "1980-03-03", "1981-02-03", "1908-02-03"].map(born) {
        for (one, other) in OFFERED {
            assert!(!possibly_same((&person(one), day), (&person(other), other_day)), "{one} and {other}, {other_day}");
        }
    }
}

#[test]
fn a_middle_name_in_its_own_box_makes_no_difference() {
    let day = born("1980-02-03");
    let with = |middle| PersonName { middle: Some(NamePart::parse(middle).unwrap()), ..person("Jane|Smith") };
    for other in [person("Jane|Smith"), with("Ann"), with("Ruth")] {
        assert!(possibly_same((&with("Ann"), day), (&other, day)), "{}", other.full());
    }
}

/// Names of a few pieces, so that many of those drawn are alike.
fn a_name() -> impl Strategy<Value = String> {
    let piece = select(vec!["a", "A", "b", "ab", "ba", "O'", "é", "\u{2019}", "bob", "rob"]);
    let gap = select(vec!["", " ", "-", "\u{2013}"]);
    prop::collection::vec((piece, gap), 1..5)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| format!("{piece}{gap}")).collect())
}

proptest! {
    #[test]
    fn whoever_is_alike_is_found_by_index(
        (first, last) in (a_name(), a_name()),
        (other_first, other_last) in (a_name(), a_name()),
        same_first in any::<bool>(),
    ) {
        let one = person(&format!("{first}|{last}"));
        let other = person(&format!("{}|{other_last}", if same_first { &first } else { &other_first }));
        prop_assert_eq!(alike(&one, &other), alike(&other, &one));
        if alike(&one, &other) {
            prop_assert!(is_found(&one, &other) && is_found(&other, &one));
        }
    }
}
