//! The table that is asked and written to: rows with a key as random as our ids are, and something to keep.

use diesel::prelude::*;

/// Rows before anything is measured.
pub(crate) const ROWS: u64 = 100_000;

pub(crate) const CREATE: &str = "CREATE TABLE floor_rows (id TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL)";
pub(crate) const DROP: &str = "DROP TABLE IF EXISTS floor_rows";

diesel::table! {
    floor_rows (id) {
        id -> Text,
        content -> Text,
    }
}

#[derive(Insertable)]
#[diesel(table_name = floor_rows)]
pub(crate) struct Row {
    id: String,
    content: String,
}

impl Row {
    /// Of 200 bytes, as an authorization code or a session.
    pub(crate) fn numbered(number: u64) -> Row {
        Row { id: id(number), content: "x".repeat(200) }
    }
}

/// As long as an id of ours, and no nearer to its neighbour's: the numbers' bits are scattered (the mixer of SplitMix64).
pub(crate) fn id(number: u64) -> String {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    format!("{:016x}-{number:019}", mixed ^ (mixed >> 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_as_long_as_ours_and_those_of_neighbours_lie_apart() {
        assert_eq!(id(0).len(), 36);
        assert_ne!(id(7)[..4], id(8)[..4]);
    }
}
