//! Reads one HTTP/1.1 answer out of a buffer that is filled piece by piece.

use std::ops::Range;

use httparse::{EMPTY_HEADER, Status};

use crate::failure::Failure;

const MOST_HEADERS: usize = 64;

/// Where the parts of an answer's head stand in the buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub status: u16,
    /// Where the body begins.
    pub end: usize,
    pub body: Body,
    /// The server ends the connection after this answer.
    pub closes: bool,
    pub location: Option<Range<usize>>,
    pub set_cookies: Vec<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Sized(usize),
    Chunked,
}

/// None: it is not there whole yet.
pub(crate) fn head(buffer: &[u8]) -> Result<Option<Head>, Failure> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let end = match parsed.parse(buffer) {
        Ok(Status::Complete(end)) => end,
        Ok(Status::Partial) => return Ok(None),
        Err(error) => return Err(Failure::of(format!("no HTTP: {error}"))),
    };
    let status = parsed.code.unwrap_or_default();
    let closes = parsed.version == Some(0);
    let body = Body::Sized(0);
    let mut head = Head { status, end, body, closes, location: None, set_cookies: Vec::new() };
    let mut says_length = matches!(status, 204 | 304);
    for header in parsed.headers.iter() {
        let place = || {
            let start = header.value.as_ptr().addr() - buffer.as_ptr().addr();
            start..start + header.value.len()
        };
        // By length first: most headers are none of these.
        match header.name.len() {
            14 if header.name.eq_ignore_ascii_case("content-length") => {
                head.body = Body::Sized(number(header.value)?);
                says_length = true;
            }
            17 if header.name.eq_ignore_ascii_case("transfer-encoding") => {
                head.body = Body::Chunked;
                says_length = true;
            }
            10 if header.name.eq_ignore_ascii_case("connection") => {
                head.closes = header.value.eq_ignore_ascii_case(b"close");
            }
            8 if header.name.eq_ignore_ascii_case("location") => head.location = Some(place()),
            10 if header.name.eq_ignore_ascii_case("set-cookie") => head.set_cookies.push(place()),
            _ => {}
        }
    }
    if says_length { Ok(Some(head)) } else { Err(Failure::new("an answer that does not say how long it is")) }
}

/// Where the chunks of a body stand in the buffer, and where all of them end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Chunks {
    pub places: Vec<Range<usize>>,
    pub end: usize,
}

/// None: they are not there whole yet.
pub(crate) fn chunks(buffer: &[u8], start: usize) -> Result<Option<Chunks>, Failure> {
    let mut places = Vec::new();
    let mut at = start;
    loop {
        let (size, next) = match httparse::parse_chunk_size(&buffer[at..]) {
            Ok(Status::Complete((used, size))) => (size as usize, at + used),
            Ok(Status::Partial) => return Ok(None),
            Err(_) => return Err(Failure::new("no chunk of a body")),
        };
        // Each ends with a line's end; the last is empty, and nobody sends trailers.
        let end = next + size + 2;
        if buffer.len() < end {
            return Ok(None);
        }
        if &buffer[end - 2..end] != b"\r\n" {
            return Err(Failure::new("no end of a chunk"));
        }
        if size == 0 {
            return Ok(Some(Chunks { places, end }));
        }
        places.push(next..next + size);
        at = end;
    }
}

fn number(text: &[u8]) -> Result<usize, Failure> {
    let text = std::str::from_utf8(text).ok().map(str::trim);
    text.and_then(|text| text.parse().ok()).ok_or(Failure::new("no length of a body"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_all_of_it_is_there() {
        let text = b"HTTP/1.1 303 See Other\r\nLocation: /a\r\nset-cookie: a=1; Path=/\r\nContent-Length: 3\r\n\r\nabc";
        for cut in 0..text.len() - 3 {
            assert_eq!(head(&text[..cut]), Ok(None), "{cut}");
        }
        let head = head(text).unwrap().unwrap();
        assert_eq!((head.status, head.body, head.closes), (303, Body::Sized(3), false));
        assert_eq!(&text[head.location.unwrap()], b"/a");
        assert_eq!(&text[head.set_cookies[0].clone()], b"a=1; Path=/");
        assert_eq!(&text[head.end..], b"abc");
    }

    #[test]
    fn an_answer_of_unknown_length_is_no_answer_and_one_without_content_has_none() {
        assert!(head(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n").is_err());
        let none = head(b"HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n").unwrap().unwrap();
        assert_eq!((none.body, none.closes), (Body::Sized(0), true));
    }

    #[test]
    fn chunks_are_found_once_the_last_is_there() {
        let text = b"3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\nHTTP";
        for cut in 0..text.len() - 4 {
            assert_eq!(chunks(&text[..cut], 0), Ok(None), "{cut}");
        }
        let Chunks { places, end } = chunks(text, 0).unwrap().unwrap();
        let whole: Vec<u8> = places.into_iter().flat_map(|chunk| text[chunk].to_vec()).collect();
        assert_eq!((whole.as_slice(), &text[end..]), (&b"abcd"[..], &b"HTTP"[..]));
        assert!(chunks(b"3\r\nabcdef\r\n", 0).is_err());
    }
}
