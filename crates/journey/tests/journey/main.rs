//! The journey over HTTP, in process: the real pages on a real database, with a clock that the tests move.

mod addresses;
mod blocked;
mod budgets;
mod claiming;
mod codes;
mod database;
mod details;
mod elevation;
mod endings;
mod following;
mod hostile;
mod later;
mod live_session;
mod messages;
mod mobiles;
mod people;
mod portal;
mod quiet;
mod races;
mod records;
mod refusals;
mod signing_in;
mod telling;
mod verdicts;
mod world;
