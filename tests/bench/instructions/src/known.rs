//! The known numbers: docs/instructions.toml.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::process::Command;

use serde::Deserialize;

use crate::count::Failure;
use crate::operation::Operation;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/instructions.toml");

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub counted_with: Tools,
    /// How many instructions each operation takes, by its name.
    pub instructions: BTreeMap<String, u64>,
}

/// What the numbers depend on besides our code.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tools {
    pub compiler: String,
    pub valgrind: String,
    pub processor: String,
}

impl Known {
    pub(crate) fn read() -> Result<Known, Failure> {
        Ok(toml::from_str(&std::fs::read_to_string(FILE)?)?)
    }

    pub(crate) fn write(&self) -> std::io::Result<()> {
        std::fs::write(FILE, self.text())
    }

    fn text(&self) -> String {
        let Tools { compiler, valgrind, processor } = &self.counted_with;
        let mut text = format!(
            "# Instructions for each operation, as `make instructions` counts them and `make instructions UPDATE=1` writes them.\n\n\
             [counted_with]\ncompiler = \"{compiler}\"\nvalgrind = \"{valgrind}\"\nprocessor = \"{processor}\"\n\n[instructions]\n"
        );
        for operation in Operation::known() {
            let name = operation.name();
            writeln!(text, "{name} = {}", grouped(self.instructions[name], '_')).expect("a string takes all");
        }
        text
    }
}

impl Tools {
    /// Those of this machine.
    pub(crate) fn here() -> std::io::Result<Tools> {
        Ok(Tools {
            compiler: version_of("rustc")?,
            valgrind: version_of("valgrind")?,
            processor: std::env::consts::ARCH.to_owned(),
        })
    }
}

impl fmt::Display for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.compiler, self.valgrind, self.processor)
    }
}

fn version_of(program: &str) -> std::io::Result<String> {
    let told = Command::new(program).arg("--version").output()?.stdout;
    Ok(String::from_utf8_lossy(&told).trim().to_owned())
}

/// The number with something between its thousands.
pub(crate) fn grouped(number: u64, between: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_written_can_be_read_again() {
        let number = |(place, operation): (usize, Operation)| {
            (operation.name().to_owned(), 999 * 1000_u64.pow(place as u32 % 5))
        };
        let known = Known {
            counted_with: Tools { compiler: "rustc 1".into(), valgrind: "v-3".into(), processor: "x86_64".into() },
            instructions: Operation::known().enumerate().map(number).collect(),
        };
        assert_eq!(toml::from_str::<Known>(&known.text()).unwrap(), known);
    }

    #[test]
    fn the_file_has_every_operation_and_no_other() {
        let names: BTreeSet<&str> = Operation::known().map(Operation::name).collect();
        let known = Known::read().unwrap();
        assert!(known.instructions.keys().eq(&names), "{:?}", known.instructions);
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(
            ["0", "999", "1,000", "12,345,678"],
            [0, 999, 1_000, 12_345_678].map(|number| grouped(number, ',')).each_ref().map(String::as_str)
        );
    }
}
