//! The names in an identity. A person may have had several, each made of parts; a name, or a part of one, may say from when
//! until when it was theirs. What says nothing of an end is theirs today.

use chrono::NaiveDate;
use identity::name::{NamePart, PersonName};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Name {
    name_parts: Vec<Part>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    #[serde(rename = "type")]
    kind: Kind,
    value: String,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Kind {
    GivenName,
    FamilyName,
    #[serde(other)]
    Other,
}

/// The name today: of several, the one that began last.
pub(super) fn current(names: &[Name], today: NaiveDate) -> Option<PersonName> {
    let theirs = names.iter().filter(|name| holds(name.valid_from, name.valid_until, today));
    let mut theirs: Vec<&Name> = theirs.collect();
    theirs.sort_by_key(|name| name.valid_from);
    theirs.last()?.made_of(|part| holds(part.valid_from, part.valid_until, today))
}

/// The names that ended, the latest first. Of the current name, a part that ended stands for the one that took its place.
pub(super) fn previous(names: &[Name], today: NaiveDate) -> Vec<PersonName> {
    let ended = |until: Option<NaiveDate>| until.is_some_and(|until| until < today);
    let whole = names.iter().filter(|name| ended(name.valid_until));
    let mut found: Vec<(Option<NaiveDate>, PersonName)> =
        whole.filter_map(|name| Some((name.valid_until, name.made_of(|_| true)?))).collect();
    for name in names.iter().filter(|name| holds(name.valid_from, name.valid_until, today)) {
        let Some(until) =
            name.name_parts.iter().filter_map(|part| part.valid_until).filter(|until| *until < today).max()
        else {
            continue;
        };
        found.extend(
            name.made_of(|part| holds(part.valid_from, part.valid_until, until)).map(|name| (Some(until), name)),
        );
    }
    found.sort_by_key(|(until, _)| std::cmp::Reverse(*until));
    found.into_iter().map(|(_, name)| name).collect()
}

/// The last day counts.
fn holds(from: Option<NaiveDate>, until: Option<NaiveDate>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from <= on) && until.is_none_or(|until| on <= until)
}

impl Name {
    /// The first given name, the others, and the family name. Without one of the two there is no name.
    fn made_of(&self, wanted: impl Fn(&Part) -> bool) -> Option<PersonName> {
        let parts = |kind| {
            let parts = self.name_parts.iter().filter(move |part| part.kind == kind);
            parts.filter(|part| wanted(part)).map(|part| part.value.as_str())
        };
        let mut given = parts(Kind::GivenName);
        let first = NamePart::parse(given.next()?).ok()?;
        let middle = NamePart::parse(&given.collect::<Vec<_>>().join(" ")).ok();
        let last = NamePart::parse(&parts(Kind::FamilyName).collect::<Vec<_>>().join(" ")).ok()?;
        Some(PersonName { first, middle, last })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(value: Value) -> (Option<String>, Vec<String>) {
        let names: Vec<Name> = serde_json::from_value(value).unwrap();
        let today = NaiveDate::from_ymd_opt(2024, 6, 1).unwrap();
        (current(&names, today).map(|name| name.full()), previous(&names, today).iter().map(PersonName::full).collect())
    }

    fn part(kind: &str, value: &str) -> Value {
        json!({ "type": kind, "value": value })
    }

    #[test]
    fn several_given_names_are_a_first_and_a_middle_one() {
        let parts = [
            part("GivenName", "Asha"),
            part("GivenName", "Mary"),
            part("GivenName", "Ann"),
            part("FamilyName", "Bennett"),
        ];
        assert_eq!(told(json!([{ "nameParts": parts }])), (Some("Asha Mary Ann Bennett".into()), vec![]));
    }

    #[test]
    fn a_name_that_ended_is_a_previous_one_and_the_latest_comes_first() {
        let name = |last: &str| [part("GivenName", "Jane"), part("FamilyName", last)];
        let names = json!([
            { "nameParts": name("Smith"), "validUntil": "2010-05-01" },
            { "nameParts": name("Taylor"), "validFrom": "2020-05-02" },
            { "nameParts": name("Jones"), "validFrom": "2010-05-02", "validUntil": "2020-05-01" },
        ]);
        assert_eq!(told(names), (Some("Jane Taylor".into()), vec!["Jane Jones".into(), "Jane Smith".into()]));
    }

    #[test]
    fn a_part_that_ended_makes_a_previous_name_of_the_whole() {
        let names = json!([{ "nameParts": [
            part("GivenName", "Jane"),
            { "type": "FamilyName", "value": "Smith", "validUntil": "2020-05-01" },
            { "type": "FamilyName", "value": "Taylor", "validFrom": "2020-05-02" },
        ] }]);
        assert_eq!(told(names), (Some("Jane Taylor".into()), vec!["Jane Smith".into()]));
    }

    #[test]
    fn a_name_that_has_not_begun_or_lacks_a_half_is_none() {
        let names = json!([{ "nameParts": [part("GivenName", "Jane"), part("FamilyName", "Smith")], "validFrom": "2030-01-01" }]);
        assert_eq!(told(names), (None, vec![]));
        assert_eq!(told(json!([{ "nameParts": [part("GivenName", "Jane")] }])).0, None);
        assert_eq!(told(json!([])), (None, vec![]));
    }
}
