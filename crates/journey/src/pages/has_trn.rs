//! Asked before the number itself. Somebody who says yes claims a teaching record.

use crate::pages::yes_or_no::yes_or_no;

yes_or_no! {
    HasTrn, has_trn,
    path: "has-trn",
    title: "Do you have a teacher reference number (TRN)?",
    missing: "Select yes if you have a teacher reference number (TRN)",
    row: "Do you have a TRN?", "whether you have a TRN"
}
