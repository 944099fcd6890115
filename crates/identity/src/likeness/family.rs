//! Family names, with their barrels in either order.

use crate::name::NamePart;
use crate::text::{is_hyphen, plain_letters};

/// Equal, or equal once what stands before a gap in one of them changes places with what stands after it.
pub(super) fn alike(one: &NamePart, other: &NamePart) -> bool {
    let (folded, other_folded) = (one.folded(), other.folded());
    folded == other_folded || orders(one).contains(&other_folded) || orders(other).contains(&folded)
}

/// One key for all that are alike. To exchange two barrels is to turn the letters in a ring, wherever the gap was, and
/// even where somebody left it out; so the key is the turn that comes first in the alphabet.
pub(super) fn key(name: &NamePart) -> String {
    let letters: Vec<char> = name.folded().chars().collect();
    let turned = |by: usize| letters[by..].iter().chain(&letters[..by]);
    let first = (0..letters.len()).min_by(|one, other| turned(*one).cmp(turned(*other)));
    turned(first.unwrap_or_default()).collect()
}

/// The name as it would be written with its barrels exchanged, at each of its gaps.
fn orders(name: &NamePart) -> Vec<String> {
    let plain = plain_letters(name.as_str());
    let barrels: Vec<String> = plain
        .split(|c: char| c.is_whitespace() || is_hyphen(c))
        .filter_map(|barrel| NamePart::parse(barrel).ok())
        .map(|barrel| barrel.folded())
        .collect();
    (1..barrels.len()).map(|gap| [&barrels[gap..], &barrels[..gap]].concat().concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> NamePart {
        NamePart::parse(text).unwrap()
    }

    #[test]
    fn barrels_change_places_at_any_gap() {
        for (one, other, same) in [
            ("Smith-Jones", "Jones Smith", true),
            ("Smith-Jones", "Jonessmith", true),
            ("O'Brien-de la Cruz", "De La Cruz O\u{2019}Brien", true),
            ("García Márquez", "Marquez-Garcia", true),
            ("Smith-Jones", "Smith", false),
            ("Smith-Jones", "Jones", false),
            ("Smith-Jones", "Smith-Brown", false),
            // Letters in another order are no barrels.
            ("Ali", "Lia", false),
            ("Smithjones", "Jonessmith", false),
        ] {
            assert_eq!(alike(&part(one), &part(other)), same, "{one} and {other}");
            assert_eq!(alike(&part(other), &part(one)), same, "{other} and {one}");
        }
    }

    #[test]
    fn names_that_are_alike_have_one_key() {
        for (one, other) in [
            ("Smith-Jones", "Jones Smith"),
            ("Smith-Jones", "Jonessmith"),
            ("O'Brien-de la Cruz", "de la Cruz OBrien"),
            ("Aa-Aaa", "Aaa Aa"),
            ("李-王", "王 李"),
            ("-", "-"),
        ] {
            assert!(alike(&part(one), &part(other)), "{one} and {other}");
            assert_eq!(key(&part(one)), key(&part(other)), "{one} and {other}");
        }
    }

    #[test]
    fn names_of_other_letters_have_other_keys() {
        for (one, other) in [("Smith", "Smyth"), ("Smith-Jones", "Smith"), ("-", "\u{2013}"), ("李", "王")] {
            assert!(!alike(&part(one), &part(other)), "{one} and {other}");
            assert_ne!(key(&part(one)), key(&part(other)), "{one} and {other}");
        }
    }

    #[test]
    fn a_long_name_has_its_key_at_once() {
        assert_eq!(key(&part(&"a".repeat(200))), "a".repeat(200));
    }
}
