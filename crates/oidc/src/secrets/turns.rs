//! Who has a secret hashed when. A hash is slow on purpose, some fifteen milliseconds of a core, and whoever sends wrong secrets
//! makes us spend them. So one is hashed at a time; after a wrong one the turn is kept for a while; and each client has a queue
//! of its own, a short one. Whoever guesses gets a fifth of one core, and keeps waiting who guesses with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use actix_web::rt::{spawn, time::sleep};
use actix_web::web;
use identity::client::ClientId;
use tokio::sync::Semaphore;

/// So many requests of one client wait for their turn. More are sent away.
const QUEUE: usize = 16;
/// After a wrong secret nothing is hashed for so many times as long as that took.
const REST: u32 = 4;

/// Too many requests of this client wait already.
#[derive(Debug)]
pub(crate) struct Crowded;

#[derive(Clone, Debug)]
pub(super) struct Turns {
    /// Of all clients one at a time.
    one: Arc<Semaphore>,
    /// Clients that do not exist share a queue.
    queues: Arc<Mutex<HashMap<Option<ClientId>, Queue>>>,
}

#[derive(Clone, Debug)]
struct Queue {
    places: Arc<Semaphore>,
    head: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Turns {
        Turns { one: Arc::new(Semaphore::new(1)), queues: Arc::default() }
    }
}

impl Turns {
    /// Hashes when the turn of this client comes. It goes on when whoever asked has gone: otherwise who hangs up at once could
    /// have many hashed at the same time.
    pub(super) async fn take(
        &self,
        client: Option<ClientId>,
        hash: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<bool, Crowded> {
        let queue = self.queue(client);
        let place = queue.places.try_acquire_owned().map_err(|_| Crowded)?;
        let one = self.one.clone();
        let turn = spawn(async move {
            let _place = place;
            let _head = queue.head.acquire().await;
            let _one = one.acquire().await;
            let began = Instant::now();
            let verified = web::block(hash).await.unwrap_or(false);
            if !verified {
                sleep(began.elapsed() * REST).await;
            }
            verified
        });
        Ok(turn.await.unwrap_or(false))
    }

    fn queue(&self, client: Option<ClientId>) -> Queue {
        let mut queues = self.queues.lock().expect("nothing panics under this lock");
        queues.entry(client).or_insert_with(Queue::new).clone()
    }
}

impl Queue {
    fn new() -> Queue {
        Queue { places: Arc::new(Semaphore::new(QUEUE)), head: Arc::new(Semaphore::new(1)) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use futures_util::future::join_all;

    use super::*;

    fn client(name: &str) -> Option<ClientId> {
        Some(ClientId::parse(name).unwrap())
    }

    #[actix_web::test]
    async fn one_is_hashed_at_a_time_and_of_many_of_one_client_some_are_sent_away() {
        let (turns, now, most) = (Turns::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let wrong = || {
            let (now, most) = (now.clone(), most.clone());
            move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(1));
                now.fetch_sub(1, Ordering::SeqCst);
                false
            }
        };
        let told = join_all((0..QUEUE + 10).map(|_| turns.take(client("a"), wrong()))).await;
        assert_eq!(told.iter().filter(|told| told.is_err()).count(), 10);
        assert!(told.iter().flatten().all(|verified| !verified));
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }

    #[actix_web::test]
    async fn another_client_waits_for_one_turn_and_not_for_the_queue() {
        let (turns, hashed) = (Turns::default(), Arc::new(AtomicUsize::new(0)));
        let wrong = |_| {
            let hashed = hashed.clone();
            turns.take(client("a"), move || {
                std::thread::sleep(Duration::from_millis(5));
                hashed.fetch_add(1, Ordering::SeqCst);
                false
            })
        };
        let other = async {
            actix_web::rt::task::yield_now().await;
            let verified = turns.take(client("b"), || true).await;
            (verified.unwrap(), hashed.load(Ordering::SeqCst))
        };
        let (_, (verified, before)) = futures_util::join!(join_all((0..QUEUE).map(wrong)), other);
        assert!(verified && before <= 2, "{before} of {QUEUE} came first");
    }

    #[actix_web::test]
    async fn who_hangs_up_has_no_more_hashed_than_who_waits() {
        let (turns, now, most) = (Turns::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for _ in 0..QUEUE {
            let (now, most) = (now.clone(), most.clone());
            let asking = turns.take(client("a"), move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(2));
                now.fetch_sub(1, Ordering::SeqCst);
                true
            });
            let _ = actix_web::rt::time::timeout(Duration::from_micros(100), asking).await;
        }
        assert!(turns.take(client("b"), || true).await.unwrap());
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }
}
