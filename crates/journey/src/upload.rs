//! A form with a file in it (`multipart/form-data`, RFC 7578): its fields as text, and one file.
//!
//! The server reads the whole request first, up to [`MAX_BODY`] for the pages that [`takes_a_file`] tells; what is larger
//! it reads on and throws away, so that the browser shows our page, and leaves [`TooLarge`] with the request.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderMap;
use actix_web::web::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use identity::evidence::{Evidence, EvidenceFault, MAX_BYTES};
use thiserror::Error;

use crate::form::Form;

/// The largest request: the largest file and what stands around it.
pub const MAX_BODY: usize = MAX_BYTES + 64 * 1024;
/// The name of the field with the file.
pub const FILE: &str = "evidence";

const MAX_TEXT: usize = 16 * 1024;
const MAX_FIELDS: usize = 20;

/// With a request whose body was thrown away for its size.
#[derive(Clone, Copy, Debug)]
pub struct TooLarge;

/// Whether the page at this path takes a file: then its name ends so.
pub fn takes_a_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|page| page.ends_with("-evidence"))
}

/// A form that cannot be read: no browser sends one.
#[derive(Debug, Error)]
#[error("the form cannot be read")]
pub struct Unreadable;

/// What was sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Upload {
    fields: BTreeMap<String, String>,
    file: Option<(String, Bytes)>,
}

impl Upload {
    /// Reads a whole body. Of a field that occurs twice the first counts.
    ///
    /// # Errors
    /// When it is no such form, or more than a page of ours has.
    pub async fn read(headers: &HeaderMap, body: Bytes) -> Result<Upload, Unreadable> {
        let mut parts = Multipart::new(headers, stream::iter([Ok::<_, PayloadError>(body)]));
        let mut upload = Upload::default();
        for _ in 0..=MAX_FIELDS {
            let Some(part) = parts.next().await else { return Ok(upload) };
            upload.take(part.map_err(|_| Unreadable)?).await?;
        }
        Err(Unreadable)
    }

    async fn take(&mut self, mut field: Field) -> Result<(), Unreadable> {
        let name = field.name().ok_or(Unreadable)?.to_owned();
        let file_name = field.content_disposition().and_then(|part| part.get_filename()).map(str::to_owned);
        let is_file = name == FILE && file_name.is_some();
        // One byte more than may be kept, so that a file which is too large is seen to be so.
        let limit = if is_file { MAX_BYTES + 1 } else { MAX_TEXT };
        let mut bytes = BytesMut::new();
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|_| Unreadable)?;
            let room = limit - bytes.len();
            if chunk.len() > room && !is_file {
                return Err(Unreadable);
            }
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        if let (true, Some(file_name)) = (is_file, file_name) {
            self.file.get_or_insert((file_name, bytes.freeze()));
        } else {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.fields.entry(name).or_insert(text);
        }
        Ok(())
    }

    /// The field's text; empty when there is no such field.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The fields without the file.
    pub(crate) fn into_form(self) -> Form {
        Form::from(self.fields)
    }

    /// The file as evidence.
    ///
    /// # Errors
    /// What the page says is wrong with it.
    pub fn evidence(&self) -> Result<Evidence, EvidenceFault> {
        match &self.file {
            Some((name, bytes)) => Evidence::read(name, bytes.to_vec()),
            None => Err(EvidenceFault::Missing),
        }
    }
}

/// What is sent is personal.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({:?})", self.fields.keys())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{CONTENT_TYPE, HeaderValue};

    use super::*;

    /// A part as browsers write it: a file has a name.
    fn part(name: &str, file: Option<&str>, content: &[u8]) -> Vec<u8> {
        let file = file.map(|name| format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream"));
        let head = format!("Content-Disposition: form-data; name=\"{name}\"{}\r\n\r\n", file.unwrap_or_default());
        [b"--edge\r\n", head.as_bytes(), content, b"\r\n"].concat()
    }

    async fn read(parts: &[Vec<u8>]) -> Result<Upload, Unreadable> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=edge"));
        let body = [parts.concat(), b"--edge--\r\n".to_vec()].concat();
        Upload::read(&headers, body.into()).await
    }

    fn pdf(size: usize) -> Vec<u8> {
        let mut pdf = b"%PDF-1.4\n%%EOF".to_vec();
        pdf.resize(size, b'\n');
        pdf
    }

    #[actix_web::test]
    async fn a_form_with_a_file_is_read_and_of_two_fields_of_one_name_the_first_counts() {
        let parts = [part("name", None, b"Jane"), part(FILE, Some("deed.pdf"), &pdf(50)), part("name", None, b"Joan")];
        let upload = read(&parts).await.unwrap();
        assert_eq!((upload.get("name"), upload.get("other")), ("Jane", ""));
        let evidence = upload.evidence().unwrap();
        assert_eq!((evidence.name.as_str(), evidence.bytes), ("deed.pdf", pdf(50)));
    }

    #[actix_web::test]
    async fn a_file_of_3_mib_arrives_whole_and_one_byte_more_is_told_to_be_too_large() {
        let fault = |upload: Upload| upload.evidence().map(|evidence| evidence.size());
        for (size, result) in [
            (MAX_BYTES, Ok(MAX_BYTES)),
            (MAX_BYTES + 1, Err(EvidenceFault::TooLarge)),
            (2 * MAX_BYTES, Err(EvidenceFault::TooLarge)),
            (0, Err(EvidenceFault::Empty)),
        ] {
            let upload = read(&[part(FILE, Some("deed.pdf"), &pdf(size)[..size])]).await.unwrap();
            assert_eq!(fault(upload), result, "{size}");
        }
    }

    #[actix_web::test]
    async fn no_file_chosen_and_no_such_field_are_the_same_to_a_person() {
        for parts in [vec![part(FILE, Some(""), b"")], vec![part("name", None, b"Jane")], vec![]] {
            assert_eq!(read(&parts).await.unwrap().evidence().unwrap_err(), EvidenceFault::Missing);
        }
    }

    #[actix_web::test]
    async fn what_no_browser_sends_cannot_be_read() {
        let large = part("name", None, &vec![b'x'; MAX_TEXT + 1]);
        assert!(read(&[large]).await.is_err());
        let many: Vec<Vec<u8>> = (0..=MAX_FIELDS).map(|n| part(&n.to_string(), None, b"")).collect();
        assert!(read(&many).await.is_err());
        assert!(read(&many[1..]).await.is_ok());
        let headers = HeaderMap::new();
        assert!(Upload::read(&headers, Bytes::from_static(b"a=b")).await.is_err());
    }

    #[test]
    fn a_page_that_takes_a_file_says_so_in_its_path() {
        assert!(takes_a_file("/account/official-name-evidence"));
        for path in ["/account/official-name", "/sign-in/x-evidence/email", "/", "", "/evidence"] {
            assert!(!takes_a_file(path), "{path}");
        }
    }
}
