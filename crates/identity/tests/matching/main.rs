//! What a match is: by example, and by what holds for every example.

mod examples;
mod people;
mod properties;
