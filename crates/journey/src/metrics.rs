//! What is counted about one-time codes, passkeys and GOV.UK One Login. No label says who or where: only what happened.

use metrics::{counter, describe_counter};

use crate::budgets::{Act, Budget, TooSoon};
use crate::codes::{Checked, Sent};
use crate::one_login;
use crate::passkeys::ceremony::Trouble;

const SENT: &str = "one_time_codes_sent_total";
const TRIES: &str = "one_time_code_tries_total";
const REFUSALS: &str = "one_time_code_refusals_total";
const PASSKEYS: &str = "passkey_tries_total";
const ONE_LOGIN: &str = "one_login_returns_total";
const DISTRUSTED: &str = "one_login_distrusted_total";

/// Says what each number is, and begins each at nought: what has not happened yet can be watched, too.
pub fn describe_metrics() {
    describe_counter!(SENT, "One-time codes that were sent.");
    describe_counter!(TRIES, "One-time codes that were typed and looked at, by what they turned out to be.");
    describe_counter!(REFUSALS, "One-time codes that were not sent or not looked at, by the budget that was spent.");
    describe_counter!(PASSKEYS, "Passkeys that were shown to sign in, by what they turned out to be.");
    describe_counter!(ONE_LOGIN, "People who wanted to sign in with GOV.UK One Login, by what came of it.");
    describe_counter!(DISTRUSTED, "What GOV.UK One Login said and was not believed, by what was wrong with it.");
    counter!(ONE_LOGIN, "result" => "proved").increment(0);
    for trouble in one_login::Trouble::ALL {
        counter!(ONE_LOGIN, "result" => trouble.as_str()).increment(0);
    }
    counter!(SENT).increment(0);
    for result in ["right", "unknown", "expired", "copied"] {
        counter!(PASSKEYS, "result" => result).increment(0);
    }
    for result in ["right", "wrong", "expired", "spent"] {
        counter!(TRIES, "result" => result).increment(0);
    }
    for act in [Act::Send, Act::Try] {
        for budget in [Budget::Address, Budget::KnownBrowser, Budget::Journey, Budget::Prefix, Budget::Global] {
            counter!(REFUSALS, "kind" => act.as_str(), "budget" => budget.as_str()).increment(0);
        }
    }
    for budget in [Budget::Texts, Budget::TextsAbroad] {
        counter!(REFUSALS, "kind" => Act::Send.as_str(), "budget" => budget.as_str()).increment(0);
    }
}

pub(crate) fn count_sent(sent: Sent) {
    match sent {
        Sent::Now(_) => counter!(SENT).increment(1),
        Sent::Nothing => {}
        Sent::TooSoon(too_soon) => count_refusal(too_soon),
    }
}

pub(crate) fn count_try(checked: Checked) {
    let result = match checked {
        Checked::Right => "right",
        Checked::Wrong => "wrong",
        Checked::Replaced => {
            counter!(SENT).increment(1);
            "expired"
        }
        Checked::Spent => "spent",
        Checked::TooSoon(too_soon) => return count_refusal(too_soon),
        Checked::Outrun => return,
    };
    counter!(TRIES, "result" => result).increment(1);
}

/// What became of a passkey that was shown. What never came here, because the device had none, is not counted.
pub(crate) fn count_passkey(shown: Result<(), Trouble>) {
    let result = match shown {
        Ok(()) => "right",
        Err(trouble @ (Trouble::Unknown | Trouble::Expired | Trouble::Copied)) => trouble.as_str(),
        Err(_) => return,
    };
    counter!(PASSKEYS, "result" => result).increment(1);
}

pub(crate) fn count_one_login(result: &'static str) {
    counter!(ONE_LOGIN, "result" => result).increment(1);
}

pub(crate) fn count_distrust(what: &'static str) {
    counter!(DISTRUSTED, "what" => what).increment(1);
}

pub(crate) fn count_refusal(too_soon: TooSoon) {
    let TooSoon { act, budget, .. } = too_soon;
    counter!(REFUSALS, "kind" => act.as_str(), "budget" => budget.as_str()).increment(1);
}
