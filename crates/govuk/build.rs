//! Prepares what the crate embeds: the front-end files under their hashed names, the component templates, and the
//! crown and logotype as GOV.UK Frontend publishes them.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/marks.rs"]
mod marks;
#[path = "build/templates.rs"]
mod templates;

use std::path::{Path, PathBuf};

fn main() {
    let manifest_dir = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out_dir = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    let root = manifest_dir.join("../..");
    let modules = root.join("node_modules");

    for package in ["govuk-frontend", "accessible-autocomplete"] {
        println!("cargo::rerun-if-changed={}", modules.join(package).join("package.json").display());
        if !modules.join(package).join("package.json").is_file() {
            println!("cargo::error=node_modules/{package} is missing: run `npm ci` at the root of the repository");
            return;
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    assets::generate(&modules, &manifest_dir.join("assets"), &out_dir);
    marks::generate(&modules, &out_dir);
    templates::generate(&root.join("templates"), &out_dir);
}

/// Reads a file or stops the build, naming it.
fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// Writes a file or stops the build, naming it.
fn write(path: &Path, contents: impl AsRef<[u8]>) {
    std::fs::write(path, contents).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}
