//! The front-end files, embedded in the binary and served under names that change with their contents.

mod serve;
#[cfg(test)]
mod tests;

pub use serve::configure;

/// One embedded file.
pub(crate) struct Asset {
    /// Its name without folder or hash, such as `govuk-frontend.min.css`.
    pub(crate) name: &'static str,
    /// Its address: `/assets/<name>-<hash>.<extension>`.
    pub(crate) path: &'static str,
    content_type: &'static str,
    identity: &'static [u8],
    /// Compressed forms; only text has them.
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Sorted by name.
static TABLE: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

pub(crate) fn find(name: &str) -> Option<&'static Asset> {
    TABLE.binary_search_by(|asset| asset.name.cmp(name)).ok().map(|index| &TABLE[index])
}

/// The address of an embedded file, such as `govuk-frontend.min.css`.
///
/// # Panics
/// If there is no file of that name. The set of files is fixed when the crate is built, so this is a typing error.
pub fn path(name: &str) -> &'static str {
    match find(name) {
        Some(asset) => asset.path,
        None => panic!("there is no asset named {name}"),
    }
}
