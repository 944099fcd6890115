//! What we hold about somebody we know, to be looked at before they go on. What is theirs to change has a link.

use identity::account::DetailChanges;
use identity::change_request::Subject;
use identity::email::Email;
use identity::mobile::Mobile;
use identity::name::PersonName;
use serde_json::{Value, json};

use crate::ending::{News, Request};
use crate::known::KnownAccount;
use crate::page::{Given, Question, kept_in, only_to_go_on};
use crate::pages::requests::{in_words, key_of, page_of};
use crate::summary::{day, detail, waits_since};

pub(crate) struct YourDetails<'a> {
    pub account: &'a KnownAccount,
    pub news: &'a News,
    pub changes: &'a DetailChanges,
    pub requests: &'a [Request],
    /// What of the record they may still ask to have changed.
    pub may_ask: &'a [Subject],
    /// Another address that they came with, and proved.
    pub proved: Option<&'a Email>,
    pub shows_trn: bool,
}

impl YourDetails<'_> {
    fn trn(&self) -> Option<&str> {
        let found = self.news.search.as_ref().and_then(|search| search.record.as_ref());
        found.or(self.account.record.as_ref()).map(|link| link.trn.as_str())
    }

    fn rows(&self) -> Vec<Value> {
        let YourDetails { account, changes, .. } = self;
        let name = changes.name.as_ref().unwrap_or(&account.name);
        let preferred = changes.preferred_name.as_ref().or(account.preferred_name.as_ref());
        let born = changes.date_of_birth.or(account.date_of_birth);
        let email = changes.email.as_ref().unwrap_or(&account.email);
        let mobile = changes.mobile.as_ref().or(account.mobile.as_ref());
        let preferred = preferred.map_or_else(|| name.short(), |name| name.as_str().to_owned());
        let mut rows = vec![detail("Name", PersonName::full(name), self.way("change-name", Subject::OfficialName))];
        rows.extend(self.request(Subject::OfficialName));
        rows.push(detail("Preferred name", preferred, Some("change-preferred-name")));
        let born = born.map(day).unwrap_or_default();
        rows.push(detail("Date of birth", born, self.way("change-date-of-birth", Subject::DateOfBirth)));
        rows.extend(self.request(Subject::DateOfBirth));
        rows.push(detail("Email address", email.to_string(), Some("change-email")));
        let mobile = mobile.map_or_else(|| "None".into(), Mobile::to_string);
        rows.push(detail("Mobile number", mobile, Some("change-mobile")));
        if self.shows_trn {
            rows.push(detail("Teacher reference number (TRN)", self.trn().unwrap_or("Not found yet"), None));
        }
        rows
    }

    /// Where a name or a date of birth is changed: by themselves, or by a request while none is on its way.
    fn way(&self, own: &'static str, subject: Subject) -> Option<&'static str> {
        if self.trn().is_none() {
            return Some(own);
        }
        let under_way = self.requests.iter().any(|request| request.wanted.subject() == subject);
        (!under_way && self.may_ask.contains(&subject)).then(|| page_of(subject))
    }

    /// What the person asks to have changed with this sign-in, or has asked before.
    fn request(&self, subject: Subject) -> Option<Value> {
        let now = self.requests.iter().find(|request| request.wanted.subject() == subject);
        let before = || self.account.waits_for(subject);
        match now {
            Some(request) => Some(detail(key_of(subject), in_words(&request.wanted), Some(page_of(subject)))),
            None => before().map(|since| detail(key_of(subject), waits_since(since), None)),
        }
    }
}

impl Question for YourDetails<'_> {
    const PATH: &'static str = "your-details";
    const TITLE: &'static str = "Your details";
    const FIELDS: &'static [&'static str] = &[];
    type Answer = bool;

    kept_in!(details_seen);

    fn given(&self) -> Given {
        let linked = self.shows_trn && self.trn().is_some();
        let unchanged = self.changes.email.is_none();
        let proved = self.proved.filter(|_| unchanged).map(Email::as_str);
        let lost_email = self.news.by_mobile.is_some() && proved.is_none() && unchanged;
        Given::facts([
            ("rows", self.rows().into()),
            ("linked", linked.into()),
            ("may_ask", (!self.may_ask.is_empty()).into()),
            ("proved", json!(proved)),
            ("lost_email", lost_email.into()),
        ])
    }

    fn sample_given() -> Given {
        let rows = vec![
            detail("Name", "Asha Bennett", None),
            detail("Email address", "asha@example.com", Some("change-email")),
        ];
        let proved = json!("asha.new@example.com");
        Given::facts([("rows", rows.into()), ("linked", true.into()), ("proved", proved), ("lost_email", true.into())])
    }

    only_to_go_on!(bool = true, "continue");
}
