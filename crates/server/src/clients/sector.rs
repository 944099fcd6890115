//! The sector of a pairwise client: the host whose services know a person by one and the same `sub` (OpenID Connect Core,
//! section 8.1). That of its redirect_uris, where they have one; else the file has to name it.

use std::collections::BTreeSet;

use serde::Deserialize;
use url::{Host, Url};

/// How a client knows people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SubjectType {
    Public,
    Pairwise,
}

/// None for a client that knows people by the ids of their accounts.
pub(super) fn of(
    subject_type: Option<SubjectType>,
    named: Option<&str>,
    redirect_uris: &[String],
) -> Result<Option<String>, &'static str> {
    if subject_type != Some(SubjectType::Pairwise) {
        return if named.is_none() { Ok(None) } else { Err("needs subject_type = \"pairwise\"") };
    }
    match named {
        Some(named) => match Host::parse(named) {
            Ok(Host::Domain(host)) => Ok(Some(host)),
            _ => Err("should be the name of a host, without scheme or path"),
        },
        None => one_host(redirect_uris).map(Some),
    }
}

/// Addresses that cannot be read are told of elsewhere.
fn one_host(redirect_uris: &[String]) -> Result<String, &'static str> {
    let hosts = redirect_uris.iter().filter_map(|uri| Url::parse(uri).ok()?.host_str().map(str::to_owned));
    let mut hosts: BTreeSet<String> = hosts.collect();
    match hosts.len() {
        1 => Ok(hosts.pop_first().unwrap_or_default()),
        _ => Err("should be there, since redirect_uris have not one host for all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRWISE: Option<SubjectType> = Some(SubjectType::Pairwise);

    fn uris(hosts: &[&str]) -> Vec<String> {
        hosts.iter().map(|host| format!("https://{host}/callback")).collect()
    }

    #[test]
    fn the_sector_is_the_host_of_all_redirect_uris_or_the_one_that_is_named() {
        assert_eq!(of(PAIRWISE, None, &uris(&["a.example", "A.example"])), Ok(Some("a.example".into())));
        assert_eq!(of(PAIRWISE, Some("Example"), &uris(&["a.example", "b.example"])), Ok(Some("example".into())));
        assert!(of(PAIRWISE, None, &uris(&["a.example", "b.example"])).is_err());
        assert!(of(PAIRWISE, Some("https://a.example/"), &uris(&["a.example"])).is_err());
    }

    #[test]
    fn a_client_that_is_not_pairwise_has_no_sector() {
        for subject_type in [None, Some(SubjectType::Public)] {
            assert_eq!(of(subject_type, None, &uris(&["a.example", "b.example"])), Ok(None));
            assert!(of(subject_type, Some("a.example"), &[]).is_err());
        }
    }
}
