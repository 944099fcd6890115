//! Tells cargo that the migrations are part of this crate: those that are there it finds itself, a new one it does not.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
