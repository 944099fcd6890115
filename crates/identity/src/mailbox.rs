//! Mailboxes that are not one person's own: those that several people read, and those that go with a job.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::email::Email;

/// Whose an address is, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Personal,
    /// Several people read it: office@, head@.
    Shared,
    /// One person's at a school or a training provider, who loses it with the job.
    Institution,
}

impl Kind {
    /// A shared mailbox of a school is shared before it is the school's.
    pub fn of(email: &Email, shared: &SharedMailboxes, is_institution: bool) -> Kind {
        if shared.is_shared(email) {
            Kind::Shared
        } else if is_institution {
            Kind::Institution
        } else {
            Kind::Personal
        }
    }
}

/// A line of the list that is no local part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("line {line} is not what stands before the @ of an email address")]
pub struct NotALocalPart {
    pub line: usize,
}

/// The local parts of shared mailboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedMailboxes(BTreeSet<String>);

impl SharedMailboxes {
    /// One a line; empty lines and those that begin with "#" say nothing.
    pub fn parse(text: &str) -> Result<SharedMailboxes, NotALocalPart> {
        let lines = text.lines().map(str::trim).zip(1..);
        let said = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
        let read = |(local, line)| match Email::parse(&format!("{local}@a.example")) {
            Ok(email) if email.as_str().starts_with(local) => Ok(email.local_part().to_owned()),
            _ => Err(NotALocalPart { line }),
        };
        said.map(read).collect::<Result<_, _>>().map(SharedMailboxes)
    }

    /// Whether the local part is on the list: the whole of it, whatever its case.
    pub fn is_shared(&self, email: &Email) -> bool {
        self.0.contains(email.local_part())
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    #[test]
    fn a_mailbox_is_shared_when_all_of_its_local_part_is_listed() {
        let shared = SharedMailboxes::parse("# schools\n\nhead.teacher\r\n Office1 \nhead\n").unwrap();
        assert_eq!(shared.count(), 3);
        for address in ["head@school.example", "HEAD.Teacher@gmail.com", "office1@x.example"] {
            assert!(shared.is_shared(&email(address)), "{address}");
        }
        for address in ["headley@school.example", "head+x@school.example", "office@x.example", "h.e.ad@x.example"] {
            assert!(!shared.is_shared(&email(address)), "{address}");
        }
    }

    #[test]
    fn a_line_that_is_no_local_part_is_named() {
        for bad in ["head teacher", "head@school.example", "two..dots", "head # of school", "é"] {
            assert_eq!(SharedMailboxes::parse(&format!("head\n{bad}\n")), Err(NotALocalPart { line: 2 }), "{bad}");
        }
    }

    #[test]
    fn a_shared_mailbox_of_a_school_is_shared_before_it_is_the_schools() {
        let shared = SharedMailboxes::parse("head").unwrap();
        let kind = |address, is_institution| Kind::of(&email(address), &shared, is_institution);
        assert_eq!(kind("head@school.example", true), Kind::Shared);
        assert_eq!(kind("head@gmail.com", false), Kind::Shared);
        assert_eq!(kind("j.li@school.example", true), Kind::Institution);
        assert_eq!(kind("j.li@gmail.com", false), Kind::Personal);
    }
}
