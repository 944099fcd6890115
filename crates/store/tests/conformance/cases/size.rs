//! How large the database is.

use identity::record::TeachingRecord;

use crate::sample::{record, trn};
use crate::world::World;

pub(crate) async fn a_database_is_larger_with_a_thousand_rows_than_without(world: World) {
    let empty = world.sees(|db| db.size()).await;
    let of = |number: usize| TeachingRecord { trn: trn(&format!("{:07}", 2_000_000 + number)), ..record("2000000") };
    let records: Vec<TeachingRecord> = (0..1_000).map(of).collect();
    world.does(move |db| db.records().upsert(&records)).await;
    let full = world.sees(|db| db.size()).await;
    assert!(empty > 0 && full >= empty + 100_000, "{empty} and {full}");
}
