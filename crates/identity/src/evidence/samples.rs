//! The smallest sound file of each kind, for tests.

pub(crate) fn pdf() -> Vec<u8> {
    pdf_with("")
}

pub(crate) fn pdf_with(more: &str) -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n{more}\ntrailer\n<< /Root 1 0 R >>\n%%EOF").into_bytes()
}

pub(crate) fn jpeg() -> Vec<u8> {
    [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, b'J', b'F'][..], &[0xFF, 0xDA, 0, 3, 1, 7, 0xFF, 0, 9], &[0xFF, 0xD9]].concat()
}

pub(crate) fn png() -> Vec<u8> {
    let chunks = [chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IEND", &[])];
    [super::png::START.as_slice(), &chunks.concat()].concat()
}

pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("it is short").to_be_bytes();
    // Nobody looks at the checksum.
    [&length[..], kind, data, &[0; 4]].concat()
}

/// An archive with nothing in it.
pub(crate) fn zip() -> Vec<u8> {
    [b"PK\x05\x06".as_slice(), &[0; 18]].concat()
}

/// What phones put behind the picture of a photo, each under its own name.
pub(crate) fn trailers() -> Vec<(&'static str, Vec<u8>)> {
    let film =
        [b"\x00\x00\x00\x18ftypmp42\0\0\0\0isommp42".as_slice(), &[0x1F, 0x8B, b'M', b'Z', b'P', b'K', 7]].concat();
    let facts = b"\0\0\x01\x0A\x0E\0\0\0Image_UTC_Data1790000000000SEFH\x6B\0\0\0\x01\0\0\0SEFT".to_vec();
    vec![
        ("the time of a photo", facts.clone()),
        ("a photo that moves", film.clone()),
        ("a photo that moves, and its time", [film, facts].concat()),
        ("a second picture", jpeg()),
        ("a second picture after a gap", [&[0; 9][..], &jpeg()].concat()),
        ("half a picture", jpeg()[..9].to_vec()),
    ]
}
