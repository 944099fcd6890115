//! The places where evidence is kept and the scanners that look at it first, each on a real disk or a real socket.

mod bucket;
mod clamd;
mod command;
mod directory;

use identity::evidence::EvidenceId;
use identity::random::Random;

fn id(seed: u64) -> EvidenceId {
    EvidenceId::new(&Random::seeded(seed))
}
