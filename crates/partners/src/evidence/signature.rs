//! AWS Signature Version 4, with which every request to a bucket is signed: its method, path, some of its headers and
//! the hash of its body, under a key that is derived from the secret, the day and the region.

use aws_lc_rs::{digest, hmac};
use chrono::SubsecRound;
use identity::clock::Time;
use identity::secret::Plain;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Who signs, and for where.
#[derive(Clone, Debug)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: Plain,
    pub(crate) region: String,
}

/// What is signed of a request. The headers are in lower case and in the order of the alphabet; the path is plain.
pub(crate) struct Signable<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body_hash: &'a str,
    pub(crate) at: Time,
}

/// The value of the header `Authorization`.
pub(crate) fn sign(request: &Signable<'_>, key: &AccessKey) -> String {
    let AccessKey { id, secret, region } = key;
    let at = request.at.trunc_subsecs(0);
    let (day, moment) = (at.format("%Y%m%d").to_string(), at.format("%Y%m%dT%H%M%SZ"));
    let headers: String = request.headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let Signable { method, path, body_hash, .. } = request;
    // The empty line is that of a query, which no request of ours has.
    let canonical = format!("{method}\n{path}\n\n{headers}\n{names}\n{body_hash}");
    let scope = format!("{day}/{region}/s3/aws4_request");
    let text = format!("{ALGORITHM}\n{moment}\n{scope}\n{}", hash(canonical.as_bytes()));
    let start = format!("AWS4{}", secret.expose()).into_bytes();
    let derived = [day.as_str(), region, "s3", "aws4_request"].iter().fold(start, |key, part| mac(&key, part));
    let signature = hex(&mac(&derived, &text));
    format!("{ALGORITHM} Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}")
}

/// SHA-256, in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    /// The request, the keys and the signature are those of the examples that the makers of the scheme publish.
    #[test]
    fn a_published_example_is_signed_as_published() {
        let empty = hash(b"");
        let request = Signable {
            method: "GET",
            path: "/test.txt",
            headers: &[
                ("host", "examplebucket.s3.amazonaws.com"),
                ("range", "bytes=0-9"),
                ("x-amz-content-sha256", &empty),
                ("x-amz-date", "20130524T000000Z"),
            ],
            body_hash: &empty,
            at: DateTime::from_timestamp(1_369_353_600, 0).unwrap(),
        };
        let key = AccessKey {
            id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: Plain::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1".into(),
        };
        assert_eq!(
            sign(&request, &key),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
    }
}
