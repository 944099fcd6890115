//! What is counted, each by its name.

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
            Discovery | Jwks => 2_000,
            Userinfo | Introspection => 300,
            ClientCredentials | Refresh => 60,
            CodeExchange | CodeExchangeAndAFifth => 30,
            ReturningSignIn | FirstSignIn => 15,
        }
    }
}
