//! A persona's record, field by field as it stands in the file.

use super::super::record::COLUMNS;

/// Text as in the file; lists and dates in the file's own format.
pub(in super::super) struct PersonaRecord {
    pub(super) trn: &'static str,
    pub(super) given_name: &'static str,
    pub(super) middle_name: &'static str,
    pub(super) family_name: &'static str,
    pub(super) previous_names: &'static str,
    pub(super) date_of_birth: &'static str,
    pub(super) nino: &'static str,
    pub(super) emails: &'static str,
    pub(super) training_providers: &'static str,
    pub(super) qts_date: &'static str,
    pub(super) alerts: &'static str,
    pub(super) portal_locked: bool,
    pub(super) active: bool,
    pub(super) merged_into: &'static str,
}

impl PersonaRecord {
    /// An active record that knows nothing yet: each persona says what differs.
    pub(super) const BLANK: Self = Self {
        trn: "",
        given_name: "",
        middle_name: "",
        family_name: "",
        previous_names: "",
        date_of_birth: "",
        nino: "",
        emails: "",
        training_providers: "",
        qts_date: "",
        alerts: "",
        portal_locked: false,
        active: true,
        merged_into: "",
    };

    /// The fields in the order of the columns.
    pub(in super::super) const fn fields(&self) -> [&'static str; COLUMNS.len()] {
        [
            self.trn,
            self.given_name,
            self.middle_name,
            self.family_name,
            self.previous_names,
            self.date_of_birth,
            self.nino,
            self.emails,
            self.training_providers,
            self.qts_date,
            self.alerts,
            if self.portal_locked { "true" } else { "false" },
            if self.active { "true" } else { "false" },
            self.merged_into,
        ]
    }
}
