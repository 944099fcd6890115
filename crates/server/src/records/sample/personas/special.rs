//! Personas who are not matched, or whose record has something about it.

use super::Persona;
use super::record::PersonaRecord;

/// No teaching record at all. No name list has this family name, so that no invented person is taken for Morgan.
pub(super) const MORGAN: Persona = Persona {
    name: ("Morgan", "Newcombe"),
    previous_name: None,
    trn: None,
    trn_to_type: None,
    date_of_birth: (1991, 8, 17),
    nino: Some("YZ 99 99 99 D"),
    email_to_type: "morgan.newcombe@example.com",
    provider: None,
    what_it_shows: "not matched at all: there is no such record",
    records: &[],
};

/// An open prohibition: a service that blocks prohibited people does not let him in.
pub(super) const VICTOR: Persona = Persona {
    name: ("Victor", "Hargreave"),
    previous_name: None,
    trn: Some("1000009"),
    trn_to_type: Some("1000009"),
    date_of_birth: (1971, 5, 8),
    nino: Some("YZ 10 00 09 A"),
    email_to_type: "victor.hargreave@example.com",
    provider: Some("University of Derby"),
    what_it_shows: "an open prohibition: matched, and blocked where the service asks for that",
    records: &[PersonaRecord {
        trn: "1000009",
        given_name: "Victor",
        middle_name: "Paul",
        family_name: "Hargreave",
        date_of_birth: "1971-05-08",
        nino: "YZ100009A",
        emails: "victor.hargreave@example.com",
        training_providers: "University of Derby",
        qts_date: "1994-08-01",
        alerts: "Reprimand|2011-01-10|2013-01-09;Prohibition|2019-03-01|",
        portal_locked: true,
        ..PersonaRecord::BLANK
    }],
};

/// Registered twice; both records reach three identifiers, so that only support can tell which one is hers.
pub(super) const FIONA: Persona = Persona {
    name: ("Fiona", "MacLeod"),
    previous_name: None,
    trn: None,
    trn_to_type: None,
    date_of_birth: (1988, 1, 25),
    nino: Some("YZ 10 00 10 B"),
    email_to_type: "fiona.macleod@example.com",
    provider: Some("The Open University"),
    what_it_shows: "two active records of one person: support decides",
    records: &[
        PersonaRecord {
            trn: "1000010",
            given_name: "Fiona",
            middle_name: "Jean",
            family_name: "MacLeod",
            date_of_birth: "1988-01-25",
            nino: "YZ100010B",
            emails: "fiona.macleod@example.com",
            training_providers: "The Open University",
            qts_date: "2011-08-01",
            ..PersonaRecord::BLANK
        },
        PersonaRecord {
            trn: "1000011",
            given_name: "Fiona",
            family_name: "MacLeod",
            date_of_birth: "1988-01-25",
            emails: "fiona.macleod@example.com",
            ..PersonaRecord::BLANK
        },
    ],
};

/// His papers have the TRN of a record that was merged into another.
pub(super) const DANIEL: Persona = Persona {
    name: ("Daniel", "van der Berg"),
    previous_name: None,
    trn: Some("1000013"),
    trn_to_type: Some("1000012"),
    date_of_birth: (1984, 10, 2),
    nino: None,
    email_to_type: "daniel.vanderberg@example.com",
    provider: None,
    what_it_shows: "a merged TRN: he types the old one, 1000012, and 1000013 is the record that counts",
    records: &[
        PersonaRecord {
            trn: "1000012",
            given_name: "Daniel",
            family_name: "van der Berg",
            date_of_birth: "1984-10-02",
            active: false,
            merged_into: "1000013",
            ..PersonaRecord::BLANK
        },
        PersonaRecord {
            trn: "1000013",
            given_name: "Daniel",
            middle_name: "Johannes",
            family_name: "van der Berg",
            date_of_birth: "1984-10-02",
            nino: "YZ100013C",
            emails: "d.vanderberg@harbour-view.example",
            training_providers: "University of Portsmouth",
            qts_date: "2008-08-01",
            ..PersonaRecord::BLANK
        },
    ],
};

/// Everything agrees, but the record is no longer active.
pub(super) const COLIN: Persona = Persona {
    name: ("Colin", "Ashworth"),
    previous_name: None,
    trn: Some("1000014"),
    trn_to_type: Some("1000014"),
    date_of_birth: (1953, 7, 11),
    nino: Some("YZ 10 00 14 D"),
    email_to_type: "colin.ashworth@example.org",
    provider: Some("Edge Hill University"),
    what_it_shows: "an inactive record: never matched",
    records: &[PersonaRecord {
        trn: "1000014",
        given_name: "Colin",
        family_name: "Ashworth",
        date_of_birth: "1953-07-11",
        nino: "YZ100014D",
        emails: "colin.ashworth@example.org",
        training_providers: "Edge Hill University",
        qts_date: "1976-08-01",
        active: false,
        ..PersonaRecord::BLANK
    }],
};

/// Her self-service portal account is locked and nothing speaks against unlocking it.
pub(super) const RENEE: Persona = Persona {
    name: ("Renée", "François"),
    previous_name: None,
    trn: Some("1000015"),
    trn_to_type: Some("1000015"),
    date_of_birth: (1976, 4, 4),
    nino: Some("YZ 10 00 15 A"),
    email_to_type: "renee.francois@example.com",
    provider: Some("UCL, University College London (Institute of Education)"),
    what_it_shows: "a locked portal account and no alert: unlocked by the match",
    records: &[PersonaRecord {
        trn: "1000015",
        given_name: "Renée",
        family_name: "François",
        date_of_birth: "1976-04-04",
        nino: "YZ100015A",
        emails: "renee.francois@example.com",
        training_providers: "UCL, University College London (Institute of Education)",
        qts_date: "1999-08-01",
        portal_locked: true,
        ..PersonaRecord::BLANK
    }],
};

/// The record has no QTS date; when she says that she has QTS, there may be a second record to look for.
pub(super) const BEATRIZ: Persona = Persona {
    name: ("Beatriz", "da Silva"),
    previous_name: None,
    trn: Some("1000016"),
    trn_to_type: Some("1000016"),
    date_of_birth: (2001, 9, 9),
    nino: Some("YZ 10 00 16 B"),
    email_to_type: "beatriz.dasilva@example.com",
    provider: Some("Thames Reach, Southwark & Lambeth SCITT"),
    what_it_shows: "a single match without a QTS date",
    records: &[PersonaRecord {
        trn: "1000016",
        given_name: "Beatriz",
        family_name: "da Silva",
        date_of_birth: "2001-09-09",
        nino: "YZ100016B",
        emails: "beatriz.dasilva@example.com",
        training_providers: "Thames Reach, Southwark & Lambeth SCITT",
        ..PersonaRecord::BLANK
    }],
};
