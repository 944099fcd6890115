//! Reading a table of settings into a type, field by field, so that every fault is found and not only the first.

use std::collections::BTreeMap;

use config::{Value, ValueKind};
use serde::de::DeserializeOwned;

use super::fault::{Fault, explain};
use super::layers::Setting;

/// A table whose keys are taken out one by one. What is left at the end is unknown.
pub(crate) struct Reader<'f> {
    section: &'static str,
    /// Where a key would have to be added.
    place: String,
    settings: BTreeMap<String, Setting>,
    faults: &'f mut Vec<Fault>,
}

impl<'f> Reader<'f> {
    pub(crate) fn new(
        section: &'static str,
        place: &str,
        settings: BTreeMap<String, Setting>,
        faults: &'f mut Vec<Fault>,
    ) -> Reader<'f> {
        Reader { section, place: place.to_owned(), settings, faults }
    }

    /// The value of a key; nothing, and a fault noted, when it is missing or cannot be read as the type.
    /// A key of type `Option` may be missing.
    pub(crate) fn get<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let (read, place) = match self.settings.remove(key) {
            Some(setting) => (setting.value.try_deserialize().map_err(|error| explain(&error)), setting.place),
            None => {
                let absent = Value::new(None, ValueKind::Nil);
                (absent.try_deserialize().map_err(|_| "is missing".to_owned()), self.place.clone())
            }
        };
        match read {
            Ok(value) => Some(value),
            Err(what) => {
                self.faults.push(Fault::new(place, self.path(key), what));
                None
            }
        }
    }

    /// Refuses every key that nobody asked for.
    pub(crate) fn finish(self) {
        for (key, setting) in &self.settings {
            self.faults.push(Fault::new(&setting.place, self.path(key), "there is no such setting"));
        }
    }

    fn path(&self, key: &str) -> String {
        if self.section.is_empty() { key.to_owned() } else { format!("{}.{key}", self.section) }
    }
}

/// Declares a table of settings: the struct, and how it is read. The fields are the keys, and there are no others.
macro_rules! section {
    ($(#[$about:meta])* $vis:vis $section:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        $vis struct $section { $($(#[$doc])* $vis $field: $type,)* }

        impl $section {
            pub(crate) fn read(mut table: $crate::config::read::Reader<'_>) -> Option<Self> {
                $(let $field = table.get(stringify!($field));)*
                table.finish();
                Some(Self { $($field: $field?,)* })
            }
        }
    };
}

pub(crate) use section;
