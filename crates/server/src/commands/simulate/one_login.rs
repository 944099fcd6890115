//! The simulator of GOV.UK One Login.

use std::path::PathBuf;

use clap::Args;
use identity::random::Random;
use partners::simulators::one_login::{OneLogin, Person, Registration, SAMPLE_PUBLIC_KEY};

use super::{Done, Stand, serve};
use crate::system;

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
    /// What the server calls itself there: its `one_login.client_id`.
    #[arg(long, default_value = "get-an-identity")]
    client_id: String,
    /// The public key of its `one_login.private_key`, in PEM; without it that of the sample key.
    #[arg(long)]
    public_key: Option<PathBuf>,
    /// The people whom its page offers, as a JSON list; without it some of the sample records.
    #[arg(long)]
    people: Option<PathBuf>,
}

impl Options {
    pub(super) fn run(self) -> Done {
        let public_key = match &self.public_key {
            Some(path) => std::fs::read_to_string(path)?,
            None => SAMPLE_PUBLIC_KEY.into(),
        };
        let people = match &self.people {
            Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
            None => sample_people(),
        };
        let registration = Registration { client_id: self.client_id, public_key, people };
        let around = (system::clock(), Random::system());
        let start = || OneLogin::start(self.stand.listen, self.stand.switch(), registration, around);
        serve("GOV.UK One Login", || Ok(start()?.running))
    }
}

/// Somebody whose record is found by what One Login says; somebody with another name before; and somebody without a record.
fn sample_people() -> Vec<Person> {
    let jane = Person::new("jane.taylor@example.org", ("Jane Louise", "Taylor"), "1990-06-30");
    vec![
        Person::new("asha.okonkwo-bennett@example.com", ("Asha Chidinma", "Okonkwo-Bennett"), "1987-04-12"),
        Person { previous_family_name: "Smith".into(), ..jane },
        Person::new("morgan.newcombe@example.com", ("Morgan", "Newcombe"), "1991-08-17"),
    ]
}
