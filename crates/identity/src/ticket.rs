//! Tickets: what waits for a support agent to decide. The help desk and the person name one by its reference.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::account::AccountId;
use crate::client::ClientId;
use crate::clock::Time;
use crate::email::Email;
use crate::id::random_id;
use crate::interaction::InteractionId;
use crate::matching::{Identifiers, Verdict};
use crate::name::{NameError, PersonName};
use crate::preferred_name::PreferredName;
use crate::random::Random;
use crate::text::{is_hyphen, is_unseen, text_word, tidy};
use crate::trn::Trn;

random_id! {
    TicketId
}

/// What support is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketKind {
    /// Which record is this person's? Their account waits with the status `Pending`.
    RecordSearch,
    /// Their record belongs to an account whose email address they no longer get at.
    AccountAccess,
    /// The person wants their account to be deleted.
    AccountDeletion,
}

impl TicketKind {
    pub fn as_str(self) -> &'static str {
        match self {
            TicketKind::RecordSearch => "record_search",
            TicketKind::AccountAccess => "account_access",
            TicketKind::AccountDeletion => "account_deletion",
        }
    }
}

/// How a ticket was closed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Support found the record.
    Linked(Trn),
    /// Support looked and says that there is no record.
    NoRecord,
    /// A later look-up found the record before support did.
    FoundByItself(Trn),
    /// Support has been in touch with the person.
    Answered,
    /// The account was deleted.
    Deleted,
    /// The person does not want it any more.
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TicketState {
    Open,
    Closed { decision: Decision, at: Time, by: Agent },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    pub reference: Reference,
    pub kind: TicketKind,
    /// Whose record is searched for, or who wants to be deleted: absent exactly in an `AccountAccess`.
    pub account: Option<AccountId>,
    /// The account that has the record: present exactly in an `AccountAccess`.
    pub holder: Option<AccountId>,
    pub interaction: Option<InteractionId>,
    /// The service that the person was on the way to.
    pub client: Option<ClientId>,
    /// Where to write to the person: an address that they have proved.
    pub contact: Email,
    pub name: PersonName,
    pub preferred_name: Option<PreferredName>,
    pub stated: Identifiers,
    /// Whether they say that they have QTS; nothing when they were not asked.
    pub claims_qts: Option<bool>,
    pub verdict: Option<Verdict>,
    pub state: TicketState,
    pub created_at: Time,
}

impl Ticket {
    pub fn is_open(&self) -> bool {
        self.state == TicketState::Open
    }
}

/// Who closed a ticket: a support agent's name, or the service itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Agent(String);
text_word!(Agent, NameError);

impl Agent {
    const SERVICE: &str = "the service";

    pub fn parse(typed: &str) -> Result<Agent, NameError> {
        Ok(Agent(tidy(typed)?))
    }

    /// Nobody: a look-up closed the ticket.
    pub fn service() -> Agent {
        Agent(Agent::SERVICE.into())
    }

    pub fn is_service(&self) -> bool {
        self.0.eq_ignore_ascii_case(Agent::SERVICE)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a ticket's reference was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("a reference is GAI, and 8 letters and digits after it")]
pub struct NotAReference;

/// What a ticket is called in a letter and over the phone: "GAI-4KX7-M2PQ".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);
text_word!(Reference, NotAReference);

impl Reference {
    /// No two of these sound or look alike when read out: no 0 and O, no 1, I and L, no U beside the V.
    const SYMBOLS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: usize = 8;
    /// Its I is none of the symbols, so a reference with it is never taken for one without.
    const PREFIX: &str = "GAI";

    pub fn new(random: &Random) -> Reference {
        let mut symbols = String::with_capacity(Reference::LENGTH);
        // Bytes past the last whole multiple of the symbols would make the first ones likelier: draw again.
        let fair = u8::MAX - u8::MAX % Reference::SYMBOLS.len() as u8;
        while symbols.len() < Reference::LENGTH {
            let [drawn] = random.bytes();
            if drawn < fair {
                symbols.push(char::from(Reference::SYMBOLS[usize::from(drawn) % Reference::SYMBOLS.len()]));
            }
        }
        Reference::of(&symbols)
    }

    fn of(symbols: &str) -> Reference {
        let (first, second) = symbols.split_at(Reference::LENGTH / 2);
        Reference(format!("{}-{first}-{second}", Reference::PREFIX))
    }

    /// Ignores case, spaces and hyphens. "GAI" may be left out.
    pub fn parse(typed: &str) -> Result<Reference, NotAReference> {
        let seen = typed.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c) && !is_unseen(*c));
        let longest = Reference::PREFIX.len() + Reference::LENGTH;
        // One more than the longest, so that a longer one is seen to be so without reading all of it.
        let plain: String = seen.take(longest + 1).map(|c| c.to_ascii_uppercase()).collect();
        let symbols = plain.strip_prefix(Reference::PREFIX).unwrap_or(&plain);
        let fits = symbols.len() == Reference::LENGTH && symbols.bytes().all(|b| Reference::SYMBOLS.contains(&b));
        if fits { Ok(Reference::of(symbols)) } else { Err(NotAReference) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_reference_is_read_however_it_is_said() {
        let normal = Reference::parse("GAI-4KX7-M2PQ").unwrap();
        for typed in ["gai-4kx7-m2pq", "GAI 4KX7 M2PQ", "gai4kx7m2pq", "4KX7M2PQ", " 4kx7 \u{2011} m2pq\u{200B}"] {
            assert_eq!(Reference::parse(typed), Ok(normal.clone()), "{typed}");
        }
        assert_eq!(normal.as_str(), "GAI-4KX7-M2PQ");
    }

    #[test]
    fn anything_else_is_no_reference() {
        let refused =
            ["", "GAI", "4KX7M2P", "4KX7M2PQR", "GAI-4KX7-M2P0", "OKX7M2PQ", "1KX7M2PQ", "IKX7M2PQ", "LKX7M2PQ"];
        for typed in refused.into_iter().chain(["UKX7M2PQ", "4KX7M2P?", "GAIGAI4KX7M2PQ", "ÄKX7M2PQ"]) {
            assert_eq!(Reference::parse(typed), Err(NotAReference), "{typed}");
        }
        assert_eq!(Reference::parse(&"4KX7M2PQ".repeat(1_000)), Err(NotAReference));
    }

    #[test]
    fn a_drawn_reference_is_one_that_is_read_and_every_symbol_occurs() {
        let random = Random::seeded(1);
        let mut symbols = HashSet::new();
        for _ in 0..200 {
            let drawn = Reference::new(&random);
            assert_eq!(Reference::parse(drawn.as_str()), Ok(drawn.clone()));
            symbols.extend(drawn.as_str().replace("GAI", "").bytes().filter(|b| *b != b'-'));
        }
        assert_eq!(symbols.len(), Reference::SYMBOLS.len());
    }

    #[test]
    fn a_byte_past_the_last_whole_multiple_is_drawn_again() {
        let draws = std::sync::Mutex::new([0, 0, 0, 0, 0, 0, 0, 239, 240, 255].to_vec());
        let random = Random::new(move |bytes| bytes[0] = draws.lock().unwrap().pop().expect("ten draws are enough"));
        assert_eq!(Reference::new(&random).as_str(), "GAI-Z222-2222");
    }

    #[test]
    fn an_agent_is_named_and_the_service_is_told_apart() {
        assert_eq!(Agent::parse("  Nadia   K ").unwrap().as_str(), "Nadia K");
        assert!(Agent::parse(" ").is_err());
        assert!(Agent::service().is_service() && Agent::parse("The Service").unwrap().is_service());
        assert!(!Agent::parse("Nadia").unwrap().is_service());
    }
}
