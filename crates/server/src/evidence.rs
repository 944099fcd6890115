//! Puts together where evidence is kept and who scans it, as the configuration has it.

use std::io;
use std::sync::Arc;

use identity::clock::Clock;
use identity::evidence::{EvidenceStore, EvidenceUnavailable, Scanner};
use identity::random::Random;
use identity::secret::Plain;
use journey::EvidenceRoom;
use partners::evidence::{Bucket, BucketSettings, Directory};
use partners::scanner::{Clamd, Command, Nobody};
use store::Store;

use crate::config::{Evidence, KeepIn, ScannerKind};

/// Why there is no place for evidence.
#[derive(Debug, thiserror::Error)]
pub enum NoRoom {
    #[error("the directory for evidence cannot be used: {0}")]
    Directory(#[source] io::Error),
    #[error("{0}")]
    Bucket(#[source] EvidenceUnavailable),
}

/// None where nobody can send a file.
///
/// # Errors
/// When the place cannot be used.
pub fn room(config: &Evidence, store: &Store, clock: Clock, random: Random) -> Result<Option<EvidenceRoom>, NoRoom> {
    let Some(files) = files(config, clock.clone())? else { return Ok(None) };
    Ok(Some(EvidenceRoom { files, scanner: scanner(config), store: store.clone(), clock, random }))
}

/// Where the files are, for whoever only reads and deletes them.
///
/// # Errors
/// When the place cannot be used.
pub fn files(config: &Evidence, clock: Clock) -> Result<Option<Arc<dyn EvidenceStore>>, NoRoom> {
    Ok(match config.keep_in {
        KeepIn::Nowhere => None,
        KeepIn::Directory => Some(Arc::new(Directory::open(&config.directory).map_err(NoRoom::Directory)?)),
        KeepIn::Bucket => {
            let settings = BucketSettings {
                endpoint: config.bucket_endpoint.url().expect("the configuration takes no bucket without").clone(),
                region: config.bucket_region.clone(),
                bucket: config.bucket.clone(),
                access_key: config.bucket_access_key.clone(),
                secret: Plain::new(config.bucket_secret.expose()),
            };
            Some(Arc::new(Bucket::new(settings, clock).map_err(NoRoom::Bucket)?))
        }
    })
}

fn scanner(config: &Evidence) -> Arc<dyn Scanner> {
    let timeout = config.scan_timeout.duration().to_std().expect("a time limit is not negative");
    match config.scanner {
        ScannerKind::None => Arc::new(Nobody),
        ScannerKind::Command => {
            let (program, arguments) = config.scan_command.split_first().expect("the configuration takes no empty one");
            Arc::new(Command::new(program, arguments.to_vec(), timeout))
        }
        ScannerKind::Clamd => {
            let address = config.clamd.address().expect("the configuration takes no clamd without").clone();
            Arc::new(Clamd::new(address, timeout))
        }
    }
}
