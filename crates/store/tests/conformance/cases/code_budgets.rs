//! The budgets of one-time codes.

use identity::budget::Rate;
use identity::clock::Time;
use identity::secret::Hashed;
use store::{StoreError, Taken};

use super::at_once;
use crate::sample::{hashed, noon, seconds};
use crate::world::World;

type Budgets = Vec<(Hashed, Rate)>;

/// `burst` in a minute, under a key of its own.
fn budget(world: &World, burst: u32) -> (Hashed, Rate) {
    (hashed(&world.random), Rate::new(burst, seconds(60)).unwrap())
}

fn refused(budget: usize, again_at: Time) -> Taken {
    Taken::Refused { budget, again_at }
}

impl World {
    async fn takes(&self, budgets: &[(Hashed, Rate)], at: Time) -> Taken {
        let budgets = budgets.to_vec();
        self.does(move |db| db.code_budgets().take(&budgets, at)).await
    }

    /// Takes from all servers at the same moment; how many attempts were counted.
    async fn counted_at_once(&self, of_each: impl Fn(usize) -> Budgets + Clone + Send + 'static) -> usize {
        let nodes = self.eight_nodes();
        let taken = at_once(&nodes, move |number, db| db.code_budgets().take(&of_each(number), noon())).await;
        let taken: Result<Vec<Taken>, StoreError> = taken.into_iter().collect();
        taken.unwrap().into_iter().filter(|taken| *taken == Taken::Counted).count()
    }
}

pub(crate) async fn a_budget_is_counted_until_it_is_spent_and_comes_back(world: World) {
    let three = [budget(&world, 3)];
    for _ in 0..3 {
        assert_eq!(world.takes(&three, noon()).await, Taken::Counted);
    }
    assert_eq!(world.takes(&three, noon()).await, refused(0, noon() + seconds(20)));
    assert_eq!(world.takes(&three, noon() + seconds(20)).await, Taken::Counted);
    assert_eq!(world.takes(&three, noon() + seconds(20)).await, refused(0, noon() + seconds(40)));
    assert_eq!(world.takes(&[budget(&world, 3)], noon()).await, Taken::Counted, "another key is another budget");
    assert_eq!(world.takes(&[], noon()).await, Taken::Counted, "nothing to ask is nothing to refuse");
}

pub(crate) async fn budgets_are_taken_together_or_not_at_all(world: World) {
    let (wide, narrow) = (budget(&world, 3), budget(&world, 1));
    let both = [wide.clone(), narrow];
    assert_eq!(world.takes(&both, noon()).await, Taken::Counted);
    for _ in 0..5 {
        assert_eq!(world.takes(&both, noon()).await, refused(1, noon() + seconds(60)));
    }
    for _ in 0..2 {
        assert_eq!(world.takes(std::slice::from_ref(&wide), noon()).await, Taken::Counted);
    }
    assert_eq!(world.takes(&[wide], noon()).await, refused(0, noon() + seconds(20)));
}

pub(crate) async fn the_first_budget_that_is_spent_is_named_and_the_latest_time_at_which_all_have_room(world: World) {
    let (two, one, four) = (budget(&world, 2), budget(&world, 1), budget(&world, 4));
    for (spent, times) in [(&two, 2), (&one, 1)] {
        for _ in 0..times {
            world.takes(std::slice::from_ref(spent), noon()).await;
        }
    }
    assert_eq!(world.takes(&[four.clone(), two.clone(), one.clone()], noon()).await, refused(1, noon() + seconds(60)));
    assert_eq!(world.takes(&[one.clone(), four.clone(), two.clone()], noon()).await, refused(0, noon() + seconds(60)));
    assert_eq!(world.takes(&[two, one, four], noon() + seconds(60)).await, Taken::Counted);
}

pub(crate) async fn a_refusal_changes_nothing(world: World) {
    let one = budget(&world, 1);
    let untouched = budget(&world, 1);
    world.takes(std::slice::from_ref(&one), noon()).await;
    let kept = || world.texts("SELECT key_hash || ' ' || CAST(full_at AS TEXT) AS value FROM code_budgets");
    let before = kept();
    for second in 1..60 {
        let answer = world.takes(&[untouched.clone(), one.clone()], noon() + seconds(second)).await;
        assert_eq!(answer, refused(1, noon() + seconds(60)));
    }
    assert_eq!(kept(), before);
}

pub(crate) async fn a_budget_that_many_take_from_at_once_never_gives_more_than_it_has(world: World) {
    for burst in [1, 3, 7] {
        let budgets = vec![budget(&world, burst)];
        let one = budgets.clone();
        assert_eq!(world.counted_at_once(move |_| one.clone()).await, burst as usize, "made by one of them");
        let one = budgets.clone();
        assert_eq!(world.counted_at_once(move |_| one.clone()).await, 0, "made before");
        assert_eq!(world.takes(&budgets, noon() + seconds(60)).await, Taken::Counted);
    }
}

pub(crate) async fn budgets_that_many_take_from_in_any_order_hold_up_nobody(world: World) {
    for _ in 0..5 {
        let forth: Budgets = [9, 8, 5].map(|burst| budget(&world, burst)).into();
        let back: Budgets = forth.iter().rev().cloned().collect();
        let counted = world.counted_at_once(move |number| if number % 2 == 0 { forth.clone() } else { back.clone() });
        assert_eq!(counted.await, 5);
    }
}

pub(crate) async fn a_budget_that_is_deleted_while_many_take_from_it_never_gives_more_than_it_has(world: World) {
    for _ in 0..10 {
        let budgets = vec![budget(&world, 2)];
        world.takes(&budgets, noon() - seconds(3600)).await;
        let one = budgets.clone();
        let nodes = world.eight_nodes();
        let taken = at_once(&nodes, move |number, db| {
            if number % 2 == 1 {
                db.housekeeping().delete_code_budgets(noon(), 10)?;
                return Ok(None);
            }
            db.code_budgets().take(&one, noon()).map(Some)
        });
        let taken: Result<Vec<Option<Taken>>, StoreError> = taken.await.into_iter().collect();
        assert_eq!(taken.unwrap().into_iter().filter(|taken| *taken == Some(Taken::Counted)).count(), 2);
    }
}

pub(crate) async fn what_is_counted_goes_with_a_transaction_that_fails(world: World) {
    let one = vec![budget(&world, 1)];
    let budgets = one.clone();
    let failed: Result<(), StoreError> = world
        .store
        .transact(move |db| {
            db.code_budgets().take(&budgets, noon())?;
            Err(StoreError::Other("something else went wrong".into()))
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(world.takes(&one, noon()).await, Taken::Counted);
}
