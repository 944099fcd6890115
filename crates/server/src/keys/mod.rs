//! The keys that sign tokens, as an operator sees them: moved on in the background, and by `get-an-identity keys`.

mod keep;
mod list;
mod revoke;
mod rotate;
#[cfg(test)]
mod tests;

use chrono::Duration;
use identity::clock::Time;

pub use keep::{keep, take_turn};
pub use list::List;
pub use revoke::Revocation;
pub(crate) use revoke::WARNING;
pub use rotate::Rotation;

fn second(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A length of time in words.
pub(crate) fn spelt(time: Duration) -> String {
    let written = written(time);
    let (count, unit) = written.split_at(written.len() - 1);
    let unit = match unit {
        "d" => "day",
        "h" => "hour",
        "m" => "minute",
        _ => "second",
    };
    format!("{count} {unit}{}", if count == "1" { "" } else { "s" })
}

/// A length of time as a setting would say it.
fn written(time: Duration) -> String {
    let seconds = time.num_seconds();
    match () {
        () if seconds % 86_400 == 0 => format!("{}d", seconds / 86_400),
        () if seconds % 3_600 == 0 => format!("{}h", seconds / 3_600),
        () if seconds % 60 == 0 => format!("{}m", seconds / 60),
        () => format!("{seconds}s"),
    }
}
