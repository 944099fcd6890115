//! Sealing anew, with the first key of the ring, what an older one sealed: so that an old key can leave the ring. Servers may
//! run meanwhile, and it may stop at any point: what is done stays done, and the next run goes on.

use std::fmt;

use identity::key_ring::KeyRing;
use identity::random::Random;
use identity::{one_login, outbox, refused_request, signing_key};
use store::{SealedColumn, Store, StoreError};

/// Rows of one transaction.
const BATCH: u32 = 500;

/// What was done in each table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rekeyed(Vec<Table>);

#[derive(Debug, PartialEq, Eq)]
struct Table {
    name: &'static str,
    sealed: u64,
    /// Those that no key of the ring opens.
    closed: u64,
}

impl Rekeyed {
    /// Does it all.
    ///
    /// # Errors
    /// When the store does not answer.
    pub fn run(store: &Store, ring: &KeyRing, random: &Random) -> Result<Rekeyed, StoreError> {
        let tables = SealedColumn::ALL.into_iter().map(|column| rekey(store, column, ring, random));
        Ok(Rekeyed(tables.collect::<Result<_, _>>()?))
    }

    /// Is everything under the first key now?
    pub fn is_whole(&self) -> bool {
        self.0.iter().all(|table| table.closed == 0)
    }
}

fn rekey(store: &Store, column: SealedColumn, ring: &KeyRing, random: &Random) -> Result<Table, StoreError> {
    let mut table = Table { name: column.table(), sealed: 0, closed: 0 };
    let mut after = String::new();
    loop {
        let last = store.transact_blocking(|db| {
            let rows = db.sealed().not_under(column, ring.first(), &after, BATCH)?;
            for row in &rows {
                match ring.reseal(purpose(column), &row.sealed, random) {
                    Ok(again) => table.sealed += u64::from(db.sealed().replace(column, row, &again)?),
                    Err(_) => table.closed += 1,
                }
            }
            Ok::<_, StoreError>(rows.last().map(|row| row.id.clone()))
        })?;
        match last {
            Some(last) => after = last,
            None => return Ok(table),
        }
    }
}

fn purpose(column: SealedColumn) -> &'static str {
    match column {
        SealedColumn::SigningKeys => signing_key::SEAL_PURPOSE,
        SealedColumn::OutboxMessages => outbox::SEAL_PURPOSE,
        SealedColumn::RefusedRequests => refused_request::SEAL_PURPOSE,
        SealedColumn::OneLoginStates => one_login::SEAL_PURPOSE,
    }
}

impl fmt::Display for Rekeyed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, Table { name, sealed, closed }) in self.0.iter().enumerate() {
            let line = if place == 0 { "" } else { "\n" };
            write!(f, "{line}{name}: {sealed} sealed with the first key")?;
            f.write_str(if *closed == 0 { "." } else { "; " })?;
            if *closed > 0 {
                write!(f, "{closed} stay as they are: no key of the ring opens them.")?;
            }
        }
        Ok(())
    }
}

/// How many rows are under which key.
#[derive(Debug)]
pub struct Status {
    /// Table, key and rows; no key for those that are under none of the ring.
    counts: Vec<(&'static str, Option<String>, u64)>,
    first: String,
}

impl Status {
    /// # Errors
    /// When the store does not answer.
    pub fn read(store: &Store, ring: &KeyRing) -> Result<Status, StoreError> {
        let counts = store.transact_blocking(|db| {
            let mut counts = Vec::new();
            for column in SealedColumn::ALL {
                let mut others = db.sealed().count(column)?;
                for key in ring.ids() {
                    let rows = db.sealed().count_under(column, key)?;
                    others = others.saturating_sub(rows);
                    counts.push((column.table(), Some(key.to_owned()), rows));
                }
                if others > 0 {
                    counts.push((column.table(), None, others));
                }
            }
            Ok::<_, StoreError>(counts)
        })?;
        Ok(Status { counts, first: ring.first().to_owned() })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<16} {:<20} ROWS", "TABLE", "KEY")?;
        for (table, key, rows) in &self.counts {
            let key = key.as_deref().unwrap_or("not on the ring");
            write!(f, "\n{table:<16} {key:<20} {rows}")?;
        }
        write!(
            f,
            "\n`{}` seals. Another may leave the ring once it has no rows, and 30 days after it sealed last:",
            self.first
        )?;
        f.write_str("\nuntil then links in letters are sealed with it.")
    }
}

#[cfg(test)]
mod tests {
    use identity::client::SigningAlgorithm;
    use identity::clock::{Clock, Time};
    use identity::key_ring::SealingKey;
    use identity::outbox::{Channel, OutboxMessage};
    use oidc::Keys;
    use store::PoolSettings;

    use super::*;

    fn ring(ids: &[&str]) -> KeyRing {
        let key = |id: &&str| SealingKey { id: id.to_string(), key: [id.len() as u8; 32] };
        KeyRing::new(ids.iter().map(key).collect()).unwrap()
    }

    fn clock() -> Clock {
        Clock::new(|| Time::from_timestamp(1_790_000_000, 0).unwrap())
    }

    fn store(folder: &tempfile::TempDir) -> Store {
        let url = format!("sqlite://{}/test.db", folder.path().display());
        Store::open(&url, PoolSettings::default()).unwrap()
    }

    async fn has_messages(store: &Store, ring: &KeyRing, count: u32) {
        let (ring, random) = (ring.clone(), Random::system());
        let put = store.transact(move |db| {
            for _ in 0..count {
                let sealed = ring.seal(outbox::SEAL_PURPOSE, b"a letter", &random);
                let (id, created_at) = (random.uuid(), clock().now());
                db.outbox().put(&OutboxMessage::new(id, Channel::Email, sealed, created_at))?;
            }
            Ok::<_, StoreError>(())
        });
        put.await.unwrap();
    }

    #[actix_web::test]
    async fn after_it_the_first_key_alone_opens_everything() {
        let folder = tempfile::tempdir().unwrap();
        let (store, random) = (store(&folder), Random::system());
        store.migrate().await.unwrap();
        let (old, both, new) = (ring(&["old"]), ring(&["newer", "old"]), ring(&["newer"]));
        Keys::load_or_create(&store, &old, &clock(), &random).await.unwrap();
        has_messages(&store, &old, 2 * BATCH + 1).await;
        has_messages(&store, &new, 1).await;
        assert!(Keys::load_or_create(&store, &new, &clock(), &random).await.is_err());

        let keys = SigningAlgorithm::ALL.len() as u64;
        let status = Status::read(&store, &both).unwrap().to_string();
        assert!(status.contains("\noutbox_messages  old                  1001\n"), "{status}");
        let unknown = Status::read(&store, &new).unwrap().to_string();
        assert!(unknown.contains(&format!("\nsigning_keys     not on the ring      {keys}\n")), "{unknown}");

        let done = Rekeyed::run(&store, &both, &random).unwrap();
        assert_eq!(
            done.to_string(),
            format!(
                "signing_keys: {keys} sealed with the first key.\noutbox_messages: 1001 sealed with the first key.\n\
                 refused_requests: 0 sealed with the first key.\none_login_states: 0 sealed with the first key."
            )
        );
        let status = Status::read(&store, &both).unwrap().to_string();
        assert!(
            status.contains("outbox_messages  newer                1002\noutbox_messages  old                  0\n")
        );
        assert!(Keys::load_or_create(&store, &new, &clock(), &random).await.is_ok());
        let messages = store.read(|db| db.outbox().newest_first(2_000)).await.unwrap();
        assert!(messages.iter().all(|message| new.open(outbox::SEAL_PURPOSE, &message.sealed).unwrap() == b"a letter"));
        let again = Rekeyed::run(&store, &both, &random).unwrap();
        assert!(again.is_whole() && again.0.iter().all(|table| table.sealed == 0));
    }

    #[actix_web::test]
    async fn what_no_key_opens_is_told_and_holds_up_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (store, random) = (store(&folder), Random::system());
        store.migrate().await.unwrap();
        has_messages(&store, &ring(&["lost"]), BATCH).await;
        has_messages(&store, &ring(&["old"]), 3).await;
        let done = Rekeyed::run(&store, &ring(&["newer", "old"]), &random).unwrap();
        assert!(!done.is_whole());
        let told = done.to_string();
        assert!(
            told.contains(
                "outbox_messages: 3 sealed with the first key; 500 stay as they are: no key of the ring opens them."
            ),
            "{told}"
        );
    }
}
