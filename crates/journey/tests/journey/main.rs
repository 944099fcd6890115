//! The journey over HTTP, in process: the real pages on a real database, with a clock that the tests move.

mod budgets;
mod codes;
mod endings;
mod hostile;
mod live_session;
mod messages;
mod refusals;
mod signing_in;
mod world;
