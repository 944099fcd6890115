//! Somebody who is signed in changed one of their details, or asked support for a change of their record.

use identity::account::{AccountId, DetailChanges};
use identity::interaction::Outcome;
use store::Db;

use super::{Failed, Last};
use crate::ending::Request;

impl Last {
    /// A record that was linked meanwhile has taken the name and the date of birth out of the person's hands.
    pub(super) fn change(
        &self,
        db: &mut Db<'_>,
        id: AccountId,
        (changes, request): (&DetailChanges, Option<&Request>),
    ) -> Result<Outcome, Failed> {
        let linked = db.accounts().by_id(id)?.is_none_or(|account| account.record.is_some());
        let changes = match linked {
            true => DetailChanges { name: None, date_of_birth: None, ..changes.clone() },
            false => changes.clone(),
        };
        let details = self.change_details(db, id, &changes)?;
        if !details.is_empty() {
            self.correct_search(db, id, &changes)?;
        }
        let asked = match request {
            Some(request) => self.ask_for_change(db, id, request)?,
            None => None,
        };
        Ok(Outcome::Changed { account: id, details, asked })
    }
}
