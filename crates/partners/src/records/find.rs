//! `GET /v2/teachers/find`: who agrees with at least three of what was stated.

use identity::email::Email;
use identity::matching::Identifiers;
use identity::record::TeachingRecord;
use identity::trn::Trn;
use serde::Deserialize;
use url::Url;

/// Says what was stated. A middle name never counts, and is not said. What is unknown is left out, but for the National
/// Insurance number: that is said to be empty.
pub(super) fn query(url: &mut Url, stated: &Identifiers) {
    let mut pairs = url.query_pairs_mut();
    let mut say = |name: &str, value: &str| {
        pairs.append_pair(name, value);
    };
    if let Some(name) = &stated.name {
        say("firstName", name.current.first.as_str());
        say("lastName", name.current.last.as_str());
        if let Some(first) = name.previous.as_ref().and_then(|previous| previous.first.as_ref()) {
            say("previousFirstName", first.as_str());
        }
        if let Some(last) = name.previous.as_ref().and_then(|previous| previous.last.as_ref()) {
            say("previousLastName", last.as_str());
        }
    }
    if let Some(born) = stated.date_of_birth {
        say("dateOfBirth", &born.date().format("%Y-%m-%d").to_string());
    }
    say("nationalInsuranceNumber", stated.nino.as_ref().map_or("", |nino| nino.as_str()));
    if let Some(provider) = &stated.provider {
        say("ittProviderName", provider.as_str());
    }
    if let Some(email) = &stated.email {
        say("emailAddress", email.as_str());
    }
    if let Some(trn) = &stated.trn {
        say("trn", trn.as_str());
    }
}

#[derive(Deserialize)]
pub(super) struct FindAnswer {
    results: Vec<WireRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRow {
    trn: Option<String>,
    uid: Option<String>,
    email_addresses: Option<Vec<Option<String>>>,
}

/// One whom the API has found. What else it says of them is read again, whole.
pub(super) struct Row {
    pub(super) trn: Trn,
    /// What the API calls them itself.
    pub(super) uid: Option<String>,
    emails: Vec<Email>,
}

impl FindAnswer {
    /// In the order of their TRNs, each once. Nobody without a TRN is of use.
    pub(super) fn rows(self) -> Vec<Row> {
        let read = |row: WireRow| {
            let emails = row.email_addresses.unwrap_or_default().into_iter().flatten();
            let trn = Trn::parse(&row.trn?).ok()?;
            Some(Row { trn, uid: row.uid, emails: emails.filter_map(|text| Email::parse(&text).ok()).collect() })
        };
        let mut rows: Vec<Row> = self.results.into_iter().filter_map(read).collect();
        rows.sort_by(|one, other| one.trn.cmp(&other.trn));
        rows.dedup_by(|one, other| one.trn == other.trn);
        rows
    }
}

impl Row {
    /// A whole record has one address at most; here are all.
    pub(super) fn add_emails(self, record: &mut TeachingRecord) {
        for email in self.emails {
            if !record.emails.contains(&email) {
                record.emails.push(email);
            }
        }
    }
}
