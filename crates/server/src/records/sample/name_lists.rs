//! The name lists of data/names, and drawing from them as often as people really have those names.

use super::rng::Rng;

/// The lists, and how many people in 1,000 have names of each origin.
const FILES: [(u64, &str); 10] = [
    (640, include_str!("../../../../../data/names/english.txt")),
    (60, include_str!("../../../../../data/names/irish.txt")),
    (45, include_str!("../../../../../data/names/welsh.txt")),
    (55, include_str!("../../../../../data/names/scottish.txt")),
    (80, include_str!("../../../../../data/names/south-asian.txt")),
    (35, include_str!("../../../../../data/names/west-african.txt")),
    (30, include_str!("../../../../../data/names/european.txt")),
    (20, include_str!("../../../../../data/names/east-european.txt")),
    (15, include_str!("../../../../../data/names/east-asian.txt")),
    (20, include_str!("../../../../../data/names/middle-eastern.txt")),
];

/// A list in which the n-th name comes up in proportion to 1 / (n + this): flat enough that nobody is everywhere,
/// steep enough that a few names are everyday ones.
const RANK_OFFSET: u64 = 20;

/// Items and the running total of their weights.
pub(super) struct Weighted<T> {
    items: Vec<T>,
    totals: Vec<u64>,
}

impl<T> Weighted<T> {
    fn new(weighted: impl IntoIterator<Item = (u64, T)>) -> Self {
        let (mut items, mut totals, mut total) = (Vec::new(), Vec::new(), 0);
        for (weight, item) in weighted {
            total += weight;
            items.push(item);
            totals.push(total);
        }
        Self { items, totals }
    }

    pub(super) fn draw(&self, rng: &mut Rng) -> &T {
        let mark = rng.below(self.totals.last().copied().unwrap_or_default());
        &self.items[self.totals.partition_point(|total| *total <= mark)]
    }
}

impl Weighted<&'static str> {
    /// Names in order of frequency.
    fn ranked(names: impl Iterator<Item = &'static str>) -> Self {
        Self::new(names.zip(RANK_OFFSET + 1..).map(|(name, rank)| (1_000_000_000 / rank, name)))
    }
}

/// The names of one origin.
pub(super) struct Origin {
    pub(super) women: Weighted<&'static str>,
    pub(super) men: Weighted<&'static str>,
    pub(super) family: Weighted<&'static str>,
}

impl Origin {
    fn parse(text: &'static str) -> Self {
        let section = |title: &str| Weighted::ranked(names_of(text, title));
        Self { women: section("[women]"), men: section("[men]"), family: section("[family]") }
    }
}

/// The names between one title and the next.
fn names_of(text: &'static str, title: &str) -> impl Iterator<Item = &'static str> {
    let lines = text.lines().skip_while(move |line| *line != title).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty())
}

pub(super) struct NameLists {
    pub(super) origins: Weighted<Origin>,
}

impl NameLists {
    /// The lists that are part of the program.
    pub(super) fn embedded() -> Self {
        Self { origins: Weighted::new(FILES.map(|(weight, text)| (weight, Origin::parse(text)))) }
    }

    #[cfg(test)]
    pub(super) fn all_names(&self) -> impl Iterator<Item = &'static str> {
        let lists = self.origins.items.iter().flat_map(|origin| [&origin.women, &origin.men, &origin.family]);
        lists.flat_map(|list| list.items.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_origin_has_its_three_lists() {
        for origin in &NameLists::embedded().origins.items {
            for list in [&origin.women, &origin.men, &origin.family] {
                assert!(list.items.len() >= 25, "after {:?} the list is short", list.items.first());
            }
        }
    }

    #[test]
    fn a_list_names_nobody_twice() {
        for origin in NameLists::embedded().origins.items {
            for list in [origin.women, origin.men, origin.family] {
                let mut names = list.items.clone();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), list.items.len(), "a list that starts with {:?}", list.items.first());
            }
        }
    }

    #[test]
    fn the_lists_are_long_enough_for_a_realistic_spread() {
        assert!(NameLists::embedded().all_names().count() > 1_500);
    }

    #[test]
    fn no_name_breaks_the_separators_of_the_file() {
        assert!(!NameLists::embedded().all_names().any(|name| name.contains([';', '|', '"'])));
    }

    #[test]
    fn the_first_name_of_a_list_is_drawn_more_often_than_the_last() {
        let list = Weighted::ranked(["first", "second", "third"].into_iter());
        let mut rng = Rng::seeded(3);
        let drawn: Vec<_> = (0..30_000).map(|_| *list.draw(&mut rng)).collect();
        let count = |name| drawn.iter().filter(|drawn| **drawn == name).count();
        assert!(count("first") > count("second") && count("second") > count("third"), "{}", count("first"));
        assert!(count("third") > 8_000);
    }
}
