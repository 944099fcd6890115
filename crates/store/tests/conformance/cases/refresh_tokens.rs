//! Refresh tokens.

use identity::grant::{Grant, GrantId};
use identity::refresh_token::{RefreshToken, RefreshTokenId};
use store::Constraint;

use super::{at_once, broken};
use crate::sample::{account, grant, hashed, noon, seconds};
use crate::world::World;

impl World {
    async fn has_a_grant(&self) -> Grant {
        let person = account(&self.random, "jane@example.com");
        let grant = grant(&self.random, &person);
        let kept = grant.clone();
        self.does(move |db| {
            db.accounts().create(&person)?;
            db.grants().create(&kept)
        })
        .await;
        grant
    }

    async fn has_refresh_token(&self, grant: GrantId, parent: Option<RefreshTokenId>) -> RefreshToken {
        let token = RefreshToken {
            id: RefreshTokenId::new(&self.random),
            token: hashed(&self.random),
            grant,
            parent,
            created_at: noon(),
            used_at: None,
        };
        let kept = token.clone();
        self.does(move |db| db.refresh_tokens().create(&kept)).await;
        token
    }

    async fn refresh_token(&self, token: &RefreshToken) -> Option<RefreshToken> {
        let token = token.token.clone();
        self.sees(move |db| db.refresh_tokens().by_token(&token)).await
    }
}

pub(crate) async fn a_refresh_token_comes_back_as_it_was_made(world: World) {
    let grant = world.has_a_grant().await.id;
    let first = world.has_refresh_token(grant, None).await;
    let second = world.has_refresh_token(grant, Some(first.id)).await;
    for token in [first, second] {
        assert_eq!(world.refresh_token(&token).await.as_ref(), Some(&token));
    }
    let unknown = hashed(&world.random);
    assert_eq!(world.sees(move |db| db.refresh_tokens().by_token(&unknown)).await, None);
}

pub(crate) async fn a_refresh_token_is_used_once_and_keeps_the_time_at_which_it_was(world: World) {
    let token = world.has_refresh_token(world.has_a_grant().await.id, None).await;
    for (later, first) in [(1, true), (2, false)] {
        assert_eq!(world.does(move |db| db.refresh_tokens().use_once(token.id, noon() + seconds(later))).await, first);
    }
    let used = RefreshToken { used_at: Some(noon() + seconds(1)), ..token };
    assert_eq!(world.refresh_token(&used).await.as_ref(), Some(&used));
}

pub(crate) async fn a_refresh_token_can_be_let_live_on(world: World) {
    let token = world.has_refresh_token(world.has_a_grant().await.id, None).await;
    world.does(move |db| db.refresh_tokens().prolong(token.id, noon() + seconds(1))).await;
    let prolonged = RefreshToken { created_at: noon() + seconds(1), ..token };
    assert_eq!(world.refresh_token(&prolonged).await.as_ref(), Some(&prolonged));
}

pub(crate) async fn of_many_who_use_a_refresh_token_at_once_one_is_the_first(world: World) {
    let id = world.has_refresh_token(world.has_a_grant().await.id, None).await.id;
    let used = at_once(&world.eight_nodes(), move |_, db| db.refresh_tokens().use_once(id, noon())).await;
    assert_eq!(used.into_iter().filter(|first| *first.as_ref().unwrap()).count(), 1);
}

pub(crate) async fn a_refresh_token_is_followed_once_what_was_given_for_it_is_used(world: World) {
    let grant = world.has_a_grant().await.id;
    let first = world.has_refresh_token(grant, None).await.id;
    let followed = || world.sees(move |db| db.refresh_tokens().is_followed(first));
    assert!(!followed().await);
    let second = world.has_refresh_token(grant, Some(first)).await.id;
    world.has_refresh_token(grant, Some(second)).await;
    assert!(!followed().await);
    world.does(move |db| db.refresh_tokens().use_once(second, noon())).await;
    assert!(followed().await);
}

pub(crate) async fn a_refresh_token_belongs_to_one_grant(world: World) {
    let token = world.has_refresh_token(world.has_a_grant().await.id, None).await;
    let same = RefreshToken { id: RefreshTokenId::new(&world.random), ..token };
    assert_eq!(broken(&world.store, move |db| db.refresh_tokens().create(&same)).await, Constraint::RefreshToken);
}

pub(crate) async fn a_grant_stays_as_long_as_one_of_its_refresh_tokens(world: World) {
    let grant = world.has_a_grant().await.id;
    world.has_refresh_token(grant, None).await;
    let late = noon() + seconds(1_000);
    assert_eq!(world.does(move |db| db.housekeeping().delete_grants(late, 10)).await, 0);
    assert_eq!(world.does(move |db| db.housekeeping().delete_refresh_tokens(noon(), 10)).await, 0);
    assert_eq!(world.does(move |db| db.housekeeping().delete_refresh_tokens(late, 10)).await, 1);
    assert_eq!(world.does(move |db| db.housekeeping().delete_grants(late, 10)).await, 1);
}
