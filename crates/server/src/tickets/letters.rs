//! What a person is told once support has decided about their record.

use identity::account::Account;
use identity::message::OutboxMessage;
use identity::ticket::Decision;

/// The email to the person whose `account` it is, as it stands after the `decision`. The letters themselves are written
/// where all messages are; until they are there, nothing is sent.
pub fn about_decision(_account: &Account, _decision: &Decision) -> Option<OutboxMessage> {
    None
}
