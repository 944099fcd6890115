//! The examples that decide what a match is, one line each.

use chrono::Days;
use identity::date_of_birth::DateOfBirth;
use identity::matching::{
    Agreement, Decision, Explanation, Identifier, Identifiers, MatchPolicy, Policy, Verdict, decide,
};
use identity::record::TeachingRecord;

use crate::people::{all_of_jane, date, jane, name, part, previous, stated};

use Agreement::{Absent, Agreed, Disagreed};

/// How the only candidate compares.
fn explained(identifiers: &Identifiers, record: &TeachingRecord) -> Explanation {
    let verdict = decide(&Policy::DEFAULT, identifiers, std::slice::from_ref(record));
    verdict.explanations.into_iter().next().expect("one explanation for one current record")
}

fn decision(policy: &Policy, identifiers: &Identifiers, candidates: &[TeachingRecord]) -> Decision {
    decide(policy, identifiers, candidates).decision
}

/// A namesake of Jane's, born on the same day, with nothing else in common.
fn namesake() -> TeachingRecord {
    let nothing_else = TeachingRecord { nino: None, emails: Vec::new(), training_providers: Vec::new(), ..jane() };
    TeachingRecord { trn: "7654321".parse().unwrap(), ..nothing_else }
}

fn one() -> Decision {
    Decision::One(jane().trn)
}

fn several() -> Decision {
    Decision::Several(vec![jane().trn, namesake().trn])
}

#[test]
fn a_name_agrees_as_the_examples_have_it() {
    for (current, before, expected) in [
        ("jane SMITH", None, Agreed),
        ("Jane Taylor", None, Disagreed),
        ("Jan Smith", None, Disagreed),
        ("Jane Smith-Taylor", None, Disagreed),
        ("Jane Smith-Taylor", Some("Jane|Smith"), Agreed),
        ("Jane Smith-Taylor", Some("|Smith"), Agreed),
        ("Mary-Jane Smith", Some("Jane|"), Agreed),
        ("Mary-Jane Smith-Taylor", Some("Jane|"), Disagreed),
        ("Jane Smith", Some("Janet|Taylor"), Agreed),
        ("Jane Ann Smith", None, Agreed),
        ("Smith Jane", None, Disagreed),
        ("Janie Smith", None, Disagreed),
        ("Jàne Smíth", None, Agreed),
        ("Ja-ne Smi'th", None, Agreed),
    ] {
        let identifiers = Identifiers { name: Some(stated(current, before)), ..Identifiers::default() };
        assert_eq!(explained(&identifiers, &jane()).name, expected, "{current}, previously {before:?}");
    }
}

#[test]
fn a_name_agrees_with_a_previous_name_of_the_record() {
    let previous_names = vec![previous("|Taylor"), previous("Janet|Jones")];
    let record = TeachingRecord { name: name("Jane Ann Smith"), previous_names, ..jane() };
    for (current, before, expected) in [
        ("Jane Smith", None, Agreed),
        ("Jane Taylor", None, Agreed),
        ("Janet Jones", None, Agreed),
        ("Janet Taylor", None, Disagreed),
        ("Jane Brown", Some("|Taylor"), Agreed),
        ("Jane Brown", Some("|Green"), Disagreed),
    ] {
        let identifiers = Identifiers { name: Some(stated(current, before)), ..Identifiers::default() };
        assert_eq!(explained(&identifiers, &record).name, expected, "{current}, previously {before:?}");
    }
}

#[test]
fn a_nickname_never_matches() {
    let record = TeachingRecord { name: name("Katherine Smith"), ..jane() };
    let identifiers = Identifiers { name: Some(stated("Kate Smith", None)), ..Identifiers::default() };
    assert_eq!(explained(&identifiers, &record).name, Disagreed);
}

#[test]
fn the_other_identifiers_agree_when_they_are_equal() {
    type Read = fn(&Explanation) -> Agreement;
    let cases: [(Identifiers, Read, Agreement); 11] = [
        (Identifiers { email: "jane@EXAMPLE.com".parse().ok(), ..Default::default() }, |e| e.email, Agreed),
        (Identifiers { email: "j.smith@school.example".parse().ok(), ..Default::default() }, |e| e.email, Agreed),
        (Identifiers { email: "jsmith@school.example".parse().ok(), ..Default::default() }, |e| e.email, Disagreed),
        (Identifiers { nino: "ab-123 456-c".parse().ok(), ..Default::default() }, |e| e.nino, Agreed),
        (Identifiers { nino: "AB123456D".parse().ok(), ..Default::default() }, |e| e.nino, Disagreed),
        (Identifiers { trn: "RP12/34567".parse().ok(), ..Default::default() }, |e| e.stated_trn, Agreed),
        (Identifiers { trn: "RP12/34568".parse().ok(), ..Default::default() }, |e| e.stated_trn, Disagreed),
        (
            Identifiers { provider: "UNIVERSITY OF LEEDS".parse().ok(), ..Default::default() },
            |e| e.training_provider,
            Agreed,
        ),
        (Identifiers { provider: "Leeds".parse().ok(), ..Default::default() }, |e| e.training_provider, Disagreed),
        (born("1980-02-01"), |e| e.date_of_birth, Agreed),
        (born("1980-01-02"), |e| e.date_of_birth, Disagreed),
    ];
    for (identifiers, read, expected) in cases {
        assert_eq!(read(&explained(&identifiers, &jane())), expected, "{identifiers:?}");
    }
}

fn born(day: &str) -> Identifiers {
    Identifiers { date_of_birth: Some(DateOfBirth::new(date(day))), ..Default::default() }
}

#[test]
fn what_either_side_lacks_is_absent_and_not_a_disagreement() {
    let nothing_stated = explained(&Identifiers::default(), &jane());
    assert!(nothing_stated.each().iter().all(|(_, agreement)| *agreement == Absent));

    let nothing_held = explained(&all_of_jane(), &TeachingRecord { trn: jane().trn, ..namesake() });
    assert_eq!((nothing_held.email, nothing_held.nino, nothing_held.training_provider), (Absent, Absent, Absent));
    assert!(!nothing_held.has_disagreement());
}

#[test]
fn any_three_of_the_six_that_agree_are_a_match_and_any_two_are_not() {
    for chosen in 0..64_u32 {
        let identifiers = some_of(&all_of_jane(), chosen);
        let expected = if chosen.count_ones() >= 3 { one() } else { Decision::None };
        assert_eq!(decision(&Policy::DEFAULT, &identifiers, &[jane()]), expected, "{identifiers:?}");
        assert_eq!(identifiers.count(), chosen.count_ones() as usize);
        assert_eq!(explained(&identifiers, &jane()).agreed(), chosen.count_ones() as usize);
    }
}

/// The identifiers whose bits are set, in the order of the fields.
fn some_of(all: &Identifiers, chosen: u32) -> Identifiers {
    let has = |bit: u32| chosen & (1 << bit) != 0;
    Identifiers {
        email: all.email.clone().filter(|_| has(0)),
        name: all.name.clone().filter(|_| has(1)),
        date_of_birth: all.date_of_birth.filter(|_| has(2)),
        nino: all.nino.clone().filter(|_| has(3)),
        trn: all.trn.clone().filter(|_| has(4)),
        provider: all.provider.clone().filter(|_| has(5)),
    }
}

#[test]
fn a_match_stands_although_the_stated_trn_differs() {
    let identifiers = Identifiers { trn: "9999999".parse().ok(), nino: None, ..all_of_jane() };
    assert_eq!(decision(&Policy::DEFAULT, &identifiers, &[jane()]), one());
}

#[test]
fn a_record_that_agrees_on_more_does_not_beat_another_that_reaches_three() {
    let twin = TeachingRecord { emails: jane().emails, ..namesake() };
    assert_eq!(decision(&Policy::DEFAULT, &all_of_jane(), &[jane(), twin.clone()]), several());
    assert_eq!(decision(&Policy::STRICT, &all_of_jane(), &[twin, jane()]), several());
}

#[test]
fn a_record_that_agrees_on_two_does_not_rival_the_match() {
    let verdict = decide(&Policy::DEFAULT, &all_of_jane(), &[namesake(), jane()]);
    assert_eq!(verdict.decision, one());
    assert_eq!(verdict.matched().map(Explanation::agreed), Some(6));
    let agreed: Vec<_> = verdict.explanations.iter().map(|e| (e.trn.clone(), e.agreed())).collect();
    assert_eq!(agreed, [(jane().trn, 6), (namesake().trn, 2)]);
}

#[test]
fn records_that_are_inactive_or_merged_never_count() {
    let twin = TeachingRecord { emails: jane().emails, ..namesake() };
    for gone in [
        TeachingRecord { active: false, ..twin.clone() },
        TeachingRecord { merged_into: Some(jane().trn), ..twin.clone() },
    ] {
        let verdict = decide(&Policy::DEFAULT, &all_of_jane(), &[gone.clone(), jane()]);
        assert_eq!((verdict.decision, verdict.explanations.len()), (one(), 1));
        assert_eq!(decide(&Policy::DEFAULT, &all_of_jane(), &[gone]).explanations, []);
    }
}

#[test]
fn a_record_that_is_listed_twice_counts_once() {
    let verdict = decide(&Policy::DEFAULT, &all_of_jane(), &[jane(), jane()]);
    assert_eq!((verdict.decision, verdict.explanations.len()), (one(), 1));
}

#[test]
fn strict_wants_the_nino_or_the_trn_among_those_that_agree() {
    const EMAIL_NAME_BIRTH: u32 = 0b00_0111;
    for (chosen, expected) in [
        (EMAIL_NAME_BIRTH, Decision::None),
        (0b10_0111, Decision::None),
        (EMAIL_NAME_BIRTH | 0b00_1000, one()),
        (EMAIL_NAME_BIRTH | 0b01_0000, one()),
        (0b01_1001, one()),
        (0b01_1000, Decision::None),
    ] {
        assert_eq!(decision(&Policy::STRICT, &some_of(&all_of_jane(), chosen), &[jane()]), expected, "{chosen:06b}");
    }
}

#[test]
fn strict_refuses_a_match_when_anything_stated_disagrees() {
    let day_after = date("1980-02-01").checked_add_days(Days::new(1)).map(DateOfBirth::new);
    for wrong in [
        Identifiers { email: "someone@example.com".parse().ok(), ..all_of_jane() },
        Identifiers { name: Some(stated("Jane Taylor", None)), ..all_of_jane() },
        Identifiers { date_of_birth: day_after, ..all_of_jane() },
        Identifiers { nino: "AB123456D".parse().ok(), ..all_of_jane() },
        Identifiers { trn: "9999999".parse().ok(), ..all_of_jane() },
        Identifiers { provider: "University of Reading".parse().ok(), ..all_of_jane() },
    ] {
        assert_eq!(decision(&Policy::DEFAULT, &wrong, &[jane()]), one());
        assert_eq!(decision(&Policy::STRICT, &wrong, &[jane()]), Decision::None, "{wrong:?}");
    }
}

#[test]
fn strict_does_not_mind_what_the_record_lacks() {
    let sparse = TeachingRecord { trn: jane().trn, ..namesake() };
    assert_eq!(decision(&Policy::STRICT, &all_of_jane(), &[sparse]), one());
}

#[test]
fn a_verdict_names_its_policy_and_its_version() {
    let label = |policy| decide(Policy::named(policy), &all_of_jane(), &[]).policy;
    assert_eq!(label(MatchPolicy::Default), "default/1");
    assert_eq!(label(MatchPolicy::Strict), "strict/1");
    let unsure = Verdict::unsure(&Policy::STRICT);
    assert_eq!((unsure.policy.as_str(), unsure.decision, unsure.explanations.len()), ("strict/1", Decision::Unsure, 0));
}

#[test]
fn a_verdict_is_stored_in_words_that_stay() {
    let verdict = decide(&Policy::DEFAULT, &some_of(&all_of_jane(), 0b11_1000), &[jane()]);
    let stored = serde_json::to_value(&verdict).unwrap();
    let expected = serde_json::json!({
        "policy": "default/1",
        "decision": { "one": "1234567" },
        "explanations": [{
            "trn": "1234567", "email": "absent", "name": "absent", "date_of_birth": "absent",
            "nino": "agreed", "stated_trn": "agreed", "training_provider": "agreed",
        }],
    });
    assert_eq!(stored, expected);
    assert_eq!(serde_json::from_value::<Verdict>(stored).unwrap(), verdict);
    let agreed = verdict.matched().unwrap().agreed_identifiers();
    assert_eq!(agreed, [Identifier::Nino, Identifier::Trn, Identifier::TrainingProvider]);
    assert_eq!(serde_json::to_string(&agreed).unwrap(), r#"["nino","trn","training_provider"]"#);
    assert_eq!(serde_json::to_string(&MatchPolicy::Strict).unwrap(), r#""strict""#);
}

#[test]
fn what_was_stated_survives_being_stored() {
    let name = stated("Jane Ann Smith", Some("|Jones"));
    assert_eq!(name.current.middle, Some(part("Ann")));
    let identifiers = Identifiers { name: Some(name), ..all_of_jane() };
    let stored = serde_json::to_string(&identifiers).unwrap();
    assert_eq!(serde_json::from_str::<Identifiers>(&stored).unwrap(), identifiers);
    assert_eq!(serde_json::from_str::<Identifiers>("{}").unwrap(), Identifiers::default());
    assert!(serde_json::from_str::<Identifiers>(r#"{"trn":"123"}"#).is_err());
}

/// Jane's record as it was before it was merged into the one she has now.
fn merged(trn: &str, into: &str) -> TeachingRecord {
    let into = Some(into.parse().unwrap());
    TeachingRecord { trn: trn.parse().unwrap(), active: false, merged_into: into, ..namesake() }
}

#[test]
fn the_trn_of_a_merged_record_stands_for_the_record_that_it_became() {
    let trn = jane().trn;
    let identifiers = |stated: &str| Identifiers {
        name: all_of_jane().name,
        date_of_birth: all_of_jane().date_of_birth,
        trn: Some(stated.parse().unwrap()),
        ..Identifiers::default()
    };
    let once = [merged("1111111", trn.as_str()), jane()];
    assert_eq!(decision(&Policy::DEFAULT, &identifiers("1111111"), &once), one());
    assert_eq!(decision(&Policy::STRICT, &identifiers("1111111"), &once), one());
    let twice = [jane(), merged("2222222", "1111111"), merged("1111111", trn.as_str())];
    assert_eq!(decision(&Policy::DEFAULT, &identifiers("2222222"), &twice), one());
    let circle = [merged("1111111", "2222222"), merged("2222222", "1111111"), jane()];
    assert_eq!(decision(&Policy::DEFAULT, &identifiers("1111111"), &circle), Decision::None);
    assert_eq!(decision(&Policy::DEFAULT, &identifiers("3333333"), &once), Decision::None);
}
