//! `[webhooks]`: where those are described who are told what becomes of accounts.

use std::path::PathBuf;

use super::read::section;

section! {
    pub WebhookSettings {
        /// Every `*.toml` in these directories is one webhook.
        directories: Vec<PathBuf>,
        /// Are the files read again when they change? A SIGHUP always does.
        reload: bool,
    }
}
