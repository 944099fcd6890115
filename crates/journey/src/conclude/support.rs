//! What support is asked: whose record is it, and whose account.

use identity::account::{Account, AccountId};
use identity::email::Email;
use identity::interaction::Outcome;
use identity::ticket::{Reference, Ticket, TicketId, TicketKind, TicketState};
use store::Db;

use super::{Failed, Last};
use crate::ending::Search;
use crate::messages::TicketRaised;

impl Last {
    /// One ticket an account: who comes back while it is open gets no second one.
    pub(super) fn raise_ticket(&self, db: &mut Db<'_>, account: &Account, search: &Search) -> Result<(), Failed> {
        let ticket = Ticket {
            account: Some(account.id),
            contact: account.email.clone(),
            name: account.official_name.clone(),
            preferred_name: account.preferred_name.clone(),
            ..self.ticket(TicketKind::RecordSearch, &account.email, search)
        };
        let Some(reference) = self.scribe.raise(db, &ticket)? else { return Ok(()) };
        let letter = TicketRaised { addressee: self.scribe.addressee(account), reference: reference.to_string() };
        Ok(self.scribe.letter(db, &letter, &account.email)?)
    }

    /// The person goes with a reference number; whoever they are, they are not signed in.
    pub(super) fn ask_support(
        &self,
        db: &mut Db<'_>,
        holder: AccountId,
        email: &Email,
        search: &Search,
    ) -> Result<Outcome, Failed> {
        let ticket = Ticket { holder: Some(holder), ..self.ticket(TicketKind::AccountAccess, email, search) };
        let open = self.scribe.raised(db, &ticket)?;
        Ok(Outcome::AskedSupport { reference: open.reference })
    }

    fn ticket(&self, kind: TicketKind, contact: &Email, search: &Search) -> Ticket {
        let answers = &self.state.answers;
        let random = &self.scribe.journeys.random;
        let stated = search.stated.name.as_ref().expect("nobody is searched for without a name");
        Ticket {
            id: TicketId::new(random),
            reference: Reference::new(random),
            kind,
            account: None,
            holder: None,
            interaction: Some(self.interaction.id),
            client: Some(self.client.id.clone()),
            contact: contact.clone(),
            name: stated.current.clone(),
            preferred_name: answers.preferred_name.clone(),
            stated: search.stated.clone(),
            claims_qts: search.claims.qts,
            verdict: Some(search.verdict.clone()),
            state: TicketState::Open,
            created_at: self.at,
        }
    }
}
