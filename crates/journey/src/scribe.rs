//! Writes down what happened: events for the trail, letters for the outbox, in the transaction of the fact itself.

use std::sync::Arc;

use identity::account::{Account, AccountId, DetailChanges, LookupStatus, RecordLink, RecordSeen};
use identity::client::Client;
use identity::clock::Time;
use identity::email::Email;
use identity::event::{Detail, Event, EventKind};
use identity::follow::{RecordChange, changes};
use identity::matching::{Decision, Identifiers, MatchPolicy, StatedName};
use identity::search::RecordSearch;
use identity::ticket::{self, Agent, Reference, Ticket, TicketId, TicketKind, TicketState};
use identity::trn::Trn;
use store::{Constraint, Db, StoreError};

use crate::Journeys;
use crate::messages::{Addressee, DetailsChanged, EmailChanged, Letter, RecordEnded, RecordReplaced};
use crate::record_seen::Seen;

/// Why something was not written. The whole transaction is undone with it.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a letter cannot be written")]
    Letter(#[from] govuk::RenderError),
}

#[derive(Clone)]
pub(crate) struct Scribe {
    pub journeys: Journeys,
    at: Time,
    /// The service that the person is on the way to, if any.
    client: Option<Arc<Client>>,
}

impl Scribe {
    pub(crate) fn new(journeys: Journeys, at: Time, client: Option<Arc<Client>>) -> Scribe {
        Scribe { journeys, at, client }
    }

    pub(crate) fn at(&self) -> Time {
        self.at
    }

    pub(crate) fn event(&self, db: &mut Db<'_>, account: AccountId, kind: EventKind) -> Result<(), StoreError> {
        let client = self.client.as_ref().map(|client| client.id.clone());
        db.events().record(&Event { id: self.journeys.random.uuid_at(self.at), at: self.at, kind, account, client })
    }

    pub(crate) fn letter(&self, db: &mut Db<'_>, letter: &impl Letter, to: &Email) -> Result<(), NotWritten> {
        let message = self.journeys.outgoing(letter, to)?;
        let owner = db.accounts().by_email(to)?;
        let message = owner.map_or(message.clone(), |owner| message.about(owner.id));
        Ok(db.outbox().put(&message)?)
    }

    pub(crate) fn addressee(&self, account: &Account) -> Addressee {
        let addressee = Addressee::of(account);
        match &self.client {
            Some(client) if !client.is_ourselves() => addressee.at(client),
            _ => addressee,
        }
    }

    /// The reference of a ticket that was not open before; nothing when the account has one.
    pub(crate) fn raise(&self, db: &mut Db<'_>, ticket: &Ticket) -> Result<Option<Reference>, StoreError> {
        let open = self.raised(db, ticket)?;
        let new = open.id == ticket.id;
        if let (true, Some(account)) = (new, ticket.account) {
            self.event(db, account, EventKind::TicketRaised { reference: open.reference.clone() })?;
        }
        Ok(new.then_some(open.reference))
    }

    /// The ticket that is open now: this one, or the one that was open already.
    pub(crate) fn raised(&self, db: &mut Db<'_>, ticket: &Ticket) -> Result<Ticket, StoreError> {
        let mut ticket = ticket.clone();
        loop {
            match db.tickets().raise(&ticket) {
                // Another ticket happens to be called the same.
                Err(StoreError::Unique(Constraint::TicketReference)) => {
                    ticket.reference = Reference::new(&self.journeys.random);
                }
                raised => return raised,
            }
        }
    }

    /// A record was found before support did: nothing is left to search, or to decide.
    pub(crate) fn found_by_itself(&self, db: &mut Db<'_>, account: &Account) -> Result<(), StoreError> {
        db.record_searches().end(account.id)?;
        let (Some(ticket), Some(trn)) = (db.tickets().open_of_account(account.id)?, account.trn()) else {
            return Ok(());
        };
        db.tickets().close(ticket.id, &ticket::Decision::FoundByItself(trn.clone()), &Agent::service(), self.at)?;
        Ok(())
    }

    /// The account follows its record: takes over what has changed, moves on to the record that it became, or is no
    /// longer linked to any.
    pub(crate) fn follow_record(&self, db: &mut Db<'_>, account: &Account, seen: &Seen) -> Result<(), NotWritten> {
        if let Some(sight) = self.followed(db, account, seen)? {
            db.accounts().see_record(account.id, Some(&sight))?;
        }
        Ok(())
    }

    /// [`Scribe::follow_record`], but what was seen of the record that is linked now is left to be written down.
    pub(crate) fn followed(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        seen: &Seen,
    ) -> Result<Option<RecordSeen>, NotWritten> {
        let Some(link) = &account.record else { return Ok(None) };
        if link.trn != seen.linked.trn {
            return Ok(None);
        }
        let changes = changes(account, &seen.linked, self.at);
        let ends = |change: &RecordChange| matches!(change, RecordChange::ReplacedBy(_) | RecordChange::Ended);
        if !changes.iter().any(ends) {
            return self.take_over(db, account, seen, changes).map(Some);
        }
        if seen.now.is_current()
            && let Some(sight) = self.move_on(db, account, link, seen)?
        {
            return Ok(Some(sight));
        }
        self.unlink(db, account, &link.trn)?;
        Ok(None)
    }

    fn take_over(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        seen: &Seen,
        changes: Vec<RecordChange>,
    ) -> Result<RecordSeen, NotWritten> {
        let sight = RecordSeen::of(&seen.now, self.at);
        self.granted(db, account, &seen.now)?;
        if changes.is_empty() {
            return Ok(sight);
        }
        let born = changes.contains(&RecordChange::DateOfBirth).then_some(seen.now.date_of_birth);
        let details =
            DetailChanges { name: Some(seen.now.name.clone()), date_of_birth: born, ..DetailChanges::default() };
        db.accounts().change_details(account.id, &details, self.at)?;
        self.event(db, account.id, EventKind::RecordFollowed { changes })?;
        Ok(sight)
    }

    /// Nothing when another account holds the record that this one became.
    fn move_on(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        old: &RecordLink,
        seen: &Seen,
    ) -> Result<Option<RecordSeen>, NotWritten> {
        let link = RecordLink { trn: seen.now.trn.clone(), ..old.clone() };
        match db.accounts().settle_record(account.id, LookupStatus::Found, Some(&link), None, self.at) {
            Ok(()) => {}
            Err(StoreError::Unique(Constraint::AccountTrn)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let sight = self.take_over(db, account, seen, vec![RecordChange::ReplacedBy(link.trn.clone())])?;
        let addressee = self.addressee(account);
        let letter = RecordReplaced { addressee, old_trn: old.trn.clone(), new_trn: link.trn };
        self.letter(db, &letter, &account.email)?;
        Ok(Some(sight))
    }

    /// Support finds out what became of the record, and it is searched again meanwhile.
    fn unlink(&self, db: &mut Db<'_>, account: &Account, trn: &Trn) -> Result<(), NotWritten> {
        db.accounts().settle_record(account.id, LookupStatus::Pending, None, None, self.at)?;
        db.accounts().see_record(account.id, None)?;
        let stated = held(account);
        let policy = MatchPolicy::Default;
        db.record_searches().put(&RecordSearch::after(account.id, stated.clone(), policy, &Decision::None, self.at))?;
        self.event(db, account.id, EventKind::RecordFollowed { changes: vec![RecordChange::Ended] })?;
        let stated = Identifiers { trn: Some(trn.clone()), ..stated };
        let ticket = self.ticket_of(account, stated);
        self.raise(db, &ticket)?;
        let Some(open) = db.tickets().open_of_account(account.id)? else { return Ok(()) };
        let letter =
            RecordEnded { addressee: self.addressee(account), trn: trn.clone(), reference: open.reference.to_string() };
        self.letter(db, &letter, &account.email)
    }

    fn ticket_of(&self, account: &Account, stated: Identifiers) -> Ticket {
        Ticket {
            id: TicketId::new(&self.journeys.random),
            reference: Reference::new(&self.journeys.random),
            kind: TicketKind::RecordSearch,
            account: Some(account.id),
            holder: None,
            interaction: None,
            client: self.client.as_ref().map(|client| client.id.clone()),
            contact: account.email.clone(),
            name: account.official_name.clone(),
            preferred_name: account.preferred_name.clone(),
            stated,
            claims_qts: None,
            verdict: None,
            state: TicketState::Open,
            created_at: self.at,
        }
    }

    /// Tells the owner what was changed; a change of the address at the old one too. Says what that was.
    pub(crate) fn details_changed(
        &self,
        db: &mut Db<'_>,
        old: &Account,
        new: &Account,
    ) -> Result<Vec<Detail>, NotWritten> {
        let changed = [
            (Detail::PreferredName, old.preferred_name != new.preferred_name),
            (Detail::Name, old.official_name != new.official_name),
            (Detail::DateOfBirth, old.date_of_birth != new.date_of_birth),
            (Detail::Email, old.email != new.email),
            (Detail::Mobile, old.mobile != new.mobile),
        ];
        let details: Vec<Detail> = changed.into_iter().filter_map(|(detail, is)| is.then_some(detail)).collect();
        if details.is_empty() {
            return Ok(details);
        }
        let has = |detail| details.contains(&detail);
        if has(Detail::Email) {
            let letter = |moved_to| EmailChanged { addressee: self.addressee(new), moved_to };
            self.letter(db, &letter(Some(new.email.clone())), &old.email)?;
            self.letter(db, &letter(None), &new.email)?;
        }
        if details.iter().any(|detail| *detail != Detail::Email) {
            let letter = DetailsChanged {
                addressee: self.addressee(new),
                preferred_name: has(Detail::PreferredName),
                official_name: has(Detail::Name),
                date_of_birth: has(Detail::DateOfBirth),
                mobile: has(Detail::Mobile),
            };
            self.letter(db, &letter, &new.email)?;
        }
        self.event(db, new.id, EventKind::DetailsChanged { details: details.clone() })?;
        Ok(details)
    }
}

/// What an account holds of the six identifiers.
pub(crate) fn held(account: &Account) -> Identifiers {
    Identifiers {
        email: Some(account.email.clone()),
        name: Some(StatedName::only(account.official_name.clone())),
        date_of_birth: account.date_of_birth,
        nino: account.nino.clone(),
        ..Identifiers::default()
    }
}
