//! Addresses at which nobody can be written to.

use identity::secret::Hashed;
use store::StoreError;

use super::at_once;
use crate::sample::{hashed, noon, seconds};
use crate::world::World;

impl World {
    async fn is_undeliverable(&self, address: &Hashed) -> bool {
        let address = address.clone();
        self.sees(move |db| db.undeliverable_addresses().is_noted(&address)).await
    }
}

pub(crate) async fn an_address_is_noted_until_it_is_forgotten_and_no_other(world: World) {
    let (jane, joan) = (hashed(&world.random), hashed(&world.random));
    for address in [jane.clone(), joan.clone(), jane.clone()] {
        world.does(move |db| db.undeliverable_addresses().note(&address, noon())).await;
    }
    assert_eq!(world.count("undeliverable_addresses"), 2);
    let forgotten = jane.clone();
    for _ in 0..2 {
        let forgotten = forgotten.clone();
        world.does(move |db| db.undeliverable_addresses().forget(&forgotten)).await;
        assert!(!world.is_undeliverable(&jane).await && world.is_undeliverable(&joan).await);
    }
}

pub(crate) async fn an_address_that_many_note_at_once_is_noted_once_and_each_transaction_goes_on(world: World) {
    let jane = hashed(&world.random);
    let (noted, nodes) = (jane.clone(), world.eight_nodes());
    let all = at_once(&nodes, move |_, db| {
        db.undeliverable_addresses().note(&noted, noon())?;
        db.undeliverable_addresses().is_noted(&noted)
    });
    let all = all.await.into_iter().collect::<Result<Vec<bool>, StoreError>>().expect("whoever notes, succeeds");
    assert!(all.into_iter().all(|noted| noted) && world.is_undeliverable(&jane).await);
    assert_eq!(world.count("undeliverable_addresses"), 1);
}

pub(crate) async fn an_address_that_is_noted_again_is_kept_from_then_on(world: World) {
    let (jane, joan) = (hashed(&world.random), hashed(&world.random));
    let notes = [(jane.clone(), 0), (joan.clone(), 0), (jane.clone(), 10)];
    world
        .does(move |db| {
            let note =
                |(address, later): &(Hashed, i64)| db.undeliverable_addresses().note(address, noon() + seconds(*later));
            notes.iter().try_for_each(note)
        })
        .await;
    let deleted = world.does(|db| db.housekeeping().delete_undeliverable_addresses(noon() + seconds(5), 10)).await;
    assert_eq!(deleted, 1);
    assert!(world.is_undeliverable(&jane).await && !world.is_undeliverable(&joan).await);
}
