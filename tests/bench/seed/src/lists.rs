//! Whom to sign in as: the lists that the load program reads.

use std::fs::File;
use std::path::Path;

use csv::Writer;
use identity::account::Account;
use identity::email::Email;
use identity::record::TeachingRecord;
use identity::trn::Trn;

/// `accounts.csv` and `new-people.csv`.
pub(crate) struct Lists {
    accounts: Writer<File>,
    new_people: Writer<File>,
}

impl Lists {
    /// Makes both files, or empties them.
    pub(crate) fn create(folder: &Path) -> csv::Result<Lists> {
        std::fs::create_dir_all(folder)?;
        let mut accounts = Writer::from_path(folder.join("accounts.csv"))?;
        accounts.write_record(["email", "first_name", "last_name", "date_of_birth", "trn"])?;
        let mut new_people = Writer::from_path(folder.join("new-people.csv"))?;
        new_people.write_record(["email", "first_name", "last_name", "date_of_birth", "trn", "nino"])?;
        Ok(Lists { accounts, new_people })
    }

    /// Somebody who has this account.
    pub(crate) fn account(&mut self, account: &Account) -> csv::Result<()> {
        let name = &account.official_name;
        let born = account.date_of_birth.map(|born| born.to_string()).unwrap_or_default();
        let trn = account.trn().map(Trn::as_str).unwrap_or_default();
        self.accounts.write_record([account.email.as_str(), name.first.as_str(), name.last.as_str(), &born, trn])
    }

    /// Somebody who has a record with this address, and no account.
    pub(crate) fn new_person(&mut self, email: &Email, record: &TeachingRecord) -> csv::Result<()> {
        let (first, last) = (record.name.first.as_str(), record.name.last.as_str());
        let nino = record.nino.as_ref().map(|nino| nino.as_str()).unwrap_or_default();
        let born = record.date_of_birth.to_string();
        self.new_people.write_record([email.as_str(), first, last, &born, record.trn.as_str(), nino])
    }

    /// Writes what is left in memory.
    pub(crate) fn finish(mut self) -> csv::Result<()> {
        self.accounts.flush()?;
        Ok(self.new_people.flush()?)
    }
}
