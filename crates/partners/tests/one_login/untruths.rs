//! Nothing that is not true gets anybody in.

use identity::one_login::{Distrust, Level, NotProved};
use partners::simulators::Fault;
use partners::simulators::one_login::{Person, Untruth};

use crate::world::{World, asha};

async fn distrusted(world: &World, untruth: Untruth) -> Distrust {
    world.simulator.tell(untruth);
    match world.signs_in(Level::Identity, &asha()).await {
        Err(NotProved::Distrusted(distrust)) => distrust,
        other => panic!("{untruth:?} came to {other:?}"),
    }
}

#[tokio::test]
async fn every_untruth_is_noticed_and_the_truth_is_believed_afterwards() {
    let world = World::new();
    for (untruth, expected) in [
        (Untruth::IdTokenSignature, Distrust::Signature),
        (Untruth::Vot, Distrust::Level),
        (Untruth::Vtm, Distrust::Trustmark),
        (Untruth::Expired, Distrust::Expired),
        (Untruth::Nonce, Distrust::Nonce),
        (Untruth::Audience, Distrust::Audience),
        (Untruth::Issuer, Distrust::Issuer),
        (Untruth::Subject, Distrust::Subject),
        (Untruth::IdentitySignature, Distrust::IdentitySignature),
        (Untruth::IdentityExpired, Distrust::IdentityExpired),
        (Untruth::IdentityVot, Distrust::IdentityLevel),
        (Untruth::IdentityAudience, Distrust::IdentityOfAnother),
        (Untruth::IdentitySubject, Distrust::IdentityOfAnother),
        (Untruth::NoIdentity, Distrust::IdentityMissing),
    ] {
        assert_eq!(distrusted(&world, untruth).await, expected);
    }
    world.simulator.tell(Untruth::None);
    world.signs_in(Level::Identity, &asha()).await.unwrap();
}

#[tokio::test]
async fn a_lying_simulator_is_not_believed() {
    let world = World::new();
    world.turns(Fault::Lying);
    let lied = world.signs_in(Level::Credential, &asha()).await;
    assert!(matches!(lied, Err(NotProved::Distrusted(Distrust::Signature))), "{lied:?}");
}

#[tokio::test]
async fn an_address_that_nobody_confirmed_is_not_told() {
    let world = World::new();
    world.simulator.tell(Untruth::UnverifiedEmail);
    let proved = world.signs_in(Level::Identity, &asha()).await.unwrap();
    assert_eq!(proved.email, None);
    assert!(proved.identity.is_some());
}

#[tokio::test]
async fn an_identity_without_a_name_or_with_a_date_that_is_none_is_malformed() {
    let world = World::new();
    for person in [
        Person { family_name: String::new(), ..asha() },
        Person { given_names: String::new(), ..asha() },
        Person { date_of_birth: "1987-02-30".into(), ..asha() },
    ] {
        let proved = world.signs_in(Level::Identity, &person).await;
        let malformed = matches!(proved, Err(NotProved::Distrusted(Distrust::IdentityMalformed)));
        assert!(malformed, "{proved:?}");
    }
}
