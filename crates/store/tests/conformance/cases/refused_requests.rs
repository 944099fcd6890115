//! Refused requests.

use identity::refused_request::RefusedRequest;
use store::Constraint;

use super::broken;
use crate::sample::{client, noon};
use crate::world::World;

pub(crate) fn refused(reference: &str) -> RefusedRequest {
    RefusedRequest {
        reference: reference.into(),
        at: noon(),
        client: Some(client("npq")),
        sealed: "test.nonce.what was sent 😀".into(),
    }
}

pub(crate) async fn a_refused_request_comes_back_as_it_was_kept(world: World) {
    let requests = [refused("12345-67890"), RefusedRequest { client: None, ..refused("00000-00000") }];
    let kept = requests.clone();
    world.does(move |db| kept.iter().try_for_each(|request| db.refused_requests().keep(request))).await;
    for request in requests {
        let reference = request.reference.clone();
        assert_eq!(world.sees(move |db| db.refused_requests().by_reference(&reference)).await, Some(request));
    }
    assert_eq!(world.sees(|db| db.refused_requests().by_reference("12345-00000")).await, None);
}

pub(crate) async fn a_reference_belongs_to_one_refused_request(world: World) {
    world.does(|db| db.refused_requests().keep(&refused("12345-67890"))).await;
    let rule = broken(&world.store, |db| db.refused_requests().keep(&refused("12345-67890"))).await;
    assert_eq!(rule, Constraint::Id);
}
