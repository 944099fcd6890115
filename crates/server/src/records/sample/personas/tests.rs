//! The personas hold together: what they type is what makes them show what they show.

use std::collections::HashSet;

use super::super::name_lists::NameLists;
use super::super::numbers::PERSONA_PREFIX;
use super::super::providers::PROVIDERS;
use super::*;

fn persona(last_name: &str) -> &'static Persona {
    PERSONAS.iter().find(|persona| persona.name.1 == last_name).expect("a persona of that name")
}

/// A NINO as it stands in the file.
fn compact(nino: &str) -> String {
    nino.replace(' ', "")
}

fn has_email(record: &PersonaRecord, email: &str) -> bool {
    record.emails.split(';').any(|known| known == email)
}

#[test]
fn every_persona_types_the_date_of_birth_of_their_records() {
    for persona in PERSONAS {
        let (year, month, day) = persona.date_of_birth;
        for record in persona.records {
            assert_eq!(record.date_of_birth, format!("{year:04}-{month:02}-{day:02}"), "{:?}", persona.name);
        }
    }
}

#[test]
fn no_two_records_share_a_trn_and_no_two_personas_an_email_or_a_nino() {
    let records: Vec<_> = PERSONAS.iter().flat_map(|persona| persona.records).collect();
    assert_eq!(records.iter().map(|record| record.trn).collect::<HashSet<_>>().len(), records.len());
    assert_eq!(PERSONAS.iter().map(|persona| persona.email_to_type).collect::<HashSet<_>>().len(), PERSONAS.len());
    let ninos: Vec<_> = PERSONAS.iter().filter_map(|persona| persona.nino).collect();
    assert_eq!(ninos.iter().collect::<HashSet<_>>().len(), ninos.len());
}

#[test]
fn every_nino_of_a_persona_has_the_prefix_kept_for_them() {
    let on_records = PERSONAS.iter().flat_map(|persona| persona.records).map(|record| record.nino);
    for nino in on_records.filter(|nino| !nino.is_empty()).chain(PERSONAS.iter().filter_map(|persona| persona.nino)) {
        assert!(nino.starts_with(PERSONA_PREFIX) && compact(nino).len() == 9, "{nino}");
    }
}

#[test]
fn every_provider_to_type_is_one_that_the_records_know() {
    for provider in PERSONAS.iter().filter_map(|persona| persona.provider) {
        assert!(PROVIDERS.contains(&provider), "{provider}");
    }
}

#[test]
fn asha_is_found_by_her_email_and_gareth_is_not() {
    let (asha, gareth) = (persona("Okonkwo-Bennett"), persona("O'Connell"));
    assert!(has_email(&asha.records[0], asha.email_to_type));
    assert!(!has_email(&gareth.records[0], gareth.email_to_type));
    assert_eq!(compact(gareth.nino.unwrap()), gareth.records[0].nino);
}

#[test]
fn morgan_has_no_record_and_nobody_can_be_invented_with_that_name() {
    assert!(persona("Newcombe").records.is_empty());
    assert!(!NameLists::embedded().all_names().any(|name| name.eq_ignore_ascii_case("Newcombe")));
}

#[test]
fn tomasz_has_only_his_trn_and_priya_only_her_provider_for_a_third_identifier() {
    let (tomasz, priya) = (persona("Wójcik"), persona("D'Souza"));
    assert_eq!((tomasz.records[0].nino, tomasz.records[0].emails), ("", ""));
    let digits: String = tomasz.trn_to_type.unwrap().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits, tomasz.records[0].trn);
    assert_eq!((priya.nino, priya.trn_to_type, priya.records[0].emails), (None, None, ""));
    assert!(priya.records[0].training_providers.split(';').any(|known| Some(known) == priya.provider));
}

#[test]
fn both_records_of_fiona_are_active_and_have_her_email() {
    let fiona = persona("MacLeod");
    assert_eq!(fiona.records.len(), 2);
    assert!(fiona.records.iter().all(|record| record.active && has_email(record, fiona.email_to_type)));
    assert_eq!(fiona.records.iter().filter(|record| !record.nino.is_empty()).count(), 1);
}

#[test]
fn the_merged_trn_points_to_the_record_that_counts() {
    let daniel = persona("van der Berg");
    assert_eq!(Some(daniel.records[0].trn), daniel.trn_to_type);
    assert_eq!(Some(daniel.records[0].merged_into), daniel.trn);
    assert_eq!(Some(daniel.records[1].trn), daniel.trn);
}

#[test]
fn the_prohibition_is_open_and_the_locked_portal_has_no_alert() {
    assert!(persona("Hargreave").records[0].alerts.ends_with("Prohibition|2019-03-01|"));
    let renee = &persona("François").records[0];
    assert!(renee.portal_locked && renee.alerts.is_empty());
}

#[test]
fn a_persona_introduces_themselves_with_the_answers_to_type() {
    let introduction = persona("O'Connell").to_string();
    assert!(introduction.starts_with("Gareth O'Connell: matched only after the NINO"), "{introduction}");
    for answer in ["gareth.oconnell@example.com", "3 11 1979", "YZ 10 00 02 B", "Durham University"] {
        assert!(introduction.contains(answer), "{introduction}");
    }
}
