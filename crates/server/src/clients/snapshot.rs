//! All files of some directories at one moment: those of clients, or of webhooks.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use identity::client::{Client, ClientId};

use super::file;
use crate::config::{Fault, Profile};

/// The text of each file, or why it could not be read. Two snapshots are equal when nothing changed between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<PathBuf, Result<String, String>>);

impl Snapshot {
    pub fn take(directories: &[PathBuf]) -> Snapshot {
        let mut files = BTreeMap::new();
        for directory in directories {
            match paths(directory) {
                Ok(paths) => files.extend(paths.into_iter().map(|path| (path.clone(), read(&path)))),
                Err(error) => {
                    files.insert(directory.clone(), Err(error.to_string()));
                }
            }
        }
        Snapshot(files)
    }

    /// The text of each file that can be read; the others are faults.
    pub(crate) fn texts(&self, faults: &mut Vec<Fault>) -> Vec<(&Path, &str)> {
        let mut texts = Vec::new();
        for (path, text) in &self.0 {
            match text {
                Ok(text) => texts.push((path.as_path(), text.as_str())),
                Err(error) => {
                    faults.push(Fault::new(path.display().to_string(), "", format!("cannot be read: {error}")));
                }
            }
        }
        texts
    }

    /// Every client.
    ///
    /// # Errors
    /// Everything that is wrong in any of the files.
    pub fn clients(&self, profile: Profile) -> Result<Vec<Client>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut clients = Vec::new();
        let mut owners: BTreeMap<ClientId, &Path> = BTreeMap::new();
        for (path, text) in self.texts(&mut faults) {
            let Some(client) = file::parse(path, text, profile, &mut faults) else { continue };
            if let Some(first) = owners.insert(client.id.clone(), path) {
                let what = format!("{} has the same one", first.display());
                faults.push(Fault::new(path.display().to_string(), "client_id", what));
            }
            clients.push(client);
        }
        if self.0.is_empty() {
            faults.push(Fault::new("clients.directories", "", "there is no client's file in any of them"));
        }
        if faults.is_empty() { Ok(clients) } else { Err(faults) }
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn paths(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        // Editors keep hidden copies beside a file while it is open.
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(paths)
}
