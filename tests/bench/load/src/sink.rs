//! Takes the emails of the server under load, as GOV.UK Notify does: one request of JSON for each, on connections that are
//! kept. It is the cheapest way out that a server in production has, and a code is here before the server has answered.
//!
//! What the server needs for it is in tests/bench/load/sink.toml, and the address as GAI__NOTIFY__BASE_URL.

use std::rc::Rc;

use httparse::{EMPTY_HEADER, Status};
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::awake;
use crate::codes::Codes;

const MOST_HEADERS: usize = 32;
/// More than the longest letter.
const BUFFER: usize = 64 * 1024;

#[derive(Deserialize)]
struct Letter {
    email_address: String,
    reference: String,
    personalisation: Personalisation,
}

#[derive(Deserialize)]
struct Personalisation {
    /// Of the letter that has one.
    code: Option<String>,
}

/// Takes letters for as long as the program runs. Has to be called within a set of local tasks.
pub(crate) fn open(listener: TcpListener, codes: Rc<Codes>) {
    tokio::task::spawn_local(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::task::spawn_local(awake::work(serve(stream, codes.clone())));
        }
    });
}

/// Until the other side hangs up, or sends what is no letter: then it is left without an answer, and its server complains.
async fn serve(mut stream: TcpStream, codes: Rc<Codes>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    loop {
        let (start, end) = loop {
            match extent(&buffer[..filled])? {
                Some((start, end)) if end <= filled => break (start, end),
                _ if filled == buffer.len() => return None,
                _ => {}
            }
            match stream.read(&mut buffer[filled..]).await.ok()? {
                0 => return None,
                count => filled += count,
            }
        };
        let letter: Letter = serde_json::from_slice(&buffer[start..end]).ok()?;
        let answer = json!({ "id": letter.reference, "reference": letter.reference }).to_string();
        if let Some(code) = letter.personalisation.code {
            codes.bring(&letter.email_address, code);
        }
        let head =
            format!("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}", answer.len());
        stream.write_all(format!("{head}\r\n\r\n{answer}").as_bytes()).await.ok()?;
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// Where the body of a request begins and ends, once the head is there; None for what is no request with a body.
fn extent(buffer: &[u8]) -> Option<Option<(usize, usize)>> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let start = match request.parse(buffer).ok()? {
        Status::Partial => return Some(None),
        Status::Complete(start) => start,
    };
    let length = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"))?;
    let length: usize = std::str::from_utf8(length.value).ok()?.parse().ok()?;
    Some(Some((start, start + length)))
}

#[cfg(test)]
mod tests {
    use tokio::task::LocalSet;

    use super::*;

    const ANSWER: &[u8] = br#"{"id":"r","reference":"r"}"#;

    #[tokio::test]
    async fn the_code_of_a_letter_reaches_whoever_waits_for_it() {
        let codes = Rc::new(Codes::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let personalisation = json!({ "code": "123456", "body": "b" });
        let letter =
            json!({ "email_address": "Asha@example.com", "reference": "r", "personalisation": personalisation });
        let letter = letter.to_string();
        let request =
            format!("POST /v2/notifications/email HTTP/1.1\r\nContent-Length: {}\r\n\r\n{letter}", letter.len());
        let conversation = async {
            open(listener, codes.clone());
            let mut stream = TcpStream::connect(address).await.unwrap();
            // In pieces, and the second on the heels of the first.
            let (start, rest) = request.split_at(70);
            stream.write_all(start.as_bytes()).await.unwrap();
            stream.write_all(format!("{rest}{request}").as_bytes()).await.unwrap();
            assert_eq!(codes.take("asha@example.com").await.unwrap(), "123456");
            let mut answers = Vec::new();
            while answers.windows(ANSWER.len()).filter(|part| *part == ANSWER).count() < 2 {
                assert_ne!(stream.read_buf(&mut answers).await.unwrap(), 0);
            }
        };
        LocalSet::new().run_until(conversation).await;
    }
}
