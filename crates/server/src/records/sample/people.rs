//! One invented person after the other, each with one record or two.

use super::career;
use super::contact;
use super::name_lists::NameLists;
use super::neighbours::{Neighbours, Tie};
use super::numbers::{Ninos, Trns};
use super::record::Record;
use super::rng::Rng;
use super::shares as share;

/// The records of one person: mostly one.
pub(super) type Records = (Record, Option<Record>);

/// Everything that the next person depends on; its size does not grow with the number of people.
pub(super) struct People {
    rng: Rng,
    names: NameLists,
    trns: Trns,
    ninos: Ninos,
    neighbours: Neighbours,
    number: u64,
}

impl People {
    pub(super) fn of(seed: u64) -> Self {
        let mut rng = Rng::seeded(seed);
        let (trns, ninos) = (Trns::new(&mut rng), Ninos::new(&mut rng));
        Self { names: NameLists::embedded(), trns, ninos, neighbours: Neighbours::default(), number: 0, rng }
    }

    /// The next person. Never ends; panics when the TRNs run out, which `write` rules out beforehand.
    pub(super) fn next(&mut self) -> Records {
        self.number += 1;
        let mut person = self.stranger();
        let tie = self.neighbours.tie(&mut self.rng);
        if let Some(tie) = tie {
            self.relate(&mut person, tie);
        }
        self.neighbours.remember(&person, &mut self.rng);
        self.with_second_record(person)
    }

    /// Somebody who has nothing to do with anybody, except by chance.
    fn stranger(&mut self) -> Record {
        let rng = &mut self.rng;
        let name = self.names.person(rng);
        let born = career::date_of_birth(rng);
        let nino = self.ninos.next(rng);
        let emails = contact::emails(&name, self.number, rng);
        let qts = career::qts_date(born, rng);
        Record {
            trn: self.trns.next(),
            nino: (!rng.happens(share::WITHOUT_NINO)).then_some(nino),
            emails,
            providers: career::training_providers(qts.is_some(), rng),
            alerts: career::alerts(born, rng),
            portal_locked: rng.happens(share::PORTAL_LOCKED),
            active: !rng.happens(share::INACTIVE),
            merged_into: None,
            name,
            born,
            qts,
        }
    }

    /// Gives the person what they share with somebody earlier in the file.
    fn relate(&mut self, person: &mut Record, tie: Tie) {
        match tie {
            Tie::Namesake(other) => {
                person.name = other.name;
                person.name.previous.clear();
                person.emails = contact::emails(&person.name, self.number, &mut self.rng);
                // The dates that follow from the date of birth are kept plausible by drawing them again.
                person.born = other.born;
                person.qts = career::qts_date(person.born, &mut self.rng);
                person.alerts = career::alerts(person.born, &mut self.rng);
            }
            Tie::Spouse(other) => {
                person.name.family = other.name.family;
                person.emails = vec![other.email];
            }
        }
    }

    /// A few people have a second record: one that was merged into the first, or one that nobody has noticed yet.
    fn with_second_record(&mut self, person: Record) -> Records {
        let chance = self.rng.below(share::Share::WHOLE);
        let two = share::TWO_RECORDS.per_100_000();
        if chance < two {
            return self.unnoticed_twin(person);
        }
        if chance < two + share::MERGED_RECORD.per_100_000() {
            return self.merged(person);
        }
        (person, None)
    }

    /// The same person, registered again without a NINO: both records are active.
    fn unnoticed_twin(&mut self, mut person: Record) -> Records {
        if person.nino.is_none() {
            person.nino = Some(self.ninos.next(&mut self.rng));
        }
        person.active = true;
        let mut twin = Record { trn: self.trns.next(), nino: None, alerts: Vec::new(), ..person.clone() };
        twin.emails = contact::emails(&twin.name, self.number, &mut self.rng);
        twin.name.previous.clear();
        (person, Some(twin))
    }

    /// An old record that points to the one that replaced it, before it in the file or after it.
    fn merged(&mut self, mut person: Record) -> Records {
        person.active = true;
        let merged_into = Some(person.trn);
        let mut old = Record { trn: self.trns.next(), active: false, merged_into, ..person.clone() };
        old.nino = None;
        old.alerts.clear();
        if let Some((given, family)) = old.name.previous.pop() {
            (old.name.given, old.name.family) = (given, family);
        }
        if self.rng.below(2) == 0 { (person, Some(old)) } else { (old, Some(person)) }
    }
}
