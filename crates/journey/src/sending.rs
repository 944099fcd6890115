//! What becomes of a code once it is in the outbox: it is hurried, and whoever waits for it is told what is known. A known
//! address and an unknown one are treated alike.

use govuk::form::{Errors, FieldError};
use identity::address::Address;
use identity::carrier::{Fate, Refusal};
use identity::email::Email;
use identity::mobile::Mobile;
use identity::one_time_code::CodePurpose;
use identity::outbox::OutboxState;
use serde_json::{Value, json};
use store::{Db, StoreError};
use uuid::Uuid;

use crate::Journeys;
use crate::ending::Ending;
use crate::form::Form;
use crate::handlers::{Answer, to_frontier};
use crate::load::Visit;
use crate::page::{Kind, Page};
use crate::pages::{email, mobile};
use crate::walk::{Progress, Rest};

/// The page whose form led here, and what was typed.
pub(crate) type Typed<'a> = Option<(&'static Page, &'a Form)>;

impl Journeys {
    /// Hurries a code, now that it is kept. Where it is refused for its address, the page on which that was typed comes back:
    /// the journey waits for the code all the same, and goes on from whatever is typed next.
    pub(crate) async fn hurried(
        &self,
        visit: &Visit,
        progress: &Progress<Ending>,
        message: Uuid,
        typed: Typed<'_>,
    ) -> Answer {
        let is_refused = self.is_refused(message).await;
        if let (true, Rest::Proving(proof), Some((page, form))) = (is_refused, &progress.rest, typed)
            && let Some(error) = refused(page, form, &proof.address())
        {
            return self.show(visit, progress, page, Some((form, Errors::from(error)))).await;
        }
        Ok(to_frontier(visit, progress))
    }

    /// Hurries a code. Is it refused for its address?
    pub(crate) async fn is_refused(&self, message: Uuid) -> bool {
        self.courier.hurry(message).await == Fate::Refused(Refusal::Address)
    }

    /// What a code page says of its code: that the last message to the address came back, or that it takes its time.
    pub(crate) async fn sending_notes(&self, visit: &Visit, to: &Address) -> Result<Value, StoreError> {
        let (id, key, hash) = (visit.interaction.id, to.key().to_owned(), to.undeliverable_hash(&self.hash_key));
        let look = move |db: &mut Db<'_>| -> Result<(bool, bool), StoreError> {
            let came_back = db.undeliverable_addresses().is_noted(&hash)?;
            let code = db.one_time_codes().latest(&id, &key, CodePurpose::SignIn)?;
            let message = code.map(|code| db.outbox().by_id(code.id)).transpose()?.flatten();
            Ok((came_back, message.is_some_and(|message| message.state == OutboxState::Due && message.attempts > 0)))
        };
        let (came_back, is_late) = self.store.glance(look).await?;
        Ok(json!({ "came_back": came_back, "is_late": is_late, "to": to_what(to) }))
    }
}

fn to_what(address: &Address) -> &'static str {
    match address {
        Address::Email(_) => "address",
        Address::Mobile(_) => "number",
    }
}

/// The notes of a page that is no code page, or whose code nothing is known of.
pub(crate) fn no_notes() -> Value {
    json!({ "came_back": false, "is_late": false, "to": "address" })
}

/// The error on the field into which this address was typed, in the words that the page has for one of the wrong format.
fn refused(page: &Page, form: &Form, address: &Address) -> Option<FieldError> {
    let Kind::Question(question) = &page.kind else { return None };
    let typed = |field: &&&'static str| match address {
        Address::Email(email) => Email::parse(form.get(field)).is_ok_and(|typed| typed == *email),
        Address::Mobile(mobile) => Mobile::parse(form.get(field)).is_ok_and(|typed| typed == *mobile),
    };
    let field = question.fields.iter().find(typed)?;
    let words = match address {
        Address::Email(_) => email::MALFORMED,
        Address::Mobile(_) => mobile::NOT_MOBILE,
    };
    Some(FieldError::new(*field, words))
}
