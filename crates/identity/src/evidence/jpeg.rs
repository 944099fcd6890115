//! JPEG (ITU T.81, annex B): segments that each tell their length, and after a scan's header the scan itself, in which a
//! marker is an FF that neither 00 nor a restart marker follows.

use super::EvidenceFault;

/// SOI, and the FF of the marker after it.
pub(super) const START: [u8; 3] = [0xFF, 0xD8, 0xFF];

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const TEM: u8 = 0x01;

/// Where the picture ends. What phones put behind it, a film or a second picture, is no part of it.
pub(super) fn end(bytes: &[u8]) -> Result<usize, EvidenceFault> {
    picture(bytes).ok_or(EvidenceFault::Damaged)
}

/// Nothing where no picture begins, or where it is cut short.
fn picture(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(&START) {
        return None;
    }
    let mut at = 2;
    let mut scanned = false;
    loop {
        let marker;
        (marker, at) = marker_at(bytes, at)?;
        match marker {
            // A picture without a scan shows nothing.
            EOI => return scanned.then_some(at),
            SOI => return None,
            TEM | 0xD0..=0xD7 => {}
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                if length < 2 {
                    return None;
                }
                at += length;
                if marker == SOS {
                    scanned = true;
                    at = after_scan(bytes, at)?;
                }
            }
        }
    }
}

/// The marker at this place, and where it ends. Any number of FF may stand before it.
fn marker_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    if *bytes.get(at)? != 0xFF {
        return None;
    }
    let fill = bytes[at..].iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *bytes.get(at + fill)?;
    (marker != 0).then_some((marker, at + fill + 1))
}

/// The place of the first marker after the data of a scan.
fn after_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let data = bytes.get(from..)?;
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF | 0xD0..=0xD7);
    data.windows(2).position(ends).map(|offset| from + offset)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_first_picture_ends_where_another_begins_whole_or_not() {
        let (one, whole) = (samples::jpeg(), samples::jpeg().len());
        assert_eq!(end(&[one.as_slice(), &[0, 0], &one].concat()), Ok(whole));
        assert_eq!(end(&[one.as_slice(), &one[..whole - 1]].concat()), Ok(whole));
    }

    #[test]
    fn an_end_inside_a_segment_or_in_stuffed_data_is_none() {
        let comment = [0xFF, 0xFE, 0, 6, 0xFF, EOI, 0xFF, EOI];
        let hidden = [&START[..2], &comment].concat();
        assert_eq!(end(&hidden), Err(EvidenceFault::Damaged));
        let stuffed = [&START[..2], &[0xFF, SOS, 0, 2, 1, 0xFF, 0, EOI, 0xFF, 0xD0, 3, 0xFF, EOI]].concat();
        assert_eq!(end(&stuffed), Ok(stuffed.len()));
    }

    #[test]
    fn a_picture_without_a_scan_and_a_length_that_cannot_be_are_damage() {
        assert_eq!(end(&[0xFF, SOI, 0xFF, EOI]), Err(EvidenceFault::Damaged));
        assert_eq!(end(&[0xFF, SOI, 0xFF, 0xE0, 0, 1, 0xFF, EOI]), Err(EvidenceFault::Damaged));
        assert_eq!(end(&[0xFF, SOI, 0xFF, 0xE0, 0xFF, 0xFF, 0xFF, EOI]), Err(EvidenceFault::Damaged));
    }
}
