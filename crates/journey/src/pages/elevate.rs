//! Told to somebody whose record is known, before a stricter service asks for two numbers.

use crate::page::Notice;

pub(crate) struct Elevate;

impl Notice for Elevate {
    const PATH: &'static str = "elevate";
    const TITLE: &'static str = "We need to check your teaching record again";
}
