//! Prints docs/journey.md, drawn from the code: `make docs` keeps it.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(journey::explored().as_bytes())
}
