//! Somebody proved the number of an account instead of its address: its owner is told, and can undo it.

use identity::account::AccountId;
use identity::mobile::Mobile;
use store::Db;

use super::{Failed, Last};
use crate::messages::SignedInByMobile;
use crate::not_me::NotMe;

impl Last {
    pub(super) fn signed_in_by_mobile(&self, db: &mut Db<'_>, id: AccountId, mobile: &Mobile) -> Result<(), Failed> {
        let Some(account) = db.accounts().by_id(id)? else { return Err(Failed::Contradicted) };
        let journeys = &self.scribe.journeys;
        let not_me = NotMe {
            account: id,
            owner: account.email.clone(),
            interaction: self.interaction.id,
            mobile: mobile.clone(),
            signed_in_at: self.at,
        };
        let letter = SignedInByMobile {
            addressee: self.scribe.addressee(&account),
            mobile: mobile.redacted(),
            link: format!("{}/not-me/{}", journeys.settings.issuer, not_me.sealed(journeys)),
        };
        Ok(self.scribe.letter(db, &letter, &account.email)?)
    }
}
