//! Whole sign-ins, each in a browser that has never been here.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use super::prepare::Ready;
use super::{Measured, Setup};
use crate::codes::Codes;
use crate::exchange::{Browser, Exchange, Flow};
use crate::failure::Failure;
use crate::journey::Journey;
use crate::measure::{Work, measure};
use crate::people::{self, Person};
use crate::refusal::Refusal;
use crate::sink;
use crate::site::Site;

/// The people of a file, in its order.
struct Queue {
    people: Vec<Person>,
    next: usize,
    /// Whoever was there may come again.
    again: bool,
}

struct SignIn {
    journey: Journey,
    queue: Rc<RefCell<Queue>>,
}

/// People who have an account.
pub(super) async fn returning(setup: &Setup) -> Result<Measured, Refusal> {
    let journey = setup.site.target.journey.as_ref().ok_or(Refusal::Missing("journey"))?;
    run(setup, Queue::read(&journey.accounts, setup, true)?).await
}

/// People who have a teaching record and no account yet. Each can come once.
pub(super) async fn first(setup: &Setup) -> Result<Measured, Refusal> {
    let journey = setup.site.target.journey.as_ref().ok_or(Refusal::Missing("journey"))?;
    run(setup, Queue::read(&journey.new_people, setup, false)?).await
}

async fn run(setup: &Setup, queue: Queue) -> Result<Measured, Refusal> {
    let Setup { site, pace, .. } = setup;
    let ready = Ready::new(site).await?;
    let flow = ready.flow(&site.client()?.scope)?;
    let codes = listen(setup).await?;
    let (from, queue) = (queue.next, Rc::new(RefCell::new(queue)));
    let work = |_| SignIn { journey: journey(site, &flow, &codes), queue: queue.clone() };
    let tally = measure(*pace, work).await;
    Ok(Measured { people: queue.borrow().next - from, ..ready.measured(tally) })
}

/// Signs the first people with an account in; gives the cookies of their browsers.
pub(super) async fn browsers(setup: &Setup, count: usize) -> Result<Vec<String>, Refusal> {
    let Setup { site, .. } = setup;
    let accounts = &site.target.journey.as_ref().ok_or(Refusal::Missing("journey"))?.accounts;
    let ready = Ready::new(site).await?;
    let mut journey = journey(site, &ready.flow(&site.client()?.scope)?, &listen(setup).await?);
    let mut all = Vec::new();
    for person in people::read(accounts)?.iter().take(count) {
        let browser = Browser::default();
        journey.walk(person, &browser).await?;
        all.push(browser.borrow().header());
    }
    Ok(all)
}

/// Where the server sends its letters to.
async fn listen(setup: &Setup) -> Result<Rc<Codes>, Refusal> {
    let codes = Rc::new(Codes::default());
    let address = setup.sink.ok_or(Refusal::NoSink)?;
    sink::open(address, codes.clone()).await.map_err(|error| Refusal::Taken(address, error.to_string()))?;
    Ok(codes)
}

fn journey(site: &Rc<Site>, flow: &Rc<Flow>, codes: &Rc<Codes>) -> Journey {
    Journey { site: site.clone(), exchange: Exchange::new(flow), codes: codes.clone() }
}

impl Queue {
    /// Two browsers of one person at the same time would get in each other's way.
    fn read(file: &Path, setup: &Setup, again: bool) -> Result<Queue, Refusal> {
        let people = people::read(file)?;
        let (needed, given) = (setup.pace.connections, people.len().saturating_sub(setup.skip));
        let enough = given >= needed;
        if enough {
            Ok(Queue { people, next: setup.skip, again })
        } else {
            Err(Refusal::TooFewPeople { needed, given })
        }
    }

    fn take(&mut self) -> Option<Person> {
        let place = if self.again { self.next % self.people.len() } else { self.next };
        let person = self.people.get(place)?;
        self.next += 1;
        Some(person.clone())
    }
}

impl Work for SignIn {
    async fn once(&mut self) -> Result<(), Failure> {
        let person = self.queue.borrow_mut().take().ok_or(Failure::new("nobody is left to sign in"))?;
        let (tokens, claims) = self.journey.walk(&person, &Browser::default()).await?;
        self.journey.exchange.userinfo(&tokens, &claims.sub).await
    }

    fn requests(&self) -> u64 {
        self.journey.exchange.connection.requests
    }
}
