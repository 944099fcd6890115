//! Where settings come from, the later over the earlier: the embedded defaults, the files given, the environment.

use std::collections::BTreeMap;
use std::path::Path;

use config::{File, FileFormat, Source, Value, ValueKind};
use serde::de::DeserializeOwned;

use super::fault::{Fault, explain};
use super::read::Reader;

/// A value and where it was set.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) place: String,
    pub(crate) value: Value,
}

/// Settings by section and key, and what could not be read.
#[derive(Debug)]
pub(crate) struct Layers {
    sections: BTreeMap<String, BTreeMap<String, Setting>>,
    pub(crate) faults: Vec<Fault>,
}

const PREFIX: &str = "GAI__";

impl Layers {
    pub(crate) fn of(files: &[impl AsRef<Path>], environment: impl IntoIterator<Item = (String, String)>) -> Layers {
        let mut layers = Layers { sections: BTreeMap::new(), faults: Vec::new() };
        layers.text("config/default.toml (embedded)", super::DEFAULTS);
        files.iter().for_each(|file| layers.file(file.as_ref()));
        layers.environment(environment);
        layers
    }

    fn file(&mut self, path: &Path) {
        let place = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => self.text(&place, &text),
            Err(error) => self.faults.push(Fault::new(place, "", format!("cannot be read: {error}"))),
        }
    }

    fn text(&mut self, place: &str, text: &str) {
        let sections = match toml(text) {
            Ok(sections) => sections,
            Err(what) => return self.faults.push(Fault::new(place, "", what)),
        };
        for (section, value) in sections {
            match value.kind {
                ValueKind::Table(keys) => {
                    keys.into_iter().for_each(|(key, value)| self.set(&section, key, place, value));
                }
                _ => self.faults.push(Fault::new(place, section, "is not in any section")),
            }
        }
    }

    /// Takes `GAI__SECTION__KEY` from the variables. A value in brackets is read as a TOML list; where the
    /// default is a list, any other value is one too, separated by commas.
    fn environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (name, text) in variables {
            let Some(path) = name.strip_prefix(PREFIX) else { continue };
            let path = path.to_ascii_lowercase();
            let Some((section, key)) = path.split_once("__") else {
                self.faults.push(Fault::new(name, "", "should be GAI__SECTION__KEY"));
                continue;
            };
            match self.read_text(section, key, &text) {
                Ok(value) => self.set(section, key.to_owned(), &name, value),
                Err(what) => self.faults.push(Fault::new(name, format!("{section}.{key}"), what)),
            }
        }
    }

    fn read_text(&self, section: &str, key: &str, text: &str) -> Result<Value, String> {
        if text.starts_with('[') && text.ends_with(']') {
            let mut parsed = toml(&format!("value = {text}"))?;
            return parsed.remove("value").ok_or_else(|| "is not a list".to_owned());
        }
        let default = self.sections.get(section).and_then(|keys| keys.get(key)).map(|setting| &setting.value.kind);
        if matches!(default, Some(ValueKind::Array(_))) {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            return Ok(Value::new(None, ValueKind::Array(parts.map(Value::from).collect())));
        }
        Ok(Value::from(text))
    }

    fn set(&mut self, section: &str, key: String, place: &str, value: Value) {
        let setting = Setting { place: place.to_owned(), value };
        self.sections.entry(section.to_owned()).or_default().insert(key, setting);
    }

    /// Takes a section out, to be read into its type.
    pub(crate) fn section(&mut self, name: &'static str) -> Reader<'_> {
        let settings = self.sections.remove(name).unwrap_or_default();
        Reader::new(name, "the configuration", settings, &mut self.faults)
    }

    /// One setting on its own, with where it was set. Its faults are left to whoever reads the section.
    pub(crate) fn peek<T: DeserializeOwned>(&self, section: &str, key: &str) -> Option<(T, String)> {
        let setting = self.sections.get(section)?.get(key)?;
        Some((setting.value.clone().try_deserialize().ok()?, setting.place.clone()))
    }

    /// What is left once every section was taken: sections that there are none of.
    pub(crate) fn finish(mut self) -> Vec<Fault> {
        for (section, keys) in self.sections {
            for (key, setting) in keys {
                let what = format!("there is no section `{section}`");
                self.faults.push(Fault::new(setting.place, format!("{section}.{key}"), what));
            }
        }
        self.faults
    }
}

/// Parses TOML; a fault says what is wrong, without the text itself.
pub(crate) fn toml(text: &str) -> Result<BTreeMap<String, Value>, String> {
    match File::from_str(text, FileFormat::Toml).collect() {
        Ok(table) => Ok(table.into_iter().collect()),
        Err(error) => Err(explain(&error)),
    }
}
