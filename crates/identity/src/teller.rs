//! Who tells others what has become of accounts, tickets and requests for a change. The store asks at the end of each transaction, so that whoever
//! changes something, on whatever way, cannot forget to tell.

use crate::account::Account;
use crate::change_request::ChangeRequest;
use crate::outbox::OutboxMessage;
use crate::ticket::Ticket;

/// Writes what is to be told into the outbox, in the transaction of the fact itself.
pub trait Teller: Send + Sync {
    fn account_created(&self, account: &Account) -> Vec<OutboxMessage>;

    /// It is another now than when the transaction began.
    fn account_changed(&self, before: &Account, after: &Account) -> Vec<OutboxMessage>;

    fn ticket_raised(&self, ticket: &Ticket) -> Vec<OutboxMessage>;

    /// It was closed; or, where it is still open, it went with the account. `help_desk_id`: what the help desk calls it, where
    /// that is known already.
    fn ticket_closed(&self, ticket: &Ticket, help_desk_id: Option<&str>) -> Vec<OutboxMessage>;

    /// A person wants their teaching record to be changed.
    fn change_asked(&self, request: &ChangeRequest) -> Vec<OutboxMessage>;
}
