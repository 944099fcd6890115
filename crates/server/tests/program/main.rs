//! The real binary, from outside: its subcommands, what it prints, how it ends.

mod check;
mod clients;
mod records;
mod serve;
mod tickets;
mod world;
