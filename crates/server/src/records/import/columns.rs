//! The columns of an extract, and which of them a file has, in whatever order.

use csv::ByteRecord;
use thiserror::Error;

/// A column. The order here is the order in which the faults of a row are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Trn,
    GivenName,
    MiddleName,
    FamilyName,
    PreviousNames,
    DateOfBirth,
    Nino,
    Emails,
    TrainingProviders,
    QtsDate,
    Alerts,
    PortalLocked,
    Active,
    MergedInto,
}

impl Column {
    /// Every column, each at its own number.
    pub(super) const ALL: [Column; 14] = [
        Column::Trn,
        Column::GivenName,
        Column::MiddleName,
        Column::FamilyName,
        Column::PreviousNames,
        Column::DateOfBirth,
        Column::Nino,
        Column::Emails,
        Column::TrainingProviders,
        Column::QtsDate,
        Column::Alerts,
        Column::PortalLocked,
        Column::Active,
        Column::MergedInto,
    ];

    const REQUIRED: [Column; 4] = [Column::Trn, Column::GivenName, Column::FamilyName, Column::DateOfBirth];

    /// The name in the header.
    pub(super) fn name(self) -> &'static str {
        match self {
            Column::Trn => "trn",
            Column::GivenName => "given_name",
            Column::MiddleName => "middle_name",
            Column::FamilyName => "family_name",
            Column::PreviousNames => "previous_names",
            Column::DateOfBirth => "date_of_birth",
            Column::Nino => "nino",
            Column::Emails => "emails",
            Column::TrainingProviders => "training_providers",
            Column::QtsDate => "qts_date",
            Column::Alerts => "alerts",
            Column::PortalLocked => "portal_locked",
            Column::Active => "active",
            Column::MergedInto => "merged_into",
        }
    }
}

/// Why the first line of a file is not the header of an extract.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum HeaderFault {
    /// A heading that means nothing here, told by its place, since a file without a header has a person's details there.
    #[error(
        "the header has a column that is not known, number {number} from the left: the columns are {}",
        all_names()
    )]
    Unknown { number: usize },
    #[error("the header has the column {0} twice: keep one")]
    Twice(&'static str),
    #[error("the header lacks the column {0}: trn, given_name, family_name and date_of_birth must be there")]
    Missing(&'static str),
}

fn all_names() -> String {
    Column::ALL.map(Column::name).join(", ")
}

/// Where each column stands in the rows of one file.
#[derive(Debug)]
pub(super) struct Header {
    places: [Option<usize>; Column::ALL.len()],
    /// How many fields a row has.
    pub(super) width: usize,
}

impl Header {
    pub(super) fn parse(names: &ByteRecord) -> Result<Self, HeaderFault> {
        let mut header = Self { places: [None; Column::ALL.len()], width: names.len() };
        for (place, name) in names.iter().enumerate() {
            let known = Column::ALL.into_iter().find(|column| column.name().as_bytes() == name.trim_ascii());
            let column = known.ok_or(HeaderFault::Unknown { number: place + 1 })?;
            if header.places[column as usize].replace(place).is_some() {
                return Err(HeaderFault::Twice(column.name()));
            }
        }
        match Column::REQUIRED.into_iter().find(|column| header.place(*column).is_none()) {
            Some(column) => Err(HeaderFault::Missing(column.name())),
            None => Ok(header),
        }
    }

    /// Where the column stands; nothing when the file does not have it.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Result<Header, HeaderFault> {
        Header::parse(&names.split(',').collect::<Vec<_>>().into())
    }

    #[test]
    fn columns_may_stand_in_any_order_and_some_may_be_missing() {
        let header = header("date_of_birth, family_name ,trn,given_name").unwrap();
        assert_eq!(header.place(Column::DateOfBirth), Some(0));
        assert_eq!(header.place(Column::FamilyName), Some(1));
        assert_eq!(header.place(Column::Nino), None);
        assert_eq!(header.width, 4);
    }

    #[test]
    fn every_column_stands_at_its_own_number() {
        for (number, column) in Column::ALL.into_iter().enumerate() {
            assert_eq!(column as usize, number);
        }
    }

    #[test]
    fn a_column_that_is_not_known_is_told_by_its_place_and_not_by_its_text() {
        let fault = header("trn,given_name,family_name,date_of_birth,Jones").unwrap_err();
        assert_eq!(fault, HeaderFault::Unknown { number: 5 });
        assert!(fault.to_string().contains("previous_names") && !fault.to_string().contains("Jones"));
    }

    #[test]
    fn a_column_that_stands_twice_is_refused() {
        assert_eq!(header("trn,nino,nino").unwrap_err(), HeaderFault::Twice("nino"));
    }

    #[test]
    fn each_required_column_must_be_there() {
        let all = ["trn", "given_name", "family_name", "date_of_birth"];
        for missing in all {
            let rest: Vec<&str> = all.into_iter().filter(|name| *name != missing).collect();
            assert_eq!(header(&rest.join(",")).unwrap_err(), HeaderFault::Missing(missing));
        }
    }
}
