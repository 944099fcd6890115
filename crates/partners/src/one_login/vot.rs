//! Vectors of trust (RFC 8485, section 2), as far as One Login speaks in them: components with dots between them, in any
//! order. `Cl` and `Cm` say how somebody signed in, `P0` to `P4` how well their identity is known.

use identity::one_login::Level;

pub(super) struct Vot {
    two_factors: bool,
    /// None: nothing is said of an identity.
    identity: Option<u32>,
}

/// The confidence that an identity needs.
const CONFIDENCE: u32 = 2;

impl Vot {
    pub(super) fn parse(text: &str) -> Vot {
        let parts = || text.split('.');
        let identity = parts().find_map(|part| part.strip_prefix('P')?.parse().ok());
        Vot { two_factors: parts().any(|part| part == "Cm"), identity }
    }

    /// For an ID token. It tells how somebody signed in; of an identity it may be silent, since the identity's own JWT
    /// tells that, but it must not deny it.
    pub(super) fn is_enough_for(&self, level: Level) -> bool {
        let denied = level == Level::Identity && self.identity.is_some_and(|confidence| confidence < CONFIDENCE);
        self.two_factors && !denied
    }

    /// For the identity's own JWT.
    pub(super) fn is_identity(&self) -> bool {
        self.identity.is_some_and(|confidence| confidence >= CONFIDENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_token_needs_two_factors_and_no_denial_of_what_was_asked() {
        for (text, credential, identity) in [
            ("Cl.Cm", true, true),
            ("P2.Cl.Cm", true, true),
            ("Cl.Cm.P2", true, true),
            ("P0.Cl.Cm", true, false),
            ("P1.Cl.Cm", true, false),
            ("Cl", false, false),
            ("P2", false, false),
            ("", false, false),
        ] {
            let vot = Vot::parse(text);
            assert_eq!(vot.is_enough_for(Level::Credential), credential, "{text}");
            assert_eq!(vot.is_enough_for(Level::Identity), identity, "{text}");
        }
    }

    #[test]
    fn an_identity_needs_medium_confidence_or_more() {
        for (text, enough) in [("P2", true), ("P3", true), ("P1", false), ("P0", false), ("Cl.Cm", false), ("P", false)]
        {
            assert_eq!(Vot::parse(text).is_identity(), enough, "{text}");
        }
    }
}
