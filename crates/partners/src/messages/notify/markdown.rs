//! Notify reads the body of an email as Markdown, our text in it too. Ours is plain: paragraphs, lines, items of lists
//! that begin with `- `, and addresses of the web. Those it shows as they are meant; everything else that it would take for
//! markup is escaped.

/// Stands before what no backslash can escape. It has no width.
const WORD_JOINER: char = '\u{2060}';

/// The text such that Notify shows it as it is.
#[must_use]
pub fn as_markdown(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        // Four spaces before a line would make it code.
        let line = line.trim_start();
        let mut written = String::with_capacity(line.len());
        if let Some(mark) = mark(line) {
            written.push(mark);
        }
        for (at, c) in line.char_indices() {
            let is_special = matches!(c, '\\' | '[' | '|' | '`' | '~') || ends_number(line, at);
            // At the start of the line it has its mark already.
            if is_special && !(at == 0 && mark(line) == Some('\\')) {
                written.push('\\');
            }
            written.push(c);
        }
        lines.push(written);
    }
    lines.join("\n")
}

/// What has to stand before a line so that it is one of text: not a heading, a rule, a quotation, or an item of a list that is
/// not written as we write them.
fn mark(line: &str) -> Option<char> {
    match line.chars().next()? {
        '#' | '*' | '+' | '_' | '>' | '|' | '`' | '~' | '[' | '\\' => Some('\\'),
        '-' if !is_item(line) => Some('\\'),
        '^' | '•' | '=' | ':' => Some(WORD_JOINER),
        _ => None,
    }
}

/// An item of a list: a rule of hyphens with spaces between them is none.
fn is_item(line: &str) -> bool {
    line.strip_prefix("- ").is_some_and(|rest| rest.chars().any(|c| c != '-' && c != ' '))
}

/// Is this the stop behind the number with which an item of a numbered list begins?
fn ends_number(line: &str, at: usize) -> bool {
    at > 0 && line[at..].starts_with('.') && line[..at].bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_our_letters_are_written_with_goes_out_as_it_is() {
        let text = "Hello Zoë,\n\nAs of 2026. You said:\n\n- Jane O’Neill-Smith\n- 5 March 1985\n\nGAI-1234\n123456\n\n\
            See https://example.com/a_b?c=d&e=f-g (or write to a.b@example.com) – it's free!\n";
        assert_eq!(as_markdown(text), text);
    }

    #[test]
    fn what_would_be_markup_is_escaped() {
        let cases = [
            ("# a", "\\# a"),
            ("  ## a", "\\## a"),
            ("* a", "\\* a"),
            ("*a*", "\\*a*"),
            ("-a", "\\-a"),
            ("---", "\\---"),
            ("- - -", "\\- - -"),
            ("___", "\\___"),
            ("1. a", "1\\. a"),
            ("12.50 a", "12\\.50 a"),
            ("^ a", "\u{2060}^ a"),
            ("• a", "\u{2060}• a"),
            ("a\n===", "a\n\u{2060}==="),
            ("see [a](https://example.com)", "see \\[a](https://example.com)"),
            ("[a]: b", "\\[a]: b"),
            ("| a | b |", "\\| a \\| b \\|"),
            ("a | b\n:-- | --", "a \\| b\n\u{2060}:-- \\| --"),
            ("```", "\\`\\`\\`"),
            ("    a", "a"),
            ("a\\*b", "a\\\\*b"),
            ("\\# a", "\\\\# a"),
        ];
        for (text, expected) in cases {
            assert_eq!(as_markdown(text), expected, "{text}");
        }
    }
}
