//! What a client gets for a code or for a refresh token.

use identity::account::Account;
use identity::client::Client;
use identity::clock::Time;
use identity::grant::Grant;
use identity::refresh_token::{RefreshToken, RefreshTokenId};
use identity::scope::Scope;
use identity::secret::{Plain, Purpose};

use super::TokenResponse;
use crate::Provider;
use crate::access_token::{AccessToken, Terms};
use crate::id_token::IdToken;

/// Who gets tokens, for whom, and for what.
pub(super) struct Issue<'a> {
    pub grant: &'a Grant,
    pub account: &'a Account,
    pub client: &'a Client,
    pub terms: Terms<'a>,
}

impl Issue<'_> {
    pub(super) fn tokens(self, refresh_token: Option<&Plain>, provider: &Provider, now: Time) -> TokenResponse {
        let Issue { grant, account, client, terms } = self;
        let tokens = TokenResponse::own(&AccessToken::of((grant, client), terms, provider, now), provider);
        let id_token = IdToken::of((grant, account), client, &tokens.access_token, provider, now);
        TokenResponse {
            id_token: Some(id_token.sign(client, provider)),
            refresh_token: refresh_token.map(|token| token.expose().to_owned()),
            ..tokens
        }
    }
}

/// The person is not asked for their consent to `offline_access` (OpenID Connect Core, section 11): whether a service may
/// have it is agreed with the operator, and stands in the client's file.
pub(super) fn is_offline(grant: &Grant, client: &Client) -> bool {
    grant.scopes.contains(Scope::OfflineAccess) && client.scopes.contains(Scope::OfflineAccess)
}

/// A refresh token, and the row that stands for it once it is stored.
pub(super) fn new_refresh_token(
    provider: &Provider,
    grant: &Grant,
    parent: Option<RefreshTokenId>,
    now: Time,
) -> (Plain, RefreshToken) {
    let token = provider.random.token();
    let row = RefreshToken {
        id: RefreshTokenId::at(now, &provider.random),
        token: provider.hash_key.hash(Purpose::RefreshToken, "", &token),
        grant: grant.id,
        parent,
        created_at: now,
        used_at: None,
    };
    (token, row)
}
