//! `[service]`: what people are told about us.

use identity::email::Email;

use super::read::section;

section! {
    pub Service {
        /// Where people who cannot go on find help.
        support_email: Email,
    }
}
