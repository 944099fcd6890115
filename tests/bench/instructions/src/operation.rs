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
    pub(crate) const ALL: [Operation; 10] = [
        Discovery,
        Jwks,
        Userinfo,
        Introspection,
        ClientCredentials,
        Refresh,
        CodeExchange,
        ReturningSignIn,
        FirstSignIn,
        CodeExchangeAndAFifth,
    ];

    /// Those that have a number in docs/instructions.toml.
    pub(crate) fn known() -> impl Iterator<Item = Operation> {
        Operation::ALL.into_iter().filter(|operation| *operation != CodeExchangeAndAFifth)
    }

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

    /// How often it is done to be counted: until it is so much that nothing small and rare moves the number.
    pub(crate) fn times(self) -> u32 {
        match self {
            Discovery | Jwks => 200,
            Userinfo | Introspection => 100,
            ClientCredentials | Refresh => 30,
            CodeExchange | CodeExchangeAndAFifth => 20,
            ReturningSignIn | FirstSignIn => 10,
        }
    }
}
