//! What the disk takes to keep something: the least that any durable commit costs.

use std::io::Write;
use std::path::Path;

use crate::measure::{Cost, Done, one};

pub(crate) fn costs(folder: &Path) -> Done<Vec<Cost>> {
    let mut file = tempfile::tempfile_in(folder)?;
    let page = [7; 4096];
    Ok(vec![one("fsync_4k", || {
        file.write_all(&page)?;
        Ok(file.sync_all()?)
    })?])
}
