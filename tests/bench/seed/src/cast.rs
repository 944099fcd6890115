//! Who plays which part: has an account, will be a new person, or neither.

use chrono::Duration;
use identity::email::Email;
use identity::random::Random;
use identity::record::TeachingRecord;

use crate::census::Census;
use crate::choice::{Choice, below};
use crate::registration::{Registrar, Registration};
use crate::{Plan, SeedError};

/// The most people in each list.
const MOST_LISTED: usize = 20_000;
const MOST_NEW: usize = 100_000;

/// Everybody registered in the two years before now, at some minute.
const MINUTES: usize = 2 * 365 * 24 * 60;

pub(crate) enum Part {
    Account {
        registration: Box<Registration>,
        is_listed: bool,
    },
    /// Has a record with this address, and no account.
    NewPerson(Email),
    None,
}

/// Gives the parts to the records of an extract in their order.
pub(crate) struct Cast {
    census: Census,
    random: Random,
    registrar: Registrar,
    new: Choice,
    accounts: Choice,
    listed: Choice,
}

impl Cast {
    pub(crate) fn of(plan: &Plan) -> Result<Cast, SeedError> {
        let census = Census::of(plan.extract());
        let current = census.current;
        let Some(without_account) = current.checked_sub(plan.accounts) else {
            return Err(SeedError::TooFewRecords { current, wanted: plan.accounts });
        };
        let found_at_once = plan.extract().filter(|record| census.is_found_at_once(record)).count();
        let new = Choice::of(MOST_NEW.min(without_account), found_at_once);
        let accounts = Choice::of(plan.accounts, current - new.wanted());
        let listed = Choice::of(MOST_LISTED, plan.accounts);
        let random = Random::seeded(plan.seed);
        let registrar = Registrar { client: plan.client.clone(), random: random.clone(), seen_at: plan.now };
        Ok(Cast { census, random, registrar, new, accounts, listed })
    }

    pub(crate) fn part(&mut self, record: &TeachingRecord) -> Part {
        if !record.is_current() {
            return Part::None;
        }
        let own = self.census.own_address(record);
        if let Some(email) = own.clone().filter(|_| self.census.is_found_at_once(record))
            && self.new.takes_next(&self.random)
        {
            return Part::NewPerson(email);
        }
        if !self.accounts.takes_next(&self.random) {
            return Part::None;
        }
        let at = self.registrar.seen_at - Duration::minutes(below(MINUTES, &self.random) as i64);
        let registration = self.registrar.register(record, own, at);
        Part::Account { registration: Box::new(registration), is_listed: self.listed.takes_next(&self.random) }
    }
}
