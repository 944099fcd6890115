//! Every letter in each of its shapes, for the tests.

use std::sync::LazyLock;

use chrono::NaiveDate;
use govuk::Templates;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::message::Message;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::passkey::PasskeyName;
use identity::secret::Plain;
use identity::trn::Trn;

use super::*;

pub(super) const SUPPORT: &str = "help@identity.example";
pub(super) const ACCOUNT: &str = "https://identity.example/account";
pub(super) const OTHER_ADDRESS: &str = "asha.bennett@school.example.sch.uk";
pub(super) const LINK: &str = "https://identity.example/not-me/a.b.c";
pub(super) const NINO: &str = "AB123456C";

/// The name of a shape begins with that of its template.
pub(super) struct Sample {
    pub shape: &'static str,
    pub message: Message,
}

/// What somebody may have typed as they liked.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub name: &'a str,
    pub client_name: &'a str,
    pub reference: &'a str,
}

struct Samples<'a> {
    templates: Templates,
    texts: Texts<'a>,
    all: Vec<Sample>,
}

pub(super) fn usual() -> Vec<Sample> {
    all(Texts { name: "Asha", client_name: "Register for a qualification", reference: "GAI-1234" })
}

pub(super) fn all(texts: Texts<'_>) -> Vec<Sample> {
    static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::new(crate::templates()).unwrap());
    let mut samples = Samples { templates: TEMPLATES.clone(), texts, all: Vec::new() };
    samples.of_the_account();
    samples.of_the_passkeys();
    samples.of_the_search();
    samples.of_the_record();
    samples.of_changes();
    samples.all
}

impl Samples<'_> {
    fn add<L: Letter>(&mut self, shape: &'static str, letter: &L) {
        let to = Email::parse("asha@example.com").unwrap();
        let message = write(letter, &to, &self.templates, (SUPPORT, ACCOUNT)).unwrap_or_else(|error| panic!("{error}"));
        assert!(shape.starts_with(L::NAME), "{shape} is {}", L::NAME);
        self.all.push(Sample { shape, message });
    }

    fn known(&self) -> Addressee {
        Addressee { name: Some(self.texts.name.into()), client_name: Some(self.texts.client_name.into()) }
    }

    fn unknown() -> Addressee {
        Addressee { name: None, client_name: None }
    }

    fn of_the_account(&mut self) {
        let code = Plain::new("012345");
        self.add("one-time-code", &OneTimeCode { code, minutes: 10, client_name: self.texts.client_name.into() });

        let (known, unknown) = (self.known(), Self::unknown());
        let moved_to = Some(Email::parse(OTHER_ADDRESS).unwrap());
        let to_old = EmailChanged { addressee: known.clone(), moved_to: moved_to.clone() };
        self.add("email-changed-to-the-old-address", &to_old);
        self.add("email-changed-to-the-new-address", &EmailChanged { addressee: unknown.clone(), moved_to: None });

        let all = DetailsChanged {
            addressee: known.clone(),
            preferred_name: true,
            official_name: true,
            date_of_birth: true,
            mobile: true,
        };
        self.add("details-changed", &all);
        let one = DetailsChanged {
            addressee: unknown.clone(),
            preferred_name: true,
            official_name: false,
            date_of_birth: false,
            mobile: false,
        };
        self.add("details-changed-one", &one);

        let by_mobile = |addressee: &Addressee| SignedInByMobile {
            addressee: addressee.clone(),
            mobile: "*******0123".into(),
            link: LINK.into(),
        };
        self.add("signed-in-by-mobile", &by_mobile(&known));
        self.add("signed-in-by-mobile-unnamed", &by_mobile(&unknown));
        let dropped =
            |addressee: &Addressee| MobileDropped { addressee: addressee.clone(), mobile: "*******0123".into() };
        self.add("mobile-dropped", &dropped(&known));
        self.add("mobile-dropped-unnamed", &dropped(&unknown));
        let reference = self.texts.reference.into();
        self.add("deletion-asked", &DeletionAsked { addressee: known.clone(), reference });
        let reference = "GAI-1234".into();
        self.add("deletion-asked-unnamed", &DeletionAsked { addressee: unknown.clone(), reference });
        self.add("account-deleted", &AccountDeleted { addressee: known.clone() });
        self.add("account-deleted-unnamed", &AccountDeleted { addressee: unknown.clone() });

        self.add("account-claimed", &AccountClaimed { addressee: known, moved_to: None });
        self.add("account-claimed-and-moved", &AccountClaimed { addressee: unknown, moved_to });
    }

    fn of_the_passkeys(&mut self) {
        let name = PasskeyName::parse("Work laptop").unwrap();
        let address = PasskeyName::parse("Win at evil.example").unwrap();
        self.add("one-login-added", &OneLoginAdded { addressee: self.known() });
        self.add("one-login-added-unnamed", &OneLoginAdded { addressee: Self::unknown() });
        self.add("one-login-removed", &OneLoginRemoved { addressee: self.known() });
        self.add("one-login-removed-unnamed", &OneLoginRemoved { addressee: Self::unknown() });
        self.add("passkey-added", &PasskeyAdded::new(self.known(), &name));
        self.add("passkey-added-unnamed", &PasskeyAdded::new(Self::unknown(), &address));
        self.add("passkey-removed", &PasskeyRemoved::new(self.known(), &name));
        self.add("passkey-removed-unnamed", &PasskeyRemoved::new(Self::unknown(), &address));
    }

    fn of_the_search(&mut self) {
        let (known, unknown) = (self.known(), Self::unknown());
        let stated = Some(trn("7654321"));
        self.add("trn-told", &TrnTold { addressee: known.clone(), trn: trn("1234567"), stated });
        self.add(
            "trn-told-to-who-has-none",
            &TrnTold { addressee: unknown.clone(), trn: trn("1234567"), stated: None },
        );

        let part = |text| NamePart::parse(text).unwrap();
        let all = DetailsDiffer {
            addressee: known.clone(),
            official_name: Some(PersonName { first: part(self.texts.name), middle: None, last: part("Bennett") }),
            date_of_birth: NaiveDate::from_ymd_opt(1985, 3, 4).map(DateOfBirth::new),
            nino: Some(Nino::parse(NINO).unwrap()),
            email: Some(Email::parse(OTHER_ADDRESS).unwrap()),
        };
        self.add("details-differ", &all);
        let one = DetailsDiffer { addressee: unknown.clone(), official_name: None, date_of_birth: None, ..all };
        self.add("details-differ-unnamed", &DetailsDiffer { nino: None, ..one });

        self.add("record-found", &RecordFound { addressee: known.clone(), trn: trn("1234567") });
        self.add("record-found-unnamed", &RecordFound { addressee: unknown.clone(), trn: trn("1234567") });
        self.add("record-not-found", &RecordNotFound { addressee: known.clone() });
        self.add("record-not-found-unnamed", &RecordNotFound { addressee: unknown.clone() });
        self.add("ticket-raised", &TicketRaised { addressee: known, reference: self.texts.reference.into() });
        self.add("ticket-raised-unnamed", &TicketRaised { addressee: unknown, reference: "GAI-1234".into() });
    }

    fn of_changes(&mut self) {
        let (known, unknown) = (self.known(), Self::unknown());
        let (reference, reason) = (self.texts.reference.to_owned(), self.texts.name.to_owned());
        for (official_name, addressee) in [(true, known), (false, unknown)] {
            let shape = |of_a_name, of_a_date| if official_name { of_a_name } else { of_a_date };
            let (addressee, reference) = (addressee.clone(), reference.clone());
            let requested =
                ChangeRequested { addressee: addressee.clone(), official_name, reference: reference.clone() };
            self.add(shape("change-requested", "change-requested-date"), &requested);
            let made = ChangeMade { addressee: addressee.clone(), official_name, reference: reference.clone() };
            self.add(shape("change-made", "change-made-date"), &made);
            let refused = ChangeRefused { addressee, official_name, reference, reason: reason.clone() };
            self.add(shape("change-refused", "change-refused-date"), &refused);
        }
    }

    fn of_the_record(&mut self) {
        let (known, unknown) = (self.known(), Self::unknown());
        let ended =
            RecordEnded { addressee: known.clone(), trn: trn("1234567"), reference: self.texts.reference.into() };
        self.add("record-ended", &ended);
        let ended = RecordEnded { addressee: unknown.clone(), ..ended };
        self.add("record-ended-unnamed", &ended);
        let replaced = RecordReplaced { addressee: known, old_trn: trn("1234567"), new_trn: trn("7654321") };
        self.add("record-replaced", &replaced);
        self.add("record-replaced-unnamed", &RecordReplaced { addressee: unknown, ..replaced });
    }
}

fn trn(digits: &str) -> Trn {
    Trn::parse(digits).unwrap()
}
