//! The markup of messages: paragraphs with an empty line between them, and lines that begin with `# ` (a heading), `- ` (an
//! item of a list) or `> ` (set apart: a code, a number). An address of the web or of email is a link.
//!
//! A line that begins with none of these goes on with the line above, so that a template may be wrapped anywhere. Marked
//! values (see `values`) are text and nothing else.

use identity::email::Email;
use serde::Serialize;

use super::values::{CLOSE, OPEN};

/// What stands together. A paragraph and a heading have one line; the others have one or more.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Block {
    kind: Kind,
    lines: Vec<Vec<Span>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Paragraph,
    Heading,
    List,
    Apart,
}

/// A piece of a line, and where it leads if it is a link.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Span {
    text: String,
    href: Option<String>,
}

const MARKS: [(&str, Kind); 3] = [("# ", Kind::Heading), ("- ", Kind::List), ("> ", Kind::Apart)];

pub(super) fn parse(source: &str) -> Vec<Block> {
    let mut blocks: Vec<(Kind, Vec<String>)> = Vec::new();
    let mut goes_on = false;
    for line in source.lines().map(str::trim) {
        let marked = MARKS.iter().find_map(|(mark, kind)| Some((*kind, line.strip_prefix(mark)?.trim_start())));
        let (kind, text) = marked.unwrap_or((Kind::Paragraph, line));
        match blocks.last_mut() {
            _ if line.is_empty() => {}
            Some((_, lines)) if goes_on && marked.is_none() => {
                let last = lines.last_mut().expect("a block has a line");
                *last = format!("{last} {text}");
            }
            // A template leaves empty lines where it leaves out an item: they do not end a list.
            Some((Kind::List, lines)) if kind == Kind::List => lines.push(text.into()),
            Some((Kind::Apart, lines)) if kind == Kind::Apart => lines.push(text.into()),
            _ => blocks.push((kind, vec![text.into()])),
        }
        goes_on = !line.is_empty();
    }
    let block =
        |(kind, lines): (Kind, Vec<String>)| Block { kind, lines: lines.iter().map(|line| spans(line)).collect() };
    blocks.into_iter().map(block).collect()
}

/// The text of a line without the marks of its values.
pub(super) fn one_line(source: &str) -> String {
    plain(&spans(source.trim()))
}

/// The blocks as plain text.
pub(super) fn text(blocks: &[Block]) -> String {
    let block = |block: &Block| {
        let mark = if block.kind == Kind::List { "- " } else { "" };
        block.lines.iter().map(|line| format!("{mark}{}", plain(line))).collect::<Vec<_>>().join("\n")
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

fn plain(line: &[Span]) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}

fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (position, piece) in line.split(OPEN).enumerate() {
        let (value, own) = if position == 0 { ("", piece) } else { piece.split_once(CLOSE).unwrap_or((piece, "")) };
        push(&mut spans, value, None);
        for word in own.split_inclusive(' ') {
            let bare = word.trim_matches(|c: char| c.is_whitespace() || "()<>.,:;".contains(c));
            let (before, after) = word.split_once(bare).unwrap_or((word, ""));
            push(&mut spans, before, None);
            push(&mut spans, bare, href(bare));
            push(&mut spans, after, None);
        }
    }
    spans
}

/// Where a word of the template leads, if it is an address.
fn href(word: &str) -> Option<String> {
    if word.starts_with("https://") || word.starts_with("http://") {
        return Some(word.into());
    }
    Email::parse(word).ok().map(|email| format!("mailto:{email}"))
}

/// Words that lead nowhere make one span.
fn push(spans: &mut Vec<Span>, text: &str, href: Option<String>) {
    match spans.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.href.is_none() && href.is_none() => last.text.push_str(text),
        _ => spans.push(Span { text: text.into(), href }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(Kind, Vec<String>)> {
        parse(source).iter().map(|block| (block.kind, block.lines.iter().map(|line| plain(line)).collect())).collect()
    }

    fn links(source: &str) -> Vec<(String, String)> {
        let spans = parse(source).into_iter().flat_map(|block| block.lines).flatten();
        spans.filter_map(|span| Some((span.text, span.href?))).collect()
    }

    #[test]
    fn each_kind_of_block_is_told_by_how_its_lines_begin() {
        let source = "One,\n  still one.\n\n# Two\n\n- three\n\n\n- four,\n  still four\n> five\n> six\n\n\nSeven.\n";
        let expected = [
            (Kind::Paragraph, vec!["One, still one."]),
            (Kind::Heading, vec!["Two"]),
            (Kind::List, vec!["three", "four, still four"]),
            (Kind::Apart, vec!["five", "six"]),
            (Kind::Paragraph, vec!["Seven."]),
        ];
        assert_eq!(kinds(source), expected.map(|(kind, lines)| (kind, lines.into_iter().map(String::from).collect())));
        assert_eq!(
            text(&parse(source)),
            "One, still one.\n\nTwo\n\n- three\n- four, still four\n\nfive\nsix\n\nSeven."
        );
    }

    #[test]
    fn the_addresses_of_a_template_are_links_without_the_stop_behind_them() {
        let source = "Email help@example.com. See (https://example.com/a?b=c), or http://example.com: x.";
        let expected = ["help@example.com", "https://example.com/a?b=c", "http://example.com"];
        assert_eq!(links(source).iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(links(source)[0].1, "mailto:help@example.com");
        assert_eq!(links(source)[1].1, expected[1]);
        assert_eq!(text(&parse(source)), source);
    }

    #[test]
    fn nothing_in_a_value_is_markup() {
        for value in ["# a", "- a", "> a", "https://example.com", "help@example.com", "http://"] {
            let source = format!("{OPEN}{value}{CLOSE}\n\nSo {OPEN}{value}{CLOSE}.");
            let expected = [value.to_owned(), format!("So {value}.")].map(|line| (Kind::Paragraph, vec![line]));
            assert_eq!(kinds(&source), expected);
            assert_eq!(links(&source), []);
        }
    }
}
