//! What the fuzz targets run (docs/fuzzing.md): the code that reads what outsiders send, and what always holds of what it
//! lets through. Each target stands beside the parser that it is about, and says whether anything was let through.

mod cookies;
mod jwts;
mod made;
mod world;

pub use crate::authorize::fuzzing::authorize_query;
pub use crate::dpop::fuzzing::dpop_proof;
pub use crate::token::fuzzing::token_form;
pub use cookies::cookies;
pub use jwts::jwts;
pub(crate) use made::{By, Made};
pub(crate) use world::{ISSUER, KEYED, World};

#[cfg(test)]
#[path = "../../../../fuzz/replay.rs"]
mod replay;

#[cfg(test)]
mod tests {
    use super::replay::replay;

    #[test]
    fn nobody_is_sent_to_an_address_that_is_not_registered_whatever_was_asked() {
        replay("authorize_query", &["everything", "pkce", "plain"], 3000, super::authorize_query);
    }

    #[test]
    fn nobody_gets_tokens_for_a_form_that_holds_nothing_of_ours_whatever_it_says() {
        replay("token_form", &["basic", "post"], 2000, super::token_form);
    }

    #[test]
    fn no_jwt_is_taken_that_was_not_signed_for_it_whatever_it_says() {
        let hints = ["hint_eddsa", "hint_es256", "hint_ps256", "hint_rs256"];
        let others = ["keys_ec", "keys_many", "request_object"];
        let taken = [&["access_token", "assertion"][..], &hints, &others].concat();
        replay("jwts", &taken, 1000, super::jwts);
    }

    #[test]
    fn no_cookie_is_read_that_could_not_be_ours_whatever_the_header_says() {
        replay("cookies", &["both", "encoded", "host"], 5000, super::cookies);
    }

    #[test]
    fn no_proof_is_taken_that_was_not_made_for_the_request_whatever_it_says() {
        replay("dpop_proof", &["token", "with_access_token"], 1000, super::dpop_proof);
    }
}
