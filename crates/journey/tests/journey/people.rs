//! What people do on their way, and what is left of it.

use identity::account::{Account, AccountId};
use identity::event::EventKind;
use identity::interaction::Outcome;
use identity::message::Message;
use identity::search::RecordSearch;
use identity::ticket::Ticket;
use store::{StoreError, TicketFilter};

use crate::world::{Person, Seen, World};

pub(crate) const BORN: [&str; 3] = ["14", "3", "1985"];
const CODE: &str = "one-time-code";

/// What somebody without any number says of themselves when the records do not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// No TRN, and no QTS.
    Neither,
    /// They have a TRN, and do not know it.
    Trn,
    /// They have QTS, and not from a university, SCITT or school.
    Qts,
    /// They have QTS from this one.
    QtsFrom(&'static str),
}

impl Person<'_> {
    /// Proves an address, and says who they are.
    pub(crate) async fn starts(&self, email: &str, first: &str, last: &str) -> Seen {
        self.proves(email).await.leads_to("official-name");
        self.says_who_they_are(first, last, BORN).await
    }

    /// From the question about the National Insurance number to the last one, which leads to where the answers are
    /// played back.
    pub(crate) async fn has_no_number(&self, says: Says) -> Seen {
        self.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
        if says == Says::Trn {
            self.answers("has-trn", &[("has_trn", "yes")]).await.leads_to("trn");
            self.answers("trn", &[("unknown", "true")]).await.leads_to("has-qts");
        } else {
            self.answers("has-trn", &[("has_trn", "no")]).await.leads_to("has-qts");
        }
        self.says_whether_they_have_qts(says).await
    }

    pub(crate) async fn says_whether_they_have_qts(&self, says: Says) -> Seen {
        match says {
            Says::Neither | Says::Trn => self.answers("has-qts", &[("has_qts", "no")]).await,
            Says::Qts => {
                self.answers("has-qts", &[("has_qts", "yes")]).await.leads_to("has-provider");
                self.answers("has-provider", &[("has_provider", "no")]).await
            }
            Says::QtsFrom(provider) => {
                self.answers("has-qts", &[("has_qts", "yes")]).await.leads_to("has-provider");
                self.answers("has-provider", &[("has_provider", "yes")]).await.leads_to("provider");
                self.answers("provider", &[("provider", provider)]).await
            }
        }
    }

    /// Says that they have a National Insurance number, and which.
    pub(crate) async fn gives_nino(&self, nino: &str) -> Seen {
        self.answers("has-nino", &[("has_nino", "yes")]).await.leads_to("nino");
        self.answers("nino", &[("nino", nino)]).await
    }

    /// Says that they have no National Insurance number, but a TRN, and which.
    pub(crate) async fn gives_trn(&self, trn: &str) -> Seen {
        self.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
        self.answers("has-trn", &[("has_trn", "yes")]).await.leads_to("trn");
        self.answers("trn", &[("trn", trn)]).await
    }

    pub(crate) async fn changes(&self, page: &str, fields: &[(&str, &str)]) -> Seen {
        self.visits("your-details").await.says(200, page);
        self.answers(page, fields).await
    }
}

impl World {
    /// Somebody registers with three identifiers that agree with a record, or at a service that does not ask.
    pub(crate) async fn registers(&self, client: &str, email: &str, first: &str, last: &str) -> Account {
        let person = self.person_from(client).await;
        person.starts(email, first, last).await.leads_to("check-answers");
        person.answers("check-answers", &[]).await.creates();
        self.account(email).await.unwrap()
    }

    /// Somebody registers whom the records do not know.
    pub(crate) async fn registers_without_record(&self, client: &str, email: &str, says: Says) -> Account {
        let person = self.person_from(client).await;
        person.starts(email, "Morgan", "Reid").await.leads_to("has-nino");
        let played_back = if says == Says::Neither { "check-answers" } else { "no-match" };
        person.has_no_number(says).await.leads_to(played_back);
        person.answers(played_back, &[]).await.creates();
        self.account(email).await.unwrap()
    }

    /// Somebody whom we know signs in; what is kept of them afterwards.
    pub(crate) async fn signs_in(&self, client: &str, email: &str) -> Account {
        let person = self.person_from(client).await;
        person.proves(email).await.leads_to("your-details");
        person.confirms_their_details().await.ends();
        let id = self.signed_in(&person).await;
        self.account_with(id).await
    }

    pub(crate) async fn account_with(&self, id: AccountId) -> Account {
        let found: Result<_, StoreError> = self.journeys.store.read(move |db| db.accounts().by_id(id)).await;
        found.unwrap().unwrap()
    }

    pub(crate) async fn search_of(&self, account: &Account) -> Option<RecordSearch> {
        let id = account.id;
        self.journeys.store.read(move |db| db.record_searches().of_account(id)).await.unwrap()
    }

    pub(crate) async fn open_ticket_of(&self, account: &Account) -> Option<Ticket> {
        let id = account.id;
        self.journeys.store.read(move |db| db.tickets().open_of_account(id)).await.unwrap()
    }

    /// Every ticket, the newest first.
    pub(crate) async fn tickets(&self) -> Vec<Ticket> {
        self.journeys.store.read(|db| db.tickets().list(TicketFilter::All, 100, None)).await.unwrap()
    }

    /// What happened to an account, the newest first.
    pub(crate) async fn events(&self, account: &Account) -> Vec<EventKind> {
        let id = account.id;
        let events = self.journeys.store.read(move |db| db.events().of_account(id, 100)).await.unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }

    /// The names of those that happened to an account, but for signing in, in the order of the alphabet.
    pub(crate) async fn happened(&self, account: &Account) -> Vec<&'static str> {
        let events = self.events(account).await;
        let mut names: Vec<&str> = events.iter().map(EventKind::name).filter(|name| *name != "signed_in").collect();
        names.sort_unstable();
        names
    }

    /// The letters to an address, but for codes, in the order of the alphabet.
    pub(crate) async fn letters(&self, to: &str) -> Vec<String> {
        let sent = self.mailbox().await.into_iter().filter(|message| message.to == to);
        let mut names: Vec<String> = sent.map(|message| message.template).filter(|name| name != CODE).collect();
        names.sort_unstable();
        names
    }

    pub(crate) async fn letter(&self, to: &str, name: &str) -> Message {
        let mut sent = self.mailbox().await.into_iter();
        sent.find(|message| message.to == to && message.template == name).expect("the letter was sent")
    }

    pub(crate) async fn outcome(&self, person: &Person<'_>) -> Option<Outcome> {
        self.interaction(person.id).await.outcome
    }
}
