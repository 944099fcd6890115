//! What is counted, each by its name.

use crate::browser::Browser;
use crate::people::Person;
use crate::service::{self, Tokens};
use crate::sign_in::signs_in;
use crate::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Discovery,
    Jwks,
    Userinfo,
    Introspection,
    ClientCredentials,
    Refresh,
    CodeExchange,
    ReturningSignIn,
    FirstSignIn,
    /// What the check has to find: a code exchange, and every fifth time another.
    CodeExchangeAndAFifth,
}

use Operation::{
    ClientCredentials, CodeExchange, CodeExchangeAndAFifth, Discovery, FirstSignIn, Introspection, Jwks, Refresh,
    ReturningSignIn, Userinfo,
};

impl Operation {
    pub(crate) const KNOWN: [Operation; 9] = [
        Discovery,
        Jwks,
        Userinfo,
        Introspection,
        ClientCredentials,
        Refresh,
        CodeExchange,
        ReturningSignIn,
        FirstSignIn,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Discovery => "discovery",
            Jwks => "jwks",
            Userinfo => "userinfo",
            Introspection => "introspection",
            ClientCredentials => "client_credentials",
            Refresh => "refresh",
            CodeExchange => "code_exchange",
            ReturningSignIn => "returning_sign_in",
            FirstSignIn => "first_sign_in",
            CodeExchangeAndAFifth => "code_exchange_and_a_fifth",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Operation> {
        Operation::KNOWN.into_iter().chain([CodeExchangeAndAFifth]).find(|operation| operation.name() == name)
    }

    /// How often it is done to be counted: the less it is, the oftener, since the start of the program differs a little
    /// from run to run.
    pub(crate) fn times(self) -> u32 {
        match self {
            Discovery | Jwks => 1_000,
            Userinfo | Introspection | ClientCredentials | Refresh => 200,
            CodeExchange | CodeExchangeAndAFifth => 50,
            ReturningSignIn | FirstSignIn => 20,
        }
    }
}

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
        for operation in Operation::KNOWN {
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
            Discovery => drop(service::reads(world, "/.well-known/openid-configuration").await),
            Jwks => drop(service::reads(world, "/oauth2/jwks").await),
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
