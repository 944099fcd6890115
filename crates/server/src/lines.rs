//! Lines that all end alike, so that counting them is counting one character, and on which of them a row of CSV starts.

use std::io::{self, Read};

use csv::{ByteRecord, Position, Reader};

/// The line on which the row that was read last starts. What the parser calls the row's position is where the row before
/// ended; the empty lines that it passed over are those that are neither in a field nor the row's own end.
pub(crate) fn line_of<R: Read>(row: &ByteRecord, reader: &Reader<PlainLines<R>>) -> u64 {
    let start = row.position().map_or(1, Position::line);
    let passed = reader.position().line() - start;
    let in_fields = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
    start + passed.saturating_sub(in_fields + 1)
}

/// The bytes of a file with each CR LF as LF, and with an LF at the end.
pub(crate) struct PlainLines<R> {
    source: R,
    /// A CR was read, and whether an LF follows it is not known yet.
    held: bool,
    last: u8,
    ended: bool,
}

impl<R> PlainLines<R> {
    pub(crate) fn of(source: R) -> Self {
        Self { source, held: false, last: b'\n', ended: false }
    }
}

impl<R: Read> Read for PlainLines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // One byte is room for a CR held back from the last time; the parser never gives less than two.
        while !self.ended && out.len() > 1 {
            let count = self.source.read(&mut out[1..])?;
            if count == 0 {
                return Ok(self.end(out));
            }
            let written = self.plain(out, count);
            if written > 0 {
                self.last = out[written - 1];
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R> PlainLines<R> {
    /// Moves the bytes read, which start at 1, to the front, without the CRs that an LF follows.
    fn plain(&mut self, out: &mut [u8], count: usize) -> usize {
        let mut written = 0;
        for place in 1..=count {
            let byte = out[place];
            if std::mem::take(&mut self.held) && byte != b'\n' {
                out[written] = b'\r';
                written += 1;
            }
            if byte == b'\r' {
                self.held = true;
            } else {
                out[written] = byte;
                written += 1;
            }
        }
        written
    }

    fn end(&mut self, out: &mut [u8]) -> usize {
        self.ended = true;
        if !self.held && self.last == b'\n' {
            return 0;
        }
        out[0] = b'\n';
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time: the hardest case.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(1);
            self.0.read(&mut out[..count])
        }
    }

    #[test]
    fn every_line_ends_in_one_lf_however_the_bytes_come() {
        let texts = [("a\r\nb\r\n", "a\nb\n"), ("a\nb", "a\nb\n"), ("a\rb\r\r\nc\r", "a\rb\r\nc\n"), ("", "")];
        for (text, plain) in texts {
            for source in [&mut Drip(text.as_bytes()) as &mut dyn Read, &mut text.as_bytes()] {
                let mut read = String::new();
                PlainLines::of(source).read_to_string(&mut read).unwrap();
                assert_eq!(read, plain, "{text:?}");
            }
        }
    }
}
