//! One-time codes: sends them, and checks what a person types.

use chrono::Duration;
use identity::address::Address;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::message::Message;
use identity::one_time_code::{CodePurpose, DIGITS, MAX_TRIES, OneTimeCode, REPLACED_WITHIN};
use identity::outbox::{OutboxMessage, SEAL_PURPOSE};
use identity::secret::{Hashed, Plain, Purpose};
use store::{Db, StoreError};
use uuid::Uuid;

use crate::budgets::{Act, Counts, TooSoon};
use crate::load::Visit;
use crate::metrics;
use crate::state::Proof;
use crate::{Journeys, messages};

/// Arriving at a code page within so long of the last code sends no other: a double click is one wish.
const SAME_WISH: Duration = Duration::seconds(5);

/// A code that is ready to be kept and sent, in one transaction.
pub struct Sending {
    code: OneTimeCode,
    message: OutboxMessage,
    counts: Counts,
}

/// What became of a code that was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// As this message of the outbox.
    Now(Uuid),
    /// None was asked for, or one was sent a moment ago.
    Nothing,
    TooSoon(TooSoon),
}

/// What became of a code that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
    /// It had expired, so a new one is on its way.
    Replaced,
    /// It has been tried too often; it would not even help to be right.
    Spent,
    /// It was not even looked at, or the one that should take its place was not sent.
    TooSoon(TooSoon),
    /// Somebody else went on with this journey at the same moment: look again.
    Outrun,
}

impl Sending {
    /// The message of the outbox that carries it.
    pub fn message(&self) -> Uuid {
        self.message.id
    }

    pub fn keep(&self, db: &mut Db<'_>) -> Result<Sent, StoreError> {
        if let Err(too_soon) = self.counts.take(db, self.code.created_at)? {
            return Ok(Sent::TooSoon(too_soon));
        }
        self.put(db)?;
        Ok(Sent::Now(self.message.id))
    }

    fn put(&self, db: &mut Db<'_>) -> Result<(), StoreError> {
        db.one_time_codes().issue(&self.code)?;
        db.outbox().put(&self.message)
    }

    /// [`Sending::keep`], unless one was sent a moment ago.
    pub fn keep_once(&self, db: &mut Db<'_>) -> Result<Sent, StoreError> {
        let latest = db.one_time_codes().latest(&self.code.interaction, &self.code.address, self.code.purpose)?;
        let fresh =
            |latest: &OneTimeCode| latest.ended_at.is_none() && self.code.created_at - latest.created_at < SAME_WISH;
        if latest.as_ref().is_some_and(fresh) { Ok(Sent::Nothing) } else { self.keep(db) }
    }
}

impl Journeys {
    /// Draws a code and writes the message that carries it.
    pub fn sending(&self, visit: &Visit, to: &Address) -> Result<Sending, govuk::RenderError> {
        let (id, now) = (visit.interaction.id, self.clock.now());
        let plain = self.random.digits(DIGITS);
        let letter = messages::OneTimeCode {
            code: plain.clone(),
            minutes: self.settings.one_time_code_lifetime.num_minutes(),
            client_name: visit.client.name.clone(),
        };
        let message = match to {
            Address::Email(email) => self.outgoing(&letter, email)?,
            Address::Mobile(mobile) => self.outgoing_text(&letter, mobile)?,
        };
        let expires_at = now + self.settings.one_time_code_lifetime;
        Ok(Sending {
            code: OneTimeCode {
                // The message's, so that it can be seen what became of that.
                id: message.id,
                interaction: id,
                address: to.key().into(),
                purpose: CodePurpose::SignIn,
                code: self.code_hash(&id, to, &plain),
                created_at: now,
                expires_at,
                tries: 0,
                ended_at: None,
            },
            message: message.expiring(expires_at),
            counts: self.counts(Act::Send, &visit.asker, &id, to),
        })
    }

    /// A code counts for one journey and one address.
    fn code_hash(&self, id: &InteractionId, address: &Address, code: &Plain) -> Hashed {
        self.hash_key.hash(Purpose::OneTimeCode, &format!("{id} {}", address.key()), code)
    }

    /// Compares what was typed with what was sent, and keeps the proof with the use of the code, in one transaction.
    /// The try is counted in it, right or wrong.
    pub async fn check_code(
        &self,
        visit: &Visit,
        proof: &Proof,
        typed: &Plain,
        replacement: Sending,
    ) -> Result<Checked, StoreError> {
        let (id, version, now) = (visit.interaction.id, visit.interaction.version, self.clock.now());
        let address = proof.address();
        let counts = self.counts(Act::Try, &visit.asker, &id, &address);
        let typed = self.code_hash(&id, &address, typed);
        let bounced = address.undeliverable_hash(&self.hash_key);
        let mut proved = visit.state.clone();
        proved.prove(proof.clone());
        let proved = serde_json::to_string(&proved).expect("a state is plain data");
        let result = self.store.transact(move |db| {
            if let Err(too_soon) = counts.take(db, now)? {
                return Ok(Checked::TooSoon(too_soon));
            }
            let Some(sent) = db.one_time_codes().latest(&id, address.key(), CodePurpose::SignIn)? else {
                return Ok(Checked::Wrong);
            };
            if sent.ended_at.is_some() {
                return Ok(Checked::Wrong);
            }
            if sent.expires_at <= now {
                return Ok(replaced(db, &sent, now, &replacement)?);
            }
            if sent.tries >= MAX_TRIES {
                return Ok(Checked::Spent);
            }
            // What we have read may be old by now: in the end it is the database that counts.
            if !sent.code.matches(&typed) {
                let counted = db.one_time_codes().count_try(sent.id)?;
                return Ok(if counted { Checked::Wrong } else { Checked::Spent });
            }
            let is_used = db.one_time_codes().mark_used(sent.id, now)?;
            if !is_used && is_spent(db.one_time_codes().latest(&id, address.key(), CodePurpose::SignIn)?.as_ref()) {
                return Ok(Checked::Spent);
            }
            // Both or neither: a used code without its proof would be lost, a proof without the use could be had twice.
            if is_used && db.interactions().save_state(&id, version, &proved)? {
                // Whatever came back before: this message has arrived.
                db.undeliverable_addresses().forget(&bounced)?;
                Ok(Checked::Right)
            } else {
                Err(Lost::ToAnother)
            }
        });
        let checked = match result.await {
            Ok(checked) => checked,
            Err(Lost::ToAnother) => Checked::Outrun,
            Err(Lost::Store(error)) => return Err(error),
        };
        metrics::count_try(checked);
        Ok(checked)
    }

    /// Development only: the code that was last sent to an address.
    pub async fn code_to_prefill(&self, to: &Address) -> Result<Option<String>, StoreError> {
        if !self.settings.prefill_one_time_codes {
            return Ok(None);
        }
        let messages = self.store.read(|db| db.outbox().newest_first(50)).await?;
        let opened = messages.iter().filter_map(|row| self.key_ring.open(SEAL_PURPOSE, &row.sealed).ok());
        let mut read = opened.filter_map(|json| serde_json::from_slice::<Message>(&json).ok());
        Ok(read.find(|message| message.to == to.destination()).and_then(|message| message.one_time_code))
    }
}

/// Has a code been tried too often, by others since it was read? Then nobody learns that they were right.
fn is_spent(code: Option<&OneTimeCode>) -> bool {
    code.is_some_and(|code| code.ended_at.is_none() && code.tries >= MAX_TRIES)
}

/// An expired code that is not old is replaced, once; an older one was simply wrong.
fn replaced(db: &mut Db<'_>, sent: &OneTimeCode, now: Time, replacement: &Sending) -> Result<Checked, StoreError> {
    if now - sent.expires_at >= REPLACED_WITHIN {
        return Ok(Checked::Wrong);
    }
    // Counted before it is marked: one that cannot be sent yet is sent at a later try.
    if let Err(too_soon) = replacement.counts.take(db, now)? {
        return Ok(Checked::TooSoon(too_soon));
    }
    if !db.one_time_codes().mark_replaced(sent.id)? {
        return Ok(Checked::Wrong);
    }
    replacement.put(db)?;
    Ok(Checked::Replaced)
}

/// Why a transaction about a code was rolled back.
pub(crate) enum Lost {
    ToAnother,
    Store(StoreError),
}

impl From<StoreError> for Lost {
    fn from(error: StoreError) -> Lost {
        Lost::Store(error)
    }
}
