//! Which records an address has found.

use identity::secret::Hashed;
use store::StoreError;

use super::at_once;
use crate::sample::{hashed, trn};
use crate::world::World;

impl World {
    async fn notes(&self, address: &Hashed, record: &'static str) {
        let address = address.clone();
        self.does(move |db| db.record_finders().note(&address, &trn(record))).await;
    }

    async fn has_found_another_than(&self, address: &Hashed, record: &'static str) -> bool {
        let address = address.clone();
        self.sees(move |db| db.record_finders().found_other(&address, &trn(record))).await
    }
}

pub(crate) async fn an_address_has_found_another_record_once_it_has_found_two(world: World) {
    let (jane, joan) = (hashed(&world.random), hashed(&world.random));
    assert!(!world.has_found_another_than(&jane, "1000001").await);
    world.notes(&jane, "1000001").await;
    assert!(!world.has_found_another_than(&jane, "1000001").await);
    assert!(world.has_found_another_than(&jane, "1000002").await);
    assert!(!world.has_found_another_than(&joan, "1000002").await, "that was somebody else");
    world.notes(&jane, "1000002").await;
    assert!(world.has_found_another_than(&jane, "1000001").await);
}

pub(crate) async fn a_record_that_is_found_again_is_noted_once_and_the_transaction_goes_on(world: World) {
    let jane = hashed(&world.random);
    world.notes(&jane, "1000001").await;
    let again = jane.clone();
    world
        .does(move |db| {
            db.record_finders().note(&again, &trn("1000001"))?;
            db.record_finders().note(&again, &trn("1000002"))
        })
        .await;
    assert_eq!(world.count("record_finders"), 2);
}

pub(crate) async fn a_record_that_many_find_at_once_is_noted_once(world: World) {
    let jane = hashed(&world.random);
    let noted = at_once(&world.eight_nodes(), move |_, db| db.record_finders().note(&jane, &trn("1000001"))).await;
    noted.into_iter().collect::<Result<Vec<()>, StoreError>>().expect("whoever notes, succeeds");
    assert_eq!(world.count("record_finders"), 1);
}
