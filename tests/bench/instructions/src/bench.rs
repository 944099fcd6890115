//! Doing what is counted, one after the other, with somebody who is signed in.

use crate::browser::Browser;
use crate::operation::Operation::{
    self, ClientCredentials, CodeExchange, CodeExchangeAndAFifth, Discovery, FirstSignIn, Introspection, Jwks, Refresh,
    ReturningSignIn, Userinfo,
};
use crate::people::Person;
use crate::service::{self, Tokens};
use crate::sign_in::signs_in;
use crate::world::World;

/// What goes on from one operation to the next.
pub(crate) struct Bench {
    world: World,
    /// In which somebody is signed in.
    browser: Browser,
    tokens: Tokens,
    registered: u32,
}

impl Bench {
    /// After everything was done once, so that what is made at its first use does not count.
    pub(crate) async fn begin(world: World) -> Bench {
        let mut browser = Browser::default();
        let code = signs_in(&world, &mut browser, Person::number(0)).await;
        let tokens = service::redeems(&world, code).await;
        let mut bench = Bench { world, browser, tokens, registered: 0 };
        for operation in Operation::known() {
            bench.does(operation, 1).await;
        }
        bench
    }

    pub(crate) async fn does(&mut self, operation: Operation, times: u32) {
        for time in 1..=times {
            self.does_once(operation).await;
            if operation == CodeExchangeAndAFifth && time.is_multiple_of(5) {
                self.does_once(CodeExchange).await;
            }
        }
    }

    async fn does_once(&mut self, operation: Operation) {
        let (world, tokens) = (&self.world, &self.tokens);
        match operation {
            Discovery => service::reads(world, "/.well-known/openid-configuration").await,
            Jwks => service::reads(world, "/oauth2/jwks").await,
            Userinfo => service::asks_about_the_person(world, &tokens.access).await,
            Introspection => service::introspects(world, &tokens.access).await,
            ClientCredentials => service::asks_in_its_own_name(world).await,
            Refresh => self.tokens = service::refreshes(world, &tokens.refresh).await,
            CodeExchange | CodeExchangeAndAFifth => {
                let answer = self.browser.visits(world, &service::request()).await;
                let code = service::code(&answer.location()).expect("who is signed in is asked nothing");
                let tokens = service::redeems(world, code).await;
                service::asks_about_the_person(world, &tokens.access).await;
            }
            ReturningSignIn => self.signs_in(Person::number(0)).await,
            FirstSignIn => {
                self.registered += 1;
                self.signs_in(Person::number(self.registered)).await;
            }
        }
    }

    /// In a browser that nobody was signed in with.
    async fn signs_in(&self, person: Person) {
        let code = signs_in(&self.world, &mut Browser::default(), person).await;
        service::redeems(&self.world, code).await;
    }
}
