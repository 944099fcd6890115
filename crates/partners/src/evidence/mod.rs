//! Where files of evidence are kept: a directory, or a bucket.

mod bucket;
mod directory;

pub use bucket::{Bucket, BucketSettings};
pub use directory::Directory;
