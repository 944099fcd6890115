//! Somebody who is signed in changed one of their details.

use identity::account::{AccountId, DetailChanges};
use identity::interaction::Outcome;
use store::Db;

use super::{Failed, Last};

impl Last {
    /// A record that was linked meanwhile has taken the name and the date of birth out of the person's hands.
    pub(super) fn change(&self, db: &mut Db<'_>, id: AccountId, changes: &DetailChanges) -> Result<Outcome, Failed> {
        let linked = db.accounts().by_id(id)?.is_none_or(|account| account.record.is_some());
        let changes = match linked {
            true => DetailChanges { name: None, date_of_birth: None, ..changes.clone() },
            false => changes.clone(),
        };
        let details = self.change_details(db, id, &changes)?;
        if !details.is_empty() {
            self.correct_search(db, id, &changes)?;
        }
        Ok(Outcome::Changed { account: id, details })
    }
}
