//! Draws docs/journey.md: the pages and, for each kind of request, the way through them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Place, Visited, explored, place};
use identity::account::DetailChanges;

use crate::ending::{Ending, News, Search};
use crate::page::Kind;
use crate::pages::PAGES;

/// An ending in the words of the diagram.
pub(super) fn words(ending: &Ending) -> String {
    let status = |search: &Search| format!("lookup status {}", search.status.as_str());
    match ending {
        Ending::SignIn { news, .. } => match news.as_ref() {
            News { search: Some(search), .. } => format!("Signed in, {}", status(search)),
            News { elevation: Some(elevation), .. } if elevation.link.is_some() => "Signed in, level raised".into(),
            News { elevation: Some(_), .. } => "Signed in, level not raised".into(),
            News { .. } => "Signed in".into(),
        },
        Ending::Register { search: None, .. } => "New account".into(),
        Ending::Register { search: Some(search), .. } => format!("New account, {}", status(search)),
        Ending::Claim { .. } => "Signed in to the account that holds the record".into(),
        Ending::AskSupport { .. } => "Not signed in: support is asked".into(),
        Ending::Blocked(_) => "Kept out".into(),
        Ending::Change { request: Some(_), .. } => "Support is asked to change the record".into(),
        Ending::Change { changes, .. } if **changes == DetailChanges::default() => "Nothing has changed".into(),
        Ending::Change { .. } => "Changed".into(),
    }
}

impl Place {
    fn shape(&self) -> String {
        match self {
            Place::Page(path) => format!("[{path}]"),
            Place::LookUp(question, _) => format!("{{{{\"{question}\"}}}}"),
            Place::End(words) => format!("([\"{words}\"])"),
        }
    }
}

/// docs/journey.md, in Markdown.
pub fn document() -> String {
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
            (Kind::Question(_), []) => "question".into(),
            (Kind::Question(_), beside) => format!("question, beside {}", beside.join(" and ")),
            (Kind::Notice, _) => "notice".into(),
        };
        writeln!(text, "| {} | {} | {kind} |", page.path, page.title).expect("a string takes what is written");
    }
    for (arrival, visited) in explored() {
        let (title, states) = (arrival.title, visited.len());
        let edges: usize = visited.iter().map(|state| state.next.len()).sum();
        let pages: BTreeSet<&str> =
            visited.iter().flat_map(|state| &state.progress.trail).map(|page| page.path).collect();
        let pages = pages.len();
        write!(
            text,
            "\n## {title}\n\nVisited: {pages} pages, {states} states, {edges} edges.\n\n{}",
            flowchart(visited)
        )
        .expect("a string takes what is written");
    }
    text
}

/// A Mermaid flowchart. Arrows with the same two ends are drawn as one.
fn flowchart(visited: &[Visited]) -> String {
    let mut places: Vec<Place> = Vec::new();
    let mut number = |visited: &Visited| {
        let place = place(&visited.progress);
        places.iter().position(|other| *other == place).unwrap_or_else(|| {
            places.push(place);
            places.len() - 1
        })
    };
    let mut arrows: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for from in visited {
        for (word, to) in &from.next {
            let words = arrows.entry((number(from), number(&visited[*to]))).or_default();
            if !words.contains(word) {
                words.push(word);
            }
        }
    }
    let mut lines = vec!["```mermaid".to_owned(), "flowchart TD".into()];
    lines.extend(places.iter().enumerate().map(|(number, place)| format!("    p{number}{}", place.shape())));
    let arrow = |((from, to), words): (&(usize, usize), &Vec<&str>)| {
        format!("    p{from} -- \"{}\" --> p{to}", words.join(", "))
    };
    lines.extend(arrows.iter().map(arrow));
    lines.push("```\n".into());
    lines.join("\n")
}

#[test]
fn docs_journey_md_is_as_the_code_has_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/journey.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == document(), "docs/journey.md is out of date: run `make docs`");
}
