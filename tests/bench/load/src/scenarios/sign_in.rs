//! Whole sign-ins, each in a browser that has never been here.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;

use tokio::net::TcpListener;

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
    let Setup { site, pace, sink } = setup;
    let ready = Ready::new(site).await?;
    let flow = ready.flow(&site.client()?.scope)?;
    let codes = listen(*sink).await?;
    let queue = Rc::new(RefCell::new(queue));
    let work = |_| SignIn { journey: journey(site, &flow, &codes), queue: queue.clone() };
    Ok(ready.measured(measure(*pace, work).await))
}

/// Signs the first people with an account in; gives the cookies of their browsers.
pub(crate) async fn signed_in_browsers(
    site: &Rc<Site>,
    sink: Option<SocketAddr>,
    count: usize,
) -> Result<Vec<String>, Refusal> {
    let accounts = &site.target.journey.as_ref().ok_or(Refusal::Missing("journey"))?.accounts;
    let ready = Ready::new(site).await?;
    let mut journey = journey(site, &ready.flow(&site.client()?.scope)?, &listen(sink).await?);
    let mut all = Vec::new();
    for person in people::read(accounts, count)?.iter().take(count) {
        let browser = Browser::default();
        journey.walk(person, &browser).await?;
        all.push(browser.borrow().header());
    }
    Ok(all)
}

/// Where the server sends its letters to.
async fn listen(sink: Option<SocketAddr>) -> Result<Rc<Codes>, Refusal> {
    let codes = Rc::new(Codes::default());
    let address = sink.ok_or(Refusal::NoSink)?;
    let listener = TcpListener::bind(address).await.map_err(|error| Refusal::Taken(address, error.to_string()))?;
    sink::open(listener, codes.clone());
    Ok(codes)
}

fn journey(site: &Rc<Site>, flow: &Rc<Flow>, codes: &Rc<Codes>) -> Journey {
    Journey { site: site.clone(), exchange: Exchange::new(flow), codes: codes.clone() }
}

impl Queue {
    /// Two browsers of one person at the same time would get in each other's way.
    fn read(file: &Path, setup: &Setup, again: bool) -> Result<Queue, Refusal> {
        Ok(Queue { people: people::read(file, setup.pace.connections)?, next: 0, again })
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
