//! Evidence in a directory of this machine, or one that several machines share.
//!
//! A file is written under another name, brought to the disk, and only then given its own: it is there whole or not at
//! all. What is left when the process dies or the disk is full lies under a name that `delete` knows.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use identity::evidence::{EvidenceId, EvidenceStore, EvidenceUnavailable};

/// Nobody but the service reads what people sent.
const FILE_MODE: u32 = 0o600;
const DIRECTORY_MODE: u32 = 0o700;

#[derive(Clone, Debug)]
pub struct Directory(PathBuf);

impl Directory {
    /// Makes the directory when it is not there.
    ///
    /// # Errors
    /// When it cannot be made, or no file can be written in it.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Directory> {
        let path = path.into();
        DirBuilder::new().recursive(true).mode(DIRECTORY_MODE).create(&path)?;
        let trial = path.join(format!("trial-{}", std::process::id()));
        create(&trial).and_then(|_| fs::remove_file(&trial))?;
        Ok(Directory(path))
    }

    fn paths(&self, id: EvidenceId) -> Paths {
        Paths { whole: self.0.join(id.to_string()), part: self.0.join(format!("{id}.part")), directory: self.0.clone() }
    }
}

#[async_trait]
impl EvidenceStore for Directory {
    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), EvidenceUnavailable> {
        let (paths, bytes) = (self.paths(id), bytes.to_vec());
        blocking(move || paths.put(&bytes)).await
    }

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, EvidenceUnavailable> {
        let paths = self.paths(id);
        blocking(move || found(fs::read(&paths.whole))).await
    }

    async fn delete(&self, id: EvidenceId) -> Result<(), EvidenceUnavailable> {
        let paths = self.paths(id);
        blocking(move || paths.delete()).await
    }
}

/// The names of one file, and where they stand.
struct Paths {
    whole: PathBuf,
    part: PathBuf,
    directory: PathBuf,
}

impl Paths {
    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        let written = self.write(bytes);
        if written.is_err() {
            // What cannot be removed either is left to `delete`.
            let _ = fs::remove_file(&self.part);
        }
        written
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = create(&self.part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&self.part, &self.whole)?;
        sync(&self.directory)
    }

    fn delete(&self) -> io::Result<()> {
        for path in [&self.part, &self.whole] {
            found(fs::remove_file(path))?;
        }
        sync(&self.directory)
    }
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// A name is on the disk once its directory is.
fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, EvidenceUnavailable> {
    let done = tokio::task::spawn_blocking(work).await.map_err(EvidenceUnavailable::new)?;
    done.map_err(EvidenceUnavailable::new)
}
