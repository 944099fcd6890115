//! Personas who are matched, each by another three identifiers.

use super::Persona;
use super::record::PersonaRecord;

/// Double-barrelled family name, and the record has her email address: three identifiers agree as soon as she has given
/// her date of birth.
pub(super) const ASHA: Persona = Persona {
    name: ("Asha", "Okonkwo-Bennett"),
    previous_name: None,
    trn: Some("1000001"),
    trn_to_type: Some("1000001"),
    date_of_birth: (1987, 4, 12),
    nino: Some("YZ 10 00 01 A"),
    email_to_type: "asha.okonkwo-bennett@example.com",
    provider: Some("University of Leeds"),
    what_it_shows: "matched on name, date of birth and email, with no further question",
    records: &[PersonaRecord {
        trn: "1000001",
        given_name: "Asha",
        middle_name: "Chidinma",
        family_name: "Okonkwo-Bennett",
        date_of_birth: "1987-04-12",
        nino: "YZ100001A",
        emails: "asha.okonkwo-bennett@example.com;a.okonkwo-bennett@canal-street-primary.example",
        training_providers: "University of Leeds",
        qts_date: "2010-08-01",
        ..PersonaRecord::BLANK
    }],
};

/// The record has only the address of a school that he left, so that the NINO is his third identifier.
pub(super) const GARETH: Persona = Persona {
    name: ("Gareth", "O'Connell"),
    previous_name: None,
    trn: Some("1000002"),
    trn_to_type: None,
    date_of_birth: (1979, 11, 3),
    nino: Some("YZ 10 00 02 B"),
    email_to_type: "gareth.oconnell@example.com",
    provider: Some("Durham University"),
    what_it_shows: "matched only after the NINO, because the record has another email",
    records: &[PersonaRecord {
        trn: "1000002",
        given_name: "Gareth",
        middle_name: "Brendan",
        family_name: "O'Connell",
        date_of_birth: "1979-11-03",
        nino: "YZ100002B",
        emails: "g.oconnell@st-brendans.example",
        training_providers: "Durham University",
        qts_date: "2002-08-01",
        ..PersonaRecord::BLANK
    }],
};

/// The record that the rules for names are told by: "jane SMITH" agrees, "Jan Smith" does not, and "Jane Smith-Taylor"
/// does with Smith as the previous family name.
pub(super) const JANE_SMITH: Persona = Persona {
    name: ("jane", "SMITH"),
    previous_name: None,
    trn: Some("1000003"),
    trn_to_type: Some("1000003"),
    date_of_birth: (1985, 2, 14),
    nino: Some("YZ 10 00 03 C"),
    email_to_type: "jane.smith@example.com",
    provider: Some("University of Exeter"),
    what_it_shows: "a name in any case agrees; try Jane Smith-Taylor with the previous name Smith, and Jan Smith, too",
    records: &[PersonaRecord {
        trn: "1000003",
        given_name: "Jane",
        family_name: "Smith",
        date_of_birth: "1985-02-14",
        nino: "YZ100003C",
        emails: "jane.smith@example.com",
        training_providers: "University of Exeter",
        qts_date: "2007-08-01",
        ..PersonaRecord::BLANK
    }],
};

/// Jane Smith until she married; the record has both names, she gives both, and neither hides the other.
pub(super) const JANE_TAYLOR: Persona = Persona {
    name: ("Jane", "Taylor"),
    previous_name: Some(("Jane", "Smith")),
    trn: Some("1000004"),
    trn_to_type: None,
    date_of_birth: (1990, 6, 30),
    nino: Some("YZ 10 00 04 D"),
    email_to_type: "jane.taylor@example.org",
    provider: Some("Canterbury Christ Church University"),
    what_it_shows: "a record with a previous name: Smith, now Taylor",
    records: &[PersonaRecord {
        trn: "1000004",
        given_name: "Jane",
        middle_name: "Louise",
        family_name: "Taylor",
        previous_names: "Jane|Smith",
        date_of_birth: "1990-06-30",
        nino: "YZ100004D",
        emails: "jane.taylor@example.org;jane.smith90@example.net",
        training_providers: "Canterbury Christ Church University",
        qts_date: "2013-07-19",
        ..PersonaRecord::BLANK
    }],
};

/// Her keyboard has no circumflex; the record has one.
pub(super) const SIAN: Persona = Persona {
    name: ("Sian", "Llewellyn"),
    previous_name: None,
    trn: Some("1000005"),
    trn_to_type: Some("1000005"),
    date_of_birth: (1993, 3, 1),
    nino: Some("YZ 10 00 05 A"),
    email_to_type: "sian.llewellyn@example.com",
    provider: Some("Goldsmiths, University of London"),
    what_it_shows: "accents make no difference: the record says Siân",
    records: &[PersonaRecord {
        trn: "1000005",
        given_name: "Siân",
        middle_name: "Mair",
        family_name: "Llewellyn",
        date_of_birth: "1993-03-01",
        nino: "YZ100005A",
        emails: "sian.llewellyn@example.com",
        training_providers: "Goldsmiths, University of London",
        qts_date: "2015-08-01",
        ..PersonaRecord::BLANK
    }],
};

/// A given name of one letter, a family name of two.
pub(super) const J_LI: Persona = Persona {
    name: ("J", "Li"),
    previous_name: None,
    trn: Some("1000006"),
    trn_to_type: Some("1000006"),
    date_of_birth: (1996, 2, 29),
    nino: Some("YZ 10 00 06 B"),
    email_to_type: "j.li@example.net",
    provider: Some("King's College London"),
    what_it_shows: "a given name of one letter, born on a leap day",
    records: &[PersonaRecord {
        trn: "1000006",
        given_name: "J",
        family_name: "Li",
        date_of_birth: "1996-02-29",
        nino: "YZ100006B",
        emails: "j.li@example.net",
        training_providers: "King's College London",
        qts_date: "2019-08-01",
        ..PersonaRecord::BLANK
    }],
};

/// The record has neither his NINO nor an email address: the TRN is the third identifier.
pub(super) const TOMASZ: Persona = Persona {
    name: ("Tomasz", "Wójcik"),
    previous_name: None,
    trn: Some("1000007"),
    trn_to_type: Some("RP10/00007"),
    date_of_birth: (1982, 9, 21),
    nino: Some("YZ 10 00 07 C"),
    email_to_type: "tomasz.wojcik@example.com",
    provider: None,
    what_it_shows: "found only by the TRN, typed as on an old letter",
    records: &[PersonaRecord {
        trn: "1000007",
        given_name: "Tomasz",
        family_name: "Wójcik",
        date_of_birth: "1982-09-21",
        qts_date: "2009-03-16",
        ..PersonaRecord::BLANK
    }],
};

/// She knows neither number, and the record has no email address: the training provider is the third identifier.
pub(super) const PRIYA: Persona = Persona {
    name: ("Priya", "D'Souza"),
    previous_name: None,
    trn: Some("1000008"),
    trn_to_type: None,
    date_of_birth: (1998, 12, 5),
    nino: None,
    email_to_type: "priya.dsouza@example.org",
    provider: Some("South Downs Maths & Physics SCITT"),
    what_it_shows: "found only by the training provider",
    records: &[PersonaRecord {
        trn: "1000008",
        given_name: "Priya",
        middle_name: "Maria",
        family_name: "D'Souza",
        date_of_birth: "1998-12-05",
        nino: "YZ100008D",
        training_providers: "University of Sussex;South Downs Maths & Physics SCITT",
        qts_date: "2021-08-01",
        ..PersonaRecord::BLANK
    }],
};
