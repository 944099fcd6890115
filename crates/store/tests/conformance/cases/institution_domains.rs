//! The email domains of schools and training providers.

use identity::institution_domain::InstitutionDomain;
use identity::mailbox::{Kind, SharedMailboxes};

use super::at_once;
use crate::sample::email;
use crate::world::World;

fn domains(names: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<InstitutionDomain> {
    names.into_iter().map(|name| InstitutionDomain::of_website(name.as_ref()).expect("it is a domain")).collect()
}

impl World {
    async fn inserts(&self, names: &[&str]) -> usize {
        let domains = domains(names);
        self.does(move |db| db.institution_domains().insert(&domains)).await
    }

    async fn knows(&self, domain: &'static str) -> bool {
        self.sees(move |db| db.institution_domains().contains(domain)).await
    }
}

pub(crate) async fn a_domain_that_is_there_already_is_passed_over(world: World) {
    assert_eq!(world.inserts(&[]).await, 0);
    assert_eq!(world.inserts(&["one.example", "two.example", "one.example"]).await, 2);
    assert_eq!(world.inserts(&["two.example", "three.example"]).await, 1);
    assert_eq!(world.inserts(&["three.example"]).await, 0);
    assert_eq!(world.sees(|db| db.institution_domains().count()).await, 3);
}

pub(crate) async fn a_domain_is_known_itself_and_nothing_under_it_or_above(world: World) {
    world.inserts(&["www.School.Example", "gâr.example"]).await;
    assert!(world.knows("school.example").await && world.knows("xn--gr-pia.example").await);
    for other in ["mail.school.example", "example", "chool.example", "school.exampl", "school_example", ""] {
        assert!(!world.knows(other).await, "{other}");
    }
}

pub(crate) async fn more_domains_than_one_statement_takes_are_inserted(world: World) {
    let many = domains((0..5_000).map(|number| format!("school-{number}.example")));
    assert_eq!(world.does(move |db| db.institution_domains().insert(&many)).await, 5_000);
    assert_eq!(world.sees(|db| db.institution_domains().count()).await, 5_000);
    assert!(world.knows("school-4999.example").await);
}

pub(crate) async fn domains_that_two_import_at_once_are_there_once(world: World) {
    let nodes = [world.store.clone(), world.another_node()];
    let both = domains((0..50).map(|number| format!("school-{number}.example")));
    let new = at_once(&nodes, move |_, db| db.institution_domains().insert(&both)).await;
    assert_eq!(new.into_iter().map(|new| new.expect("nothing stands in the way")).sum::<usize>(), 50);
    assert_eq!(world.count("institution_domains"), 50);
}

pub(crate) async fn an_address_is_personal_shared_or_an_institutions(world: World) {
    world.inserts(&["school.example"]).await;
    for (address, kind) in [
        ("j.li@example.com", Kind::Personal),
        ("J.Li@School.Example", Kind::Institution),
        ("j.li@mail.school.example", Kind::Personal),
        ("Office@school.example", Kind::Shared),
        ("office@example.com", Kind::Shared),
    ] {
        let shared = SharedMailboxes::parse("office").unwrap();
        let address = email(address);
        let found = world.sees(move |db| db.institution_domains().mailbox_kind(&address, &shared)).await;
        assert_eq!(found, kind);
    }
}
