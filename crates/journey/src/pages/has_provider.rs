//! Asked of people with QTS, before the name of the training provider.

use crate::pages::yes_or_no::yes_or_no;

yes_or_no! {
    HasProvider, has_provider,
    path: "has-provider",
    title: "Did a university, SCITT or school award your QTS?",
    missing: "Select yes if a university, SCITT or school awarded your QTS",
    row: "Did a university, SCITT or school award your QTS?", "whether a university, SCITT or school awarded your QTS"
}
