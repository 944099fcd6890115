//! The budgets of one-time codes: how many may be sent and how many may be tried, by whom and to whom.

use actix_web::HttpRequest;
use identity::address::Address;
use identity::budget::Rate;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::passkey::CeremonyOwner;
use identity::secret::{Hashed, Plain, Purpose};
use store::{Db, StoreError, Taken};

use crate::Journeys;
use crate::client_address::prefix_of;
use crate::known_browser::KnownBrowser;

/// How much there is of every budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeBudgets {
    pub sending: Rates,
    pub trying: Rates,
    pub texts: TextRates,
}

/// What text messages may cost: each takes from these too, whoever asks for it. Numbers abroad cost more, and sending to
/// one's own numbers there is a way to earn by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRates {
    pub all: Rate,
    pub abroad: Rate,
}

/// The budgets of one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of one address, for all browsers that have not proved it before.
    pub address: Rate,
    /// Of one address, for one browser that has.
    pub known_browser: Rate,
    pub journey: Rate,
    /// Of all who share a network.
    pub prefix: Rate,
    /// Of everybody.
    pub global: Rate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Send,
    Try,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    Address,
    KnownBrowser,
    Journey,
    Prefix,
    Global,
    Texts,
    TextsAbroad,
}

/// Who wants a code sent, or tries one.
#[derive(Clone, Debug)]
pub struct Asker {
    prefix: String,
    pub(crate) known: Option<KnownBrowser>,
}

/// The budgets that an act takes from.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    act: Act,
    names: Vec<Budget>,
    keys: Vec<(Hashed, Rate)>,
}

/// A budget is spent, so nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSoon {
    pub(crate) act: Act,
    pub(crate) budget: Budget,
    pub(crate) again_at: Time,
}

impl Act {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Act::Send => "send",
            Act::Try => "try",
        }
    }
}

impl Budget {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Budget::Address => "address",
            Budget::KnownBrowser => "known_browser",
            Budget::Journey => "journey",
            Budget::Prefix => "prefix",
            Budget::Global => "global",
            Budget::Texts => "texts",
            Budget::TextsAbroad => "texts_abroad",
        }
    }
}

impl Journeys {
    pub(crate) fn asker(&self, request: &HttpRequest) -> Asker {
        Asker {
            prefix: prefix_of(request, &self.settings.trusted_proxies),
            known: KnownBrowser::read(request, self.settings.secure_cookies),
        }
    }

    /// The budgets for an address. A browser that has proved it takes from its own and its journey's alone: those that it
    /// would share with strangers could be spent by them, to keep it out.
    pub(crate) fn counts(&self, act: Act, asker: &Asker, id: &InteractionId, address: &Address) -> Counts {
        let rates = match act {
            Act::Send => &self.settings.code_budgets.sending,
            Act::Try => &self.settings.code_budgets.trying,
        };
        let journey = (Budget::Journey, rates.journey, id.to_string());
        let known = asker.known.as_ref().and_then(|known| known.of(address, &self.hash_key));
        let mut budgets = match known {
            Some(browser) => vec![(Budget::KnownBrowser, rates.known_browser, browser.as_str().to_owned()), journey],
            None => vec![
                (Budget::Address, rates.address, address.key().to_owned()),
                journey,
                (Budget::Prefix, rates.prefix, asker.prefix.clone()),
                of_everybody(rates.global, id),
            ],
        };
        if act == Act::Send {
            budgets.extend(self.text_budgets(address));
        }
        self.counted(act, budgets)
    }
}

impl Journeys {
    /// The budgets for a challenge to a passkey. It has no address, so no browser is known by one.
    pub(crate) fn counts_of_challenge(&self, asker: &Asker, owner: &CeremonyOwner) -> Counts {
        let rates = &self.settings.code_budgets.trying;
        let budgets = vec![
            (Budget::Journey, rates.journey, owner.to_string()),
            (Budget::Prefix, rates.prefix, asker.prefix.clone()),
            of_everybody(rates.global, owner),
        ];
        self.counted(Act::Try, budgets)
    }

    fn counted(&self, act: Act, budgets: Vec<(Budget, Rate, String)>) -> Counts {
        let names = budgets.iter().map(|(name, ..)| *name).collect();
        // The rate is part of the key: who changes one in the configuration starts with a whole budget.
        let key = |(name, rate, whose): (Budget, Rate, String)| {
            let context = format!("{} {} {rate}", act.as_str(), name.as_str());
            (self.hash_key.hash(Purpose::CodeBudget, &context, &Plain::new(whose)), rate)
        };
        Counts { act, names, keys: budgets.into_iter().map(key).collect() }
    }

    fn text_budgets(&self, address: &Address) -> Vec<(Budget, Rate, String)> {
        let Address::Mobile(mobile) = address else { return Vec::new() };
        let rates = &self.settings.code_budgets.texts;
        let all = (Budget::Texts, rates.all, String::new());
        let abroad = (Budget::TextsAbroad, rates.abroad, String::new());
        if mobile.is_abroad() { vec![all, abroad] } else { vec![all] }
    }
}

/// The budget of everybody, or the part of it that one journey or ceremony takes from.
fn of_everybody(rate: Rate, whose: &impl ToString) -> (Budget, Rate, String) {
    let parts = rate.parts();
    if parts == 1 {
        return (Budget::Global, rate, String::new());
    }
    let sum = whose.to_string().bytes().fold(0, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    (Budget::Global, rate.part(), (sum % parts).to_string())
}

impl Counts {
    /// Takes from all of them, or from none.
    pub(crate) fn take(&self, db: &mut Db<'_>, now: Time) -> Result<Result<(), TooSoon>, StoreError> {
        Ok(match db.code_budgets().take(&self.keys, now)? {
            Taken::Counted => Ok(()),
            Taken::Refused { budget, again_at } => Err(TooSoon { act: self.act, budget: self.names[budget], again_at }),
        })
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use chrono::Duration;

    use super::*;

    /// More than any test uses up.
    pub(crate) fn plenty() -> CodeBudgets {
        let rate = Rate::new(1_000, Duration::hours(1)).unwrap();
        let rates = Rates { address: rate, known_browser: rate, journey: rate, prefix: rate, global: rate };
        CodeBudgets { sending: rates, trying: rates, texts: TextRates { all: rate, abroad: rate } }
    }
}
