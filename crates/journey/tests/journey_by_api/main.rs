//! The journey once more, with teaching records by API: the same people, pages and verdicts, while the database has no
//! record at all.

#[path = "../journey/account_changes.rs"]
mod account_changes;
#[path = "../journey/addresses.rs"]
mod addresses;
#[path = "../journey/blocked.rs"]
mod blocked;
#[path = "../journey/budgets.rs"]
mod budgets;
#[path = "../journey/claiming.rs"]
mod claiming;
#[path = "../journey/codes.rs"]
mod codes;
#[path = "../journey/database.rs"]
mod database;
#[path = "../journey/details.rs"]
mod details;
#[path = "../journey/elevation.rs"]
mod elevation;
#[path = "../journey/endings.rs"]
mod endings;
#[path = "../journey/following.rs"]
mod following;
#[path = "../journey/hostile.rs"]
mod hostile;
#[path = "../journey/later.rs"]
mod later;
#[path = "../journey/live_session.rs"]
mod live_session;
#[path = "../journey/messages.rs"]
mod messages;
#[path = "../journey/mobiles.rs"]
mod mobiles;
#[path = "../journey/pairs.rs"]
mod pairs;
#[path = "../journey/people.rs"]
mod people;
#[path = "../journey/portal.rs"]
mod portal;
#[path = "../journey/post.rs"]
mod post;
#[path = "../journey/quiet.rs"]
mod quiet;
#[path = "../journey/races.rs"]
mod races;
#[path = "../journey/records.rs"]
mod records;
#[path = "../journey/refusals.rs"]
mod refusals;
mod register;
#[path = "../journey/requests.rs"]
mod requests;
#[path = "../journey/sending.rs"]
mod sending;
#[path = "../journey/signing_in.rs"]
mod signing_in;
#[path = "../journey/telling.rs"]
mod telling;
#[path = "../journey/verdicts.rs"]
mod verdicts;
#[path = "../journey/world.rs"]
mod world;
