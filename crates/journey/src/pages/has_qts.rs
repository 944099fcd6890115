//! Somebody who says yes claims a teaching record.

use crate::pages::yes_or_no::yes_or_no;

yes_or_no! {
    HasQts, has_qts,
    path: "has-qts",
    title: "Have you been awarded qualified teacher status (QTS)?",
    missing: "Select yes if you have been awarded qualified teacher status (QTS)",
    row: "Have you been awarded QTS?", "whether you have been awarded QTS"
}
