//! `migrate`: brings the database up to this version of the program.

use std::path::PathBuf;

use super::{Done, configuration};
use crate::app;

pub(super) fn run(files: &[PathBuf]) -> Done {
    let config = configuration(files)?;
    let store = app::open_store(&config)?;
    let count = actix_web::rt::System::new().block_on(store.migrate())?;
    println!("The database is up to date; {count} migration(s) had to be run.");
    Ok(())
}
