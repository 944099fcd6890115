//! One request in full: who asks, what for, what the account and the record say now, and the file.

use std::fmt;

use identity::account::Account;
use identity::change_request::{ChangeRequest, Subject};
use identity::date_of_birth::DateOfBirth;
use identity::record::TeachingRecord;
use identity::ticket::Reference;
use store::Db;

use super::{Refusal, minute, state, subject, wanted};

#[derive(Debug)]
pub struct Shown {
    request: ChangeRequest,
    /// Nothing when it is deleted.
    account: Option<Account>,
    /// Nothing when none is linked.
    record: Option<TeachingRecord>,
}

impl Shown {
    /// With the record that the account is linked to, as its source has it now.
    pub fn read(db: &mut Db<'_>, reference: &Reference, record: Option<TeachingRecord>) -> Result<Shown, Refusal> {
        let request = db.change_requests().by_reference(reference)?;
        let request = request.ok_or_else(|| Refusal::NoSuchRequest(reference.clone()))?;
        let account = db.accounts().by_id(request.account)?;
        let trn = account.as_ref().and_then(Account::trn);
        let record = record.filter(|record| Some(&record.trn) == trn);
        Ok(Shown { request, account, record })
    }

    fn in_account(&self) -> String {
        let Some(account) = &self.account else { return "deleted".into() };
        match self.request.wanted.subject() {
            Subject::OfficialName => account.official_name.full(),
            Subject::DateOfBirth => account.date_of_birth.map_or("not known".into(), day),
        }
    }

    fn in_record(&self) -> String {
        match (&self.record, self.request.wanted.subject()) {
            (None, _) => "no record is linked".into(),
            (Some(record), Subject::OfficialName) => record.name.full(),
            (Some(record), Subject::DateOfBirth) => day(record.date_of_birth),
        }
    }
}

fn day(born: DateOfBirth) -> String {
    born.date().format("%-d %B %Y").to_string()
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request, account) = (&self.request, self.account.as_ref());
        let evidence = &request.evidence;
        let gone = if evidence.id.is_some() { "" } else { ", deleted since" };
        writeln!(f, "Request {}\n", request.reference)?;
        for (label, value) in [
            ("To change", subject(request).to_owned()),
            ("State", state(request)),
            ("Asked", format!("{} UTC", minute(request.created_at))),
            ("Service", request.client.as_ref().map_or("-".into(), |client| client.as_str().into())),
            ("Account", request.account.to_string()),
            ("Write to", account.map_or("-".into(), |account| account.email.as_str().into())),
            ("TRN", account.and_then(Account::trn).map_or("-".into(), ToString::to_string)),
            ("Wanted", wanted(request)),
            ("The account says", self.in_account()),
            ("The record says", self.in_record()),
        ] {
            writeln!(f, "  {label:<18} {value}")?;
        }
        write!(f, "  {:<18} {} ({}, {} bytes{gone})", "File", evidence.name, evidence.kind.in_words(), evidence.size)
    }
}
