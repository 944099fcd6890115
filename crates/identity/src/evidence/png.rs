//! PNG (ISO/IEC 15948, section 5): a signature, and chunks that each tell their length, from IHDR to IEND.

use super::EvidenceFault;

pub(super) const START: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];

/// Length, type and checksum of a chunk.
const AROUND: usize = 12;

/// Where the picture ends.
pub(super) fn end(bytes: &[u8]) -> Result<usize, EvidenceFault> {
    chunks(bytes).ok_or(EvidenceFault::Damaged)
}

fn chunks(bytes: &[u8]) -> Option<usize> {
    let mut at = START.len();
    let mut has_data = false;
    loop {
        let head: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
        let [a, b, c, d, kind @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        let next = at.checked_add(length)?.checked_add(AROUND)?;
        if next > bytes.len() || (at == START.len()) != (&kind == b"IHDR") {
            return None;
        }
        match &kind {
            b"IHDR" if length != 13 => return None,
            b"IDAT" => has_data = true,
            b"IEND" => return (length == 0 && has_data).then_some(next),
            _ => {}
        }
        at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_picture_begins_with_its_header_holds_data_and_ends_with_its_end() {
        let sound = samples::png();
        assert_eq!(end(&sound), Ok(sound.len()));
        let chunk = |kind: &[u8; 4], data: &[u8]| samples::chunk(kind, data);
        let (header, data, last) = (chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", &[1]), chunk(b"IEND", &[]));
        for broken in [
            vec![&header, &last],
            vec![&data, &header, &last],
            vec![&header, &header, &data, &last],
            vec![&header, &data],
        ] {
            let bytes: Vec<u8> =
                [&START[..]].into_iter().chain(broken.iter().map(|c| c.as_slice())).flatten().copied().collect();
            assert_eq!(end(&bytes), Err(EvidenceFault::Damaged), "{broken:?}");
        }
    }

    #[test]
    fn a_length_past_the_end_is_damage() {
        let mut bytes = samples::png();
        bytes[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(end(&bytes), Err(EvidenceFault::Damaged));
    }
}
