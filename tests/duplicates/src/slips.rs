//! What somebody may type another time, kind by kind.

use chrono::{Datelike, NaiveDate};

use crate::chance::Chance;
use crate::names::ONE_SOUND;
use crate::people::{Person, SignUp, one_barrel};

/// Makes the second sign-up out of the first; none, where a slip of this kind would change nothing.
type Slip = fn(&Person, SignUp, &mut Chance) -> Option<SignUp>;

/// So many of the kinds leave the name and the day what they are: they are only written otherwise. The others do not.
pub(crate) const WRITTEN_OTHERWISE: usize = 9;

pub(crate) const SLIPS: [(&str, Slip); 25] = [
    ("the same again", |_, first, _| Some(first)),
    ("upper or lower case", |_, first, chance| {
        let upper = chance.once_in(2);
        let case = |name: String| if upper { name.to_uppercase() } else { name.to_lowercase() };
        of_names(first, case)
    }),
    ("a space too many", |_, first, chance| {
        let last = spaced(&first.last, chance);
        Some(SignUp { first: format!(" {} ", first.first), last, ..first })
    }),
    ("accents left out", |_, first, _| of_names(first, without_accents)),
    ("apostrophe left out or another", |_, first, chance| {
        let instead = *chance.one_of(&["", " ", "\u{2019}", "`"]);
        of_names(first, |name| name.replace('\'', instead))
    }),
    ("hyphen or space left out or exchanged", |_, first, chance| {
        let instead = *chance.one_of(&["", " ", "\u{2013}", "-"]);
        of_names(first, |name| name.replace(['-', ' '], instead))
    }),
    ("barrels in the other order", |_, first, chance| {
        let (front, back) = first.last.split_once('-')?;
        let last = format!("{back}{}{front}", chance.one_of(&["-", " "]));
        Some(SignUp { last, ..first })
    }),
    ("nickname for the name, or another", |person, first, chance| {
        let name = chance.one_of(person.given);
        Some(SignUp { first: (*name).to_owned(), ..first })
    }),
    ("case, accents, nickname and order at once", |person, first, chance| {
        let last = match first.last.split_once('-') {
            Some((front, back)) => format!("{back} {front}"),
            None => first.last,
        };
        let name = chance.one_of(person.given);
        of_names(SignUp { first: (*name).to_owned(), last, ..first }, |name| without_accents(name).to_uppercase())
    }),
    ("accents written out (Mueller)", |_, first, _| of_names(first, written_out)),
    ("one barrel only", |_, first, chance| {
        let (front, back) = first.last.split_once('-')?;
        let last = if chance.once_in(2) { front } else { back }.to_owned();
        Some(SignUp { last, ..first })
    }),
    ("initial for the given name", |_, first, _| {
        Some(SignUp { first: first.first.chars().take(1).collect(), ..first })
    }),
    ("middle name beside the given name", |person, first, _| {
        Some(SignUp { first: format!("{} {}", first.first, person.middle), ..first })
    }),
    ("middle name for the given name", |person, first, _| Some(SignUp { first: person.middle.to_owned(), ..first })),
    ("names in each other's box", |_, first, _| {
        Some(SignUp { first: first.last.clone(), last: first.first.clone(), ..first })
    }),
    ("another family name (marriage), with the previous one", |_, first, chance| {
        Some(SignUp { last: one_barrel(chance), previous: first.last, ..first })
    }),
    ("another family name (marriage)", |_, first, chance| Some(SignUp { last: one_barrel(chance), ..first })),
    ("a barrel more (marriage)", |_, first, chance| {
        Some(SignUp { last: format!("{}-{}", first.last, one_barrel(chance)), ..first })
    }),
    ("family name of the same sound", |_, first, _| {
        let (_, last) = ONE_SOUND.iter().find(|(name, _)| *name == first.last)?;
        Some(SignUp { last: (*last).to_owned(), ..first })
    }),
    ("wrong letter in the given name", |_, first, chance| {
        Some(SignUp { first: mistyped(&first.first, chance), ..first })
    }),
    ("wrong letter in the family name", |_, first, chance| {
        Some(SignUp { last: mistyped(&first.last, chance), ..first })
    }),
    ("day and month exchanged", |_, first, _| dated(&first, |born| (born.year(), born.day(), born.month()))),
    ("wrong day", |_, first, chance| {
        let day = 1 + chance.below(28) as u32;
        dated(&first, |born| (born.year(), born.month(), day))
    }),
    ("wrong month", |_, first, chance| {
        let month = 1 + chance.below(12) as u32;
        dated(&first, |born| (born.year(), month, born.day()))
    }),
    ("wrong year", |_, first, chance| {
        let years = *chance.one_of(&[-10, -1, 1, 10]);
        dated(&first, |born| (born.year() + years, born.month(), born.day()))
    }),
];

/// The second sign-up, if it is another than the first; only who types the same again types the same.
pub(crate) fn slips(kind: usize, person: &Person, first: &SignUp, chance: &mut Chance) -> Option<SignUp> {
    let again = SLIPS[kind].1(person, first.clone(), chance)?;
    (kind == 0 || again != *first).then_some(again)
}

fn of_names(first: SignUp, change: impl Fn(String) -> String) -> Option<SignUp> {
    Some(SignUp { first: change(first.first.clone()), last: change(first.last.clone()), ..first })
}

fn dated(first: &SignUp, date: impl Fn(NaiveDate) -> (i32, u32, u32)) -> Option<SignUp> {
    let (year, month, day) = date(first.born);
    Some(SignUp { born: NaiveDate::from_ymd_opt(year, month, day)?, ..first.clone() })
}

/// With a space at the end, or twice as many within.
fn spaced(name: &str, chance: &mut Chance) -> String {
    if chance.once_in(2) { format!("{name} ") } else { name.replace(' ', "  ").replace('-', " - ") }
}

fn without_accents(name: String) -> String {
    replaced(name, "áãäåÅçéëíñńóôöøÓÖØúüąęłŁśźż", "aaaaAceeinnooooOOOuuaelLszz").replace('ß', "ss")
}

fn written_out(name: String) -> String {
    let pairs = [("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("ø", "oe"), ("å", "aa"), ("Å", "Aa"), ("Ö", "Oe")];
    pairs.iter().fold(name, |name, (letter, instead)| name.replace(letter, instead))
}

fn replaced(name: String, letters: &str, instead: &str) -> String {
    let plain = |c: char| letters.chars().zip(instead.chars()).find(|(letter, _)| *letter == c).map_or(c, |(_, c)| c);
    name.chars().map(plain).collect()
}

/// One letter left out, doubled, another, or exchanged with the next.
fn mistyped(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = chance.below(letters.len());
    match chance.below(4) {
        0 if letters.len() > 1 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = *chance.one_of(&['a', 'e', 'i', 'o', 'n', 'r', 's', 't']),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.push('e'),
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_with_their_letters() {
        assert_eq!(
            without_accents("Zoë Łukasiewicz-Özdemir Weiß Ní Muñoz".into()),
            "Zoe Lukasiewicz-Ozdemir Weiss Ni Munoz"
        );
        assert_eq!(written_out("Müller Sørensen".into()), "Mueller Soerensen");
    }

    #[test]
    fn a_mistyped_name_is_off_by_little_and_never_empty() {
        let mut chance = Chance::seeded(1);
        for name in ["Wu", "Siân", "O"] {
            for _ in 0..100 {
                let typed = mistyped(name, &mut chance).chars().count();
                assert!((1..=name.chars().count() + 1).contains(&typed), "{name}");
            }
        }
    }

    #[test]
    fn a_day_that_is_none_is_nobodys_slip() {
        let born = NaiveDate::from_ymd_opt(1980, 2, 29).unwrap();
        let first = SignUp { first: "Jane".into(), last: "Smith".into(), previous: String::new(), born };
        assert_eq!(dated(&first, |born| (born.year(), born.day(), born.month())), None);
        assert_eq!(dated(&first, |born| (born.year() + 1, born.month(), born.day())), None);
    }
}
