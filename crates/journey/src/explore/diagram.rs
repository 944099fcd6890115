//! Draws docs/journey.md: the pages and, for each kind of request, the way through them.

use std::fmt::Write;

use super::{Arrow, Exploration, Place, arrivals, explore};
use crate::journey::{Ending, Search};
use crate::page::Kind;
use crate::pages::PAGES;

/// An ending in the words of the diagram.
pub(super) fn words(ending: &Ending) -> String {
    let status = |search: &Search| format!("lookup status {}", search.status.as_str());
    match ending {
        Ending::SignIn(_) => "Signed in".into(),
        Ending::Register(None) => "New account".into(),
        Ending::Register(Some(search)) => format!("New account, {}", status(search)),
        Ending::Settle(_, search) => format!("Signed in, {}", status(search)),
    }
}

impl Place {
    pub(super) fn is_end(&self) -> bool {
        matches!(self, Place::End(_))
    }

    fn shape(&self) -> String {
        match self {
            Place::Page(path) => format!("[{path}]"),
            Place::LookUp(question, _) => format!("{{{{\"{question}\"}}}}"),
            Place::End(words) => format!("([\"{words}\"])"),
        }
    }
}

fn document() -> String {
    let mut text = String::from(
        "# The journey\n\n\
        Drawn from the code by trying every answer and every result of each look-up: run `make docs` after a change of\n\
        crates/journey. Boxes are pages, hexagons are look-ups, rounded ends are how it can end.\n\n\
        A page that has been answered can be visited again; a code page only while it waits for its code.\n\n\
        ## The pages\n\n\
        | path | title | kind |\n|---|---|---|\n",
    );
    for page in PAGES {
        let kind = match (&page.kind, page.beside) {
            (Kind::Code { .. }, _) => "code page".into(),
            (Kind::Question(_), Some(beside)) => format!("question, beside {beside}"),
            (Kind::Question(_), None) => "question".into(),
        };
        writeln!(text, "| {} | {} | {kind} |", page.path, page.title).expect("a string takes what is written");
    }
    for arrival in arrivals() {
        let exploration = explore(&arrival.ask);
        write!(text, "\n## {}\n\n{}", arrival.title, flowchart(&exploration)).expect("a string takes what is written");
    }
    text
}

/// A Mermaid flowchart. Arrows with the same two ends are drawn as one.
fn flowchart(exploration: &Exploration) -> String {
    let number = |place: &Place| exploration.places.iter().position(|other| other == place).unwrap_or_default();
    let mut lines = vec!["```mermaid".to_owned(), "flowchart TD".into()];
    for (number, place) in exploration.places.iter().enumerate() {
        lines.push(format!("    p{number}{}", place.shape()));
    }
    let mut arrows: Vec<&Arrow> = exploration.arrows.iter().collect();
    arrows.sort_by_key(|arrow| (number(&arrow.from), number(&arrow.to)));
    for same in arrows.chunk_by(|one, other| one.from == other.from && one.to == other.to) {
        let words: Vec<&str> = same.iter().map(|arrow| arrow.word).collect();
        let Arrow { from, to, .. } = same[0];
        lines.push(format!("    p{} -- \"{}\" --> p{}", number(from), words.join(", "), number(to)));
    }
    lines.push("```\n".into());
    lines.join("\n")
}

#[test]
fn docs_journey_md_is_as_the_code_has_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/journey.md");
    let document = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &document).expect("docs/journey.md can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == document, "docs/journey.md is out of date: run `make docs`");
}
