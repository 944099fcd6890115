//! Where files of evidence are kept: a directory, or a bucket.

mod bucket;
mod directory;
mod signature;

pub use bucket::{Bucket, BucketSettings};
pub use directory::Directory;
pub(crate) use signature::{AccessKey, Signable, hash, sign};
