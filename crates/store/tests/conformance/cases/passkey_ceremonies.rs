//! Challenges for passkeys.

use identity::browser_session::SessionId;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::passkey::{Ceremony, CeremonyOwner};

use super::at_once;
use crate::sample::{ceremony, noon};
use crate::world::World;

impl World {
    async fn has_ceremony(&self) -> Ceremony {
        let ceremony = ceremony(&self.random);
        let kept = ceremony.clone();
        self.does(move |db| db.passkey_ceremonies().begin(&kept)).await;
        ceremony
    }

    async fn takes_up(&self, ceremony: &Ceremony, owner: CeremonyOwner, now: Time) -> Option<String> {
        let id = ceremony.id;
        self.does(move |db| db.passkey_ceremonies().take(id, owner, now)).await
    }
}

pub(crate) async fn a_ceremony_is_taken_once(world: World) {
    let ceremony = world.has_ceremony().await;
    let other = world.has_ceremony().await;
    assert_eq!(world.takes_up(&ceremony, ceremony.owner, noon()).await, Some(ceremony.state.clone()));
    assert_eq!(world.takes_up(&ceremony, ceremony.owner, noon()).await, None);
    assert!(world.takes_up(&other, other.owner, noon()).await.is_some(), "each goes alone");
}

pub(crate) async fn a_ceremony_is_not_taken_once_it_has_expired(world: World) {
    let ceremony = world.has_ceremony().await;
    let moment = chrono::Duration::microseconds(1);
    assert!(world.takes_up(&ceremony, ceremony.owner, ceremony.expires_at).await.is_none());
    assert!(world.takes_up(&ceremony, ceremony.owner, ceremony.expires_at - moment).await.is_some());
}

pub(crate) async fn a_ceremony_is_taken_by_whose_it_is(world: World) {
    let ceremony = world.has_ceremony().await;
    let others = [
        CeremonyOwner::Interaction(InteractionId::new(&world.random)),
        CeremonyOwner::Session(SessionId::new(&world.random)),
    ];
    for other in others {
        assert!(world.takes_up(&ceremony, other, noon()).await.is_none());
    }
    assert!(world.takes_up(&ceremony, ceremony.owner, noon()).await.is_some());
}

pub(crate) async fn a_ceremony_that_many_take_at_once_is_taken_once(world: World) {
    let Ceremony { id, owner, .. } = world.has_ceremony().await;
    let nodes: Vec<_> = (0..4).map(|_| world.another_node()).collect();
    let taken = at_once(&nodes, move |_, db| db.passkey_ceremonies().take(id, owner, noon())).await;
    assert_eq!(taken.into_iter().filter(|taken| taken.as_ref().unwrap().is_some()).count(), 1);
}
