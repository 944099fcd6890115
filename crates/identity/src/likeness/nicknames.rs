//! Nicknames: the groups of given names that one person may go by (data/nicknames.txt).

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../data/nicknames.txt");

static NICKNAMES: LazyLock<Nicknames> = LazyLock::new(|| match Nicknames::parse(FILE) {
    Ok(nicknames) => nicknames,
    Err(fault) => unreachable!("a test reads the file too: {fault}"),
});

/// The names that share a group with this one, all of them folded.
pub(super) fn of(folded: &str) -> BTreeSet<&'static str> {
    NICKNAMES.of(folded)
}

/// Names that share a group are nicknames of each other. That does not carry over: Alex is Alexander or Alexandra, and
/// Alexander is not Alexandra.
struct Nicknames {
    groups: Vec<Vec<&'static str>>,
    /// The groups of each name, by their places.
    places: HashMap<&'static str, Vec<usize>>,
}

impl Nicknames {
    /// Reads one group a line, names apart by spaces; an empty line and one that starts with `#` are none. A fault is
    /// told with its line.
    fn parse(text: &'static str) -> Result<Nicknames, String> {
        let (mut groups, mut places) = (Vec::new(), HashMap::<_, Vec<usize>>::new());
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let group: Vec<&str> = line.split(' ').collect();
            for name in &group {
                if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    return Err(format!("line {number}: {name:?} is no name in lower case without accents"));
                }
                let places = places.entry(*name).or_default();
                if places.last() == Some(&groups.len()) {
                    return Err(format!("line {number}: {name} stands there twice"));
                }
                places.push(groups.len());
            }
            if group.len() < 2 {
                return Err(format!("line {number}: a group has two names or more"));
            }
            groups.push(group);
        }
        Ok(Nicknames { groups, places })
    }

    fn of(&self, folded: &str) -> BTreeSet<&'static str> {
        let groups = self.places.get(folded).into_iter().flatten().map(|place| &self.groups[*place]);
        groups.flatten().copied().filter(|name| *name != folded).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &'static str) -> Option<String> {
        Nicknames::parse(text).err()
    }

    #[test]
    fn the_file_is_sound() {
        assert_eq!(fault(FILE), None);
    }

    #[test]
    fn the_groups_stand_in_alphabetical_order_and_none_is_within_another() {
        let groups = &NICKNAMES.groups;
        assert!(groups.len() >= 300, "{}", groups.len());
        for pair in groups.windows(2) {
            assert!(pair[0] < pair[1], "{:?} comes before {:?}", pair[1], pair[0]);
        }
        for (place, group) in groups.iter().enumerate() {
            let within =
                |(other, names): (usize, &Vec<&str>)| other != place && group.iter().all(|name| names.contains(name));
            assert!(!groups.iter().enumerate().any(within), "{group:?} says nothing new");
        }
    }

    #[test]
    fn a_group_has_its_formal_name_and_then_the_others_in_alphabetical_order() {
        for group in &NICKNAMES.groups {
            assert!(group[1..].is_sorted(), "{group:?}");
        }
    }

    #[test]
    fn a_look_up_never_asks_for_many_names() {
        let most = NICKNAMES.places.keys().map(|name| of(name).len()).max();
        assert!(most.is_some_and(|most| most <= 50), "{most:?}");
    }

    #[test]
    fn names_of_one_group_are_nicknames_of_each_other_and_of_nobody_else() {
        let nicknames = Nicknames::parse("# Ours.\n\nalexander alex sandy\nalexandra alex\nbo bob\n").unwrap();
        assert_eq!(nicknames.of("alex"), BTreeSet::from(["alexander", "alexandra", "sandy"]));
        assert_eq!(nicknames.of("alexander"), BTreeSet::from(["alex", "sandy"]));
        assert_eq!(nicknames.of("alexandra"), BTreeSet::from(["alex"]));
        assert_eq!(nicknames.of("al"), BTreeSet::new());
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let letters = |name| Some(format!("line 2: {name:?} is no name in lower case without accents"));
        assert_eq!(fault("#\nJane jan"), letters("Jane"));
        assert_eq!(fault("#\njane zoë"), letters("zoë"));
        assert_eq!(fault("#\njane  jan"), letters(""));
        assert_eq!(fault("#\njane jan "), letters(""));
        assert_eq!(fault("#\njane\tjan"), letters("jane\tjan"));
        assert_eq!(fault("jane jan jane").as_deref(), Some("line 1: jane stands there twice"));
        assert_eq!(fault("jane").as_deref(), Some("line 1: a group has two names or more"));
    }
}
