//! An extract being read: one teaching record, or the faults of one row, at a time.

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};
use identity::record::TeachingRecord;
use identity::trn::Trn;

use super::ImportError;
use super::columns::{Column, Header};
use super::fault::Fault;
use super::row::Cells;
use crate::lines::{PlainLines, line_of};

pub(super) struct Extract<R> {
    reader: Reader<PlainLines<R>>,
    header: Header,
    row: ByteRecord,
    seen: SeenTrns,
}

impl<R: Read> Extract<R> {
    /// Reads the header.
    pub(super) fn open(source: R) -> Result<Self, ImportError> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(PlainLines::of(source));
        let header = Header::parse(reader.byte_headers()?)?;
        Ok(Self { reader, header, row: ByteRecord::new(), seen: SeenTrns::default() })
    }

    /// The next row as a record, or all that is wrong with it; nothing at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Result<TeachingRecord, Vec<Fault>>>, ImportError> {
        if !self.reader.read_byte_record(&mut self.row)? {
            return Ok(None);
        }
        Ok(Some(self.parse()))
    }

    fn parse(&mut self) -> Result<TeachingRecord, Vec<Fault>> {
        let line = line_of(&self.row, &self.reader);
        if self.row.len() != self.header.width {
            let remedy = "give the row as many fields as the header has; a field with a comma needs quotation marks";
            return Err(vec![Fault { line, column: None, remedy }]);
        }
        let record = Cells::new(&self.header, &self.row, line).record()?;
        if self.seen.insert(&record.trn) {
            Ok(record)
        } else {
            let remedy = "an earlier row has this TRN: keep one of the two";
            Err(vec![Fault { line, column: Some(Column::Trn.name()), remedy }])
        }
    }
}

/// The TRNs of the rows so far, a bit for each of the ten million that there can be: a large file costs no more.
#[derive(Default)]
struct SeenTrns(Vec<u64>);

impl SeenTrns {
    const ALL: usize = 10_000_000;

    /// True the first time that a TRN is put in.
    fn insert(&mut self, trn: &Trn) -> bool {
        let number: usize = trn.as_str().parse().expect("a TRN is seven digits");
        if self.0.is_empty() {
            self.0 = vec![0; Self::ALL.div_ceil(64)];
        }
        let (word, bit) = (&mut self.0[number / 64], 1 << (number % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trn_is_new_once() {
        let mut seen = SeenTrns::default();
        for trn in ["0000000", "9999999", "1234567"] {
            let trn = Trn::parse(trn).unwrap();
            assert!(seen.insert(&trn));
            assert!(!seen.insert(&trn));
        }
    }
}
