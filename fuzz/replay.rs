//! Runs a fuzz target on its seeds, and on changed ones: not a search, but on any machine and in a moment.

use std::fs;
use std::path::Path;

/// Runs it on every seed, of which it takes just these, and so many times on a changed one. The same each time.
pub(crate) fn replay(target: &str, taken: &[&str], times: usize, run: fn(&[u8]) -> bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let is_taken = paths.iter().zip(&seeds).filter(|(_, seed)| run(seed));
    let names: Vec<&str> = is_taken.map(|(path, _)| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, taken, "{target}");
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    for _ in 0..times {
        let mut bytes = seeds[chance.below(seeds.len())].clone();
        for _ in 0..=chance.below(3) {
            chance.changes(&mut bytes, &seeds);
        }
        run(&bytes);
    }
}

/// Marsaglia's xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end.max(1)
    }

    /// A byte becomes another one, a piece goes, comes twice, or is taken from another seed.
    fn changes(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        let end = (at + 1 + self.below(12)).min(bytes.len());
        match self.below(4) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << self.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len());
                let to = (from + 1 + self.below(40)).min(other.len());
                bytes.splice(at..end, other[from.min(to)..to].iter().copied());
            }
        }
    }
}
