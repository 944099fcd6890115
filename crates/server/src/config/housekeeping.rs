//! `[housekeeping]`: the job that deletes what has outlived its use.

use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub Housekeeping {
        enabled: bool,
        interval: Lifetime<1, 86_400>,
    }
}
