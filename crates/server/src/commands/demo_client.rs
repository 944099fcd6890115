//! `demo-client`: a relying service to try the provider with.

use identity::random::Random;

use super::Done;
use crate::demo_client::{self, Options};

pub(super) fn run(options: &Options) -> Done {
    Ok(actix_web::rt::System::new().block_on(demo_client::serve(options, Random::system()))?)
}
