//! Tells cargo that the migrations are part of this crate: those that are there it finds itself, a new one it does not.

#![expect(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
