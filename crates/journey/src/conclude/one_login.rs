//! Somebody came by GOV.UK One Login: from then on it leads to their account, and the owner is told.

use identity::account::AccountId;
use identity::event::EventKind;
use identity::one_login::OneLoginLink;
use store::Db;

use super::{Failed, Last};
use crate::messages::OneLoginAdded;
use crate::state::Proof;

impl Last {
    /// Is it One Login that says who this is? It is linked to nobody's account but one whose address was proved in this
    /// journey, and to none that has another date of birth than was verified there: then it is another person.
    pub(super) fn signed_in_by_one_login(&self, db: &mut Db<'_>, id: AccountId) -> Result<bool, Failed> {
        let Some(proved) = &self.state.answers.one_login else { return Ok(false) };
        match db.one_logins().by_subject(&proved.subject)? {
            Some(link) if link.account == id => {
                db.one_logins().mark_used(&proved.subject, self.at)?;
                return Ok(true);
            }
            // Somebody has linked it since this journey looked.
            Some(_) => return Err(Failed::Contradicted),
            None => {}
        }
        let Some(account) = db.accounts().by_id(id)? else { return Ok(false) };
        let born = proved.identity.as_ref().map(|identity| identity.date_of_birth);
        let is_another = born.zip(account.date_of_birth).is_some_and(|(verified, held)| verified != held);
        if is_another || !self.state.has(&Proof::Email(account.email.clone())) {
            return Ok(false);
        }
        db.one_logins().link(&OneLoginLink {
            id: self.scribe.journeys.random.uuid(),
            subject: proved.subject.clone(),
            account: id,
            linked_at: self.at,
            last_used_at: self.at,
        })?;
        self.scribe.event(db, id, EventKind::OneLoginLinked)?;
        if !self.state.registered {
            let letter = OneLoginAdded { addressee: self.scribe.addressee(&account) };
            self.scribe.letter(db, &letter, &account.email)?;
        }
        Ok(true)
    }
}
