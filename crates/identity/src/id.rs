//! What every random identifier has in common.

/// Makes a newtype over a UUID (RFC 9562): drawn by [`crate::random::Random`], written and read as text.
macro_rules! random_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            pub fn new(random: &$crate::random::Random) -> $name {
                $name(random.uuid())
            }

            /// One that tells when it was made, and comes after all that were made before: whoever may see it knows that time
            /// anyway, and a table of them is added to at its end.
            pub fn at(time: $crate::clock::Time, random: &$crate::random::Random) -> $name {
                $name(random.uuid_at(time))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                uuid::Uuid::from_str(text).map($name)
            }
        }
    };
}

pub(crate) use random_id;
