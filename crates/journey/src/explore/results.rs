//! Every kind of result that a look-up can have, as samples.

use identity::account::{AccountId, LookupStatus};
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::matching::{Decision, Policy, Verdict};
use identity::name::{NamePart, PersonName};
use identity::random::Random;
use identity::trn::Trn;

use crate::state::{Found, KnownAccount, Lookup};

/// What a look-up asks, in the words of the diagram.
pub(super) fn question(lookup: &Lookup) -> &'static str {
    match lookup {
        Lookup::AccountByEmail(_) => "Whose address is this?",
        Lookup::AccountByTrn(_) => "Who holds this record?",
        Lookup::Record(..) => "Do three agree with one record?",
    }
}

pub(super) fn of(lookup: &Lookup) -> Vec<(&'static str, Found)> {
    match lookup {
        Lookup::AccountByEmail(email) => vec![
            ("nobody’s", Found::Account(None)),
            ("an account’s", Found::Account(Some(account(1, email.clone(), Some(LookupStatus::Found))))),
            ("an account’s, record never looked for", Found::Account(Some(account(2, email.clone(), None)))),
        ],
        Lookup::AccountByTrn(_) => {
            let other = Email::parse("holder@example.com").expect("this is an address");
            vec![
                ("nobody", Found::Account(None)),
                ("another account", Found::Account(Some(account(3, other, Some(LookupStatus::Found))))),
            ]
        }
        Lookup::Record(_, policy) => {
            let trn = |text| Trn::parse(text).expect("this is a TRN");
            let label = Policy::named(*policy).label();
            let verdict =
                |decision| Found::Verdict(Verdict { policy: label.clone(), decision, explanations: Vec::new() });
            vec![
                ("one", verdict(Decision::One(trn("1234567")))),
                ("none", verdict(Decision::None)),
                ("several", verdict(Decision::Several(vec![trn("1234567"), trn("7654321")]))),
                ("no answer", verdict(Decision::Unsure)),
            ]
        }
    }
}

fn account(seed: u64, email: Email, lookup_status: Option<LookupStatus>) -> KnownAccount {
    let part = |text| NamePart::parse(text).expect("this is a name");
    KnownAccount {
        id: AccountId::new(&Random::seeded(seed)),
        email,
        name: PersonName { first: part("Asha"), middle: None, last: part("Bennett") },
        date_of_birth: chrono::NaiveDate::from_ymd_opt(1985, 3, 14).map(DateOfBirth::new),
        lookup_status,
    }
}
