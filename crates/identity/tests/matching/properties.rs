//! Properties of the decision, over small worlds in which people share names, birthdays, addresses and numbers.

use std::collections::BTreeMap;

use identity::date_of_birth::DateOfBirth;
use identity::matching::{Decision, Identifiers, Policy, StatedName, Verdict, decide, name_keys};
use identity::name::PreviousName;
use identity::record::TeachingRecord;
use identity::trn::Trn;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::people::{date, jane, name, previous, stated};

const TRNS: &[&str] = &["1000001", "1000002", "1000003", "1000004", "1000005"];
const NAMES: &[&str] = &["Jane Smith", "JANE SMITH", "Jané Smi-th", "Jane Taylor", "Mary-Jane Smith", "Ada Byron"];
const PREVIOUS: &[&str] = &["Jane|Smith", "|Smith", "Jane|", "|Taylor", "Ada|Byron"];
const DATES: &[&str] = &["1980-02-01", "1980-02-01", "1981-02-01"];
const NINOS: &[&str] = &["AB123456C", "AB123456D"];
const EMAILS: &[&str] = &["jane@example.com", "JANE@EXAMPLE.COM", "ada@example.com"];
const PROVIDERS: &[&str] = &["University of Leeds", "university of leeds", "Leeds SCITT"];

fn read<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a sample")
}

fn a_record() -> impl Strategy<Value = TeachingRecord> {
    let numbers = (select(TRNS), option::of(select(NINOS)), select(DATES));
    let names = (select(NAMES), subsequence(PREVIOUS, 0..=2));
    let lists = (subsequence(EMAILS, 0..=2), subsequence(PROVIDERS, 0..=2));
    let standing = (prop::bool::weighted(0.85), option::weighted(0.1, select(TRNS)));
    (numbers, names, lists, standing).prop_map(
        |((trn, nino, born), (current, before), (emails, providers), (active, merged))| TeachingRecord {
            trn: read(trn),
            name: name(current),
            previous_names: before.into_iter().map(previous).collect(),
            date_of_birth: DateOfBirth::new(date(born)),
            nino: nino.map(read),
            emails: emails.into_iter().map(read).collect(),
            training_providers: providers.into_iter().map(read).collect(),
            active,
            merged_into: merged.map(read),
            ..jane()
        },
    )
}

/// Records with TRNs of their own, as a register has them.
fn records() -> impl Strategy<Value = Vec<TeachingRecord>> {
    vec(a_record(), 0..6).prop_map(|records| {
        let by_trn: BTreeMap<Trn, TeachingRecord> = records.into_iter().map(|r| (r.trn.clone(), r)).collect();
        by_trn.into_values().collect()
    })
}

fn identifiers() -> impl Strategy<Value = Identifiers> {
    let names = option::of((select(NAMES), option::of(select(PREVIOUS))));
    let numbers = (option::of(select(TRNS)), option::of(select(NINOS)), option::of(select(DATES)));
    (names, numbers, option::of(select(EMAILS)), option::of(select(PROVIDERS))).prop_map(
        |(names, (trn, nino, born), email, provider)| Identifiers {
            email: email.map(read),
            name: names.map(|(current, before)| stated(current, before)),
            date_of_birth: born.map(|born| DateOfBirth::new(date(born))),
            nino: nino.map(read),
            trn: trn.map(read),
            provider: provider.map(read),
        },
    )
}

fn policies() -> impl Strategy<Value = &'static Policy> {
    select(&[&Policy::DEFAULT, &Policy::STRICT][..])
}

/// Which current records agree with three, told a second time and another way.
fn reaching_three(stated: &Identifiers, records: &[TeachingRecord]) -> Vec<Trn> {
    let agreed = |record: &TeachingRecord| {
        let name =
            stated.name.as_ref().is_some_and(|n| record.name_keys().iter().any(|key| name_keys(n).contains(key)));
        let email = stated.email.as_ref().is_some_and(|email| record.emails.contains(email));
        let born = stated.date_of_birth == Some(record.date_of_birth);
        let nino = stated.nino.is_some() && stated.nino == record.nino;
        let trn = stated.trn.as_ref().is_some_and(|stated| became(stated, records) == record.trn);
        let providers: Vec<String> = record.training_providers.iter().map(|p| p.key()).collect();
        let provider = stated.provider.as_ref().is_some_and(|p| providers.contains(&p.key()));
        u8::from(name) + u8::from(email) + u8::from(born) + u8::from(nino) + u8::from(trn) + u8::from(provider)
    };
    let current = records.iter().filter(|record| record.active && record.merged_into.is_none());
    current.filter(|record| agreed(record) >= 3).map(|record| record.trn.clone()).collect()
}

/// The record that the one of this TRN was merged into, once or more often.
fn became(stated: &Trn, records: &[TeachingRecord]) -> Trn {
    let mut trns = std::collections::BTreeSet::from([stated.clone()]);
    let is_current = |trn: &Trn| records.iter().any(|r| r.trn == *trn && r.active && r.merged_into.is_none());
    let mut trn = stated.clone();
    while !is_current(&trn) {
        let next = records.iter().filter(|r| r.trn == trn).filter_map(|r| r.merged_into.clone()).min();
        match next.filter(|next| trns.insert(next.clone())) {
            Some(next) => trn = next,
            None => break,
        }
    }
    trn
}

/// Everything more that could be stated and that agrees with this record.
fn one_more_that_agrees(stated: &Identifiers, record: &TeachingRecord) -> Vec<Identifiers> {
    let names = StatedName { current: record.name.clone(), previous: None };
    let before = PreviousName { first: Some(record.name.first.clone()), last: Some(record.name.last.clone()) };
    let renamed = stated.name.clone().filter(|name| name.previous.is_none());
    let renamed = renamed.map(|name| StatedName { previous: Some(before), ..name });
    let candidates = [
        Identifiers { email: stated.email.clone().or(record.emails.first().cloned()), ..stated.clone() },
        Identifiers { name: stated.name.clone().or(Some(names)), ..stated.clone() },
        Identifiers { name: renamed.or(stated.name.clone()), ..stated.clone() },
        Identifiers { date_of_birth: stated.date_of_birth.or(Some(record.date_of_birth)), ..stated.clone() },
        Identifiers { nino: stated.nino.clone().or(record.nino.clone()), ..stated.clone() },
        Identifiers { trn: stated.trn.clone().or(Some(record.trn.clone())), ..stated.clone() },
        Identifiers {
            provider: stated.provider.clone().or(record.training_providers.first().cloned()),
            ..stated.clone()
        },
    ];
    candidates.into_iter().filter(|more| more != stated).collect()
}

fn pointed_at(decision: &Decision) -> Vec<Trn> {
    match decision {
        Decision::One(trn) => vec![trn.clone()],
        Decision::Several(trns) => trns.clone(),
        Decision::None | Decision::Unsure => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_order_of_records_and_of_their_lists_makes_no_difference(
        policy in policies(),
        stated in identifiers(),
        (records, shuffled) in vec(a_record(), 0..6).prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())),
    ) {
        let reversed: Vec<TeachingRecord> = shuffled.into_iter().map(|mut record| {
            record.previous_names.reverse();
            record.emails.reverse();
            record.training_providers.reverse();
            record
        }).collect();
        prop_assert_eq!(decide(policy, &stated, &records), decide(policy, &stated, &reversed));
    }

    #[test]
    fn the_order_in_which_identifiers_are_stated_makes_no_difference(
        stated in identifiers(),
        records in records(),
        order in Just([0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let mut known = Identifiers::default();
        for next in order {
            match next {
                0 => known.email = stated.email.clone(),
                1 => known.name = stated.name.clone(),
                2 => known.date_of_birth = stated.date_of_birth,
                3 => known.nino = stated.nino.clone(),
                4 => known.trn = stated.trn.clone(),
                _ => known.provider = stated.provider.clone(),
            }
            // What is decided on the way must leave no trace in what is decided at the end.
            decide(&Policy::DEFAULT, &known, &records);
        }
        prop_assert_eq!(decide(&Policy::DEFAULT, &known, &records), decide(&Policy::DEFAULT, &stated, &records));
    }

    #[test]
    fn it_is_never_one_when_two_reach_three(policy in policies(), stated in identifiers(), records in records()) {
        let reached = reaching_three(&stated, &records);
        let verdict = decide(policy, &stated, &records);
        match (verdict.decision, reached.len()) {
            (Decision::None, 0) => {}
            (Decision::One(trn), 1) => prop_assert_eq!(&trn, &reached[0]),
            (Decision::None, 1) => prop_assert_eq!(policy, &Policy::STRICT),
            (Decision::Several(trns), 2..) => prop_assert_eq!(trns, reached),
            (decision, _) => prop_assert!(false, "{decision:?} although these reach three: {reached:?}"),
        }
    }

    #[test]
    fn one_more_identifier_that_agrees_never_costs_the_match(
        policy in policies(),
        stated in identifiers(),
        records in records(),
    ) {
        let before = decide(policy, &stated, &records);
        for trn in pointed_at(&before.decision) {
            let record = records.iter().find(|record| record.trn == trn).expect("a record is pointed at");
            for more in one_more_that_agrees(&stated, record) {
                let after = decide(policy, &more, &records);
                let now = pointed_at(&after.decision);
                prop_assert!(now.contains(&trn), "{more:?} lost {trn}: {after:?}");
                let rivals = reaching_three(&more, &records).len() - 1;
                prop_assert_eq!(now.len(), 1 + rivals);
            }
        }
    }

    #[test]
    fn what_strict_matches_default_matches_too(stated in identifiers(), records in records()) {
        let strict = decide(&Policy::STRICT, &stated, &records);
        if let Decision::One(_) = strict.decision {
            prop_assert!(!strict.matched().expect("the match is explained").has_disagreement());
            prop_assert_eq!(strict.decision, decide(&Policy::DEFAULT, &stated, &records).decision);
        }
    }

    #[test]
    fn records_that_are_not_current_leave_no_trace_but_where_they_went(
        policy in policies(),
        stated in identifiers(),
        records in records(),
    ) {
        let current: Vec<_> = records.iter().filter(|record| record.is_current()).cloned().collect();
        let verdict = decide(policy, &stated, &records);
        let stated_now = Identifiers { trn: stated.trn.as_ref().map(|trn| became(trn, &records)), ..stated.clone() };
        prop_assert_eq!(&verdict, &decide(policy, &stated_now, &current));
        let explained: Vec<&Trn> = verdict.explanations.iter().map(|explanation| &explanation.trn).collect();
        prop_assert_eq!(explained, current.iter().map(|record| &record.trn).collect::<Vec<_>>());
    }

    #[test]
    fn a_verdict_survives_being_stored(policy in policies(), stated in identifiers(), records in records()) {
        let verdict = decide(policy, &stated, &records);
        let stored = serde_json::to_string(&verdict).expect("a verdict is plain");
        prop_assert_eq!(serde_json::from_str::<Verdict>(&stored).expect("a stored verdict"), verdict);
    }
}
