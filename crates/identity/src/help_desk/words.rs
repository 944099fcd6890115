//! A ticket in the words that the help desk reads.

use super::{Opened, Requester, Solved};
use crate::client::{Client, TrnRequirement};
use crate::ticket::{Decision, Ticket, TicketKind, TicketState};

/// An agent who changed the ticket over there would have decided nothing.
const HOW_TO_ANSWER: &str = "Change nothing here: answer with get-an-identity tickets.";
const ABSENT: &str = "Not provided";

impl Opened {
    /// What is told of a ticket; `client` is the service that the person was on the way to.
    pub fn of(ticket: &Ticket, client: Option<&Client>) -> Opened {
        Opened {
            ticket: ticket.id,
            reference: ticket.reference.clone(),
            subject: format!("[Get an Identity] {}: {}", ticket.name.short(), question(ticket.kind)),
            comment: comment(ticket, client),
            requester: Requester { name: ticket.name.short(), email: ticket.contact.clone() },
        }
    }
}

impl Solved {
    pub fn of(ticket: &Ticket) -> Solved {
        Solved {
            ticket: ticket.id,
            reference: ticket.reference.clone(),
            comment: format!("{}: {}.", ticket.reference, decided(ticket)),
            known_as: None,
        }
    }
}

fn question(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::RecordSearch => "which teaching record is theirs?",
        TicketKind::AccountAccess => "how do they get at the account that has their record?",
        TicketKind::AccountDeletion => "is their account to be deleted, as they ask?",
    }
}

fn comment(ticket: &Ticket, client: Option<&Client>) -> String {
    let or_absent = |value: Option<String>| value.unwrap_or_else(|| ABSENT.into());
    let stated = &ticket.stated;
    let contact_them = client.is_some_and(|client| client.trn == TrnRequirement::Required);
    let mut lines = vec![
        ("Reference", ticket.reference.to_string()),
        ("Name", ticket.name.full()),
        ("Email", ticket.contact.to_string()),
        ("Date of birth", or_absent(stated.date_of_birth.map(|born| born.date().format("%d/%m/%Y").to_string()))),
        ("National Insurance number", or_absent(stated.nino.as_ref().map(ToString::to_string))),
        ("Training provider", or_absent(stated.provider.as_ref().map(ToString::to_string))),
        ("TRN that they gave", or_absent(stated.trn.as_ref().map(ToString::to_string))),
        ("Service", or_absent(client.map(|client| client.name.clone()))),
        ("Contact them with their TRN", if contact_them { "Yes" } else { "No" }.into()),
    ];
    if let Some(previous) = stated.name.as_ref().filter(|name| name.previous.is_some()) {
        lines.insert(2, ("Names", previous.to_string()));
    }
    let lines: Vec<String> = lines.into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    let verdict = ticket.verdict.as_ref().map_or("No search was made.".into(), ToString::to_string);
    format!("{}\n\n{verdict}\n\n{HOW_TO_ANSWER}", lines.join("\n"))
}

fn decided(ticket: &Ticket) -> String {
    let TicketState::Closed { decision, by, .. } = &ticket.state else {
        return "the account was deleted, and the ticket with it".into();
    };
    let decision = match decision {
        Decision::Linked(trn) => format!("the record {trn} was linked"),
        Decision::NoRecord => "there is no record".into(),
        Decision::FoundByItself(trn) => format!("a later search found the record {trn}"),
        Decision::Answered => "the person was answered".into(),
        Decision::Deleted => "the account was deleted".into(),
        Decision::Withdrawn => "the person took it back".into(),
    };
    if by.is_service() { format!("{decision}, by itself") } else { format!("{decision}, by {by}") }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::client::ClientId;
    use crate::clock::Time;
    use crate::email::Email;
    use crate::matching::{Identifiers, Policy, StatedName, decide};
    use crate::name::{NamePart, PersonName, PreviousName};
    use crate::random::Random;
    use crate::ticket::{Agent, Reference, TicketId};
    use crate::trn::Trn;

    fn noon() -> Time {
        Time::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn ticket() -> Ticket {
        let part = |text| NamePart::parse(text).unwrap();
        Ticket {
            id: TicketId::new(&Random::seeded(1)),
            reference: Reference::parse("GAI-4KX7-M2PQ").unwrap(),
            kind: TicketKind::RecordSearch,
            account: None,
            holder: None,
            interaction: None,
            client: None,
            contact: Email::parse("jane@example.com").unwrap(),
            name: PersonName { first: part("Jane"), middle: Some(part("Ann")), last: part("Smith") },
            preferred_name: None,
            stated: Identifiers::default(),
            claims_qts: None,
            verdict: None,
            state: TicketState::Open,
            created_at: noon(),
        }
    }

    #[test]
    fn everything_that_was_stated_is_told_with_the_reason_why_nothing_was_found() {
        let mut client = Client::new(
            ClientId::parse("npq").unwrap(),
            "Register for an NPQ".into(),
            Url::parse("https://a.uk").unwrap(),
        );
        client.trn = TrnRequirement::Required;
        let last = Some(NamePart::parse("Jones").unwrap());
        let previous = Some(PreviousName { first: None, last });
        let stated = Identifiers {
            name: Some(StatedName { current: ticket().name, previous }),
            date_of_birth: Some("1980-02-03".parse().map(crate::date_of_birth::DateOfBirth::new).unwrap()),
            trn: Some(Trn::parse("1234567").unwrap()),
            ..Identifiers::default()
        };
        let verdict = decide(&Policy::DEFAULT, &stated, &[]);
        let opened = Opened::of(&Ticket { stated, verdict: Some(verdict), ..ticket() }, Some(&client));
        assert_eq!(opened.subject, "[Get an Identity] Jane Smith: which teaching record is theirs?");
        assert_eq!(
            (opened.requester.name.as_str(), opened.requester.email.as_str()),
            ("Jane Smith", "jane@example.com")
        );
        let expected = "\
Reference: GAI-4KX7-M2PQ
Name: Jane Ann Smith
Names: Jane Ann Smith, before: Jane Jones
Email: jane@example.com
Date of birth: 03/02/1980
National Insurance number: Not provided
Training provider: Not provided
TRN that they gave: 1234567
Service: Register for an NPQ
Contact them with their TRN: Yes

What matching found, by the policy default/1: no record.

Change nothing here: answer with get-an-identity tickets.";
        assert_eq!(opened.comment, expected);
    }

    #[test]
    fn without_a_search_and_a_service_the_ticket_says_so() {
        let comment = Opened::of(&ticket(), None).comment;
        assert!(comment.contains("Service: Not provided\nContact them with their TRN: No\n\nNo search was made."));
    }

    #[test]
    fn what_was_decided_is_told_with_who_decided_it() {
        let closed = |decision, by| {
            let state = TicketState::Closed { decision, at: noon(), by };
            Solved::of(&Ticket { state, ..ticket() }).comment
        };
        let trn = Trn::parse("1234567").unwrap();
        let nadia = Agent::parse("Nadia").unwrap();
        assert_eq!(closed(Decision::NoRecord, nadia), "GAI-4KX7-M2PQ: there is no record, by Nadia.");
        assert_eq!(
            closed(Decision::FoundByItself(trn), Agent::service()),
            "GAI-4KX7-M2PQ: a later search found the record 1234567, by itself."
        );
        assert!(Solved::of(&ticket()).comment.contains("the ticket with it"));
    }

    #[test]
    fn nothing_of_the_person_is_in_what_a_log_would_show() {
        let item = super::super::DeskItem::Opened(Opened::of(&ticket(), None));
        assert_eq!(format!("{item:?}"), "Opened(GAI-4KX7-M2PQ)");
    }
}
