//! Asked before the number itself: a bare "yes" tells us nothing yet.

use crate::pages::yes_or_no::yes_or_no;

yes_or_no! {
    HasNino, has_nino,
    path: "has-nino",
    title: "Do you have a National Insurance number?",
    missing: "Select yes if you have a National Insurance number",
    row: "Do you have a National Insurance number?", "whether you have a National Insurance number"
}
