//! `[clients]`: where the relying services are described.

use std::path::PathBuf;

use super::read::section;

section! {
    pub ClientSettings {
        /// Every `*.toml` in these directories is one client.
        directories: Vec<PathBuf>,
        /// Are the files read again when they change? A SIGHUP always does.
        reload: bool,
    }
}
