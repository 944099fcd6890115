//! Parameters of a request, from a query or a form (RFC 6749, appendix B).

use std::collections::BTreeMap;

use url::form_urlencoded;

/// Parameters by name. Order does not matter, and an empty value counts as none (RFC 6749, section 3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params {
    values: BTreeMap<String, Vec<String>>,
}

impl Params {
    pub(crate) fn parse(encoded: &[u8]) -> Params {
        Params::of(form_urlencoded::parse(encoded).into_owned())
    }

    pub(crate) fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Params {
        let mut values = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Params { values }
    }

    /// Every value of a parameter that may be repeated.
    pub(crate) fn values_of(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The value, when there is exactly one and it is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        match self.values.get(name).map(Vec::as_slice) {
            Some([value]) if !value.is_empty() => Some(value),
            _ => None,
        }
    }

    /// Every parameter with its values, in the order of their names.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.values.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Is any of them there more than once? It must not be (RFC 6749, sections 3.1 and 3.2), but for `resource`, which
    /// may (RFC 8707, section 2).
    pub(crate) fn any_repeated(&self) -> bool {
        self.values.iter().any(|(name, values)| name != "resource" && values.len() > 1)
    }

    /// The same parameters as a query.
    pub(crate) fn encode(&self) -> String {
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        for (name, values) in &self.values {
            for value in values {
                encoded.append_pair(name, value);
            }
        }
        encoded.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_repeated_parameter_has_no_value() {
        let params = Params::parse(b"a=1&b=&c=1&c=2&d");
        assert_eq!((params.get("a"), params.get("b"), params.get("c"), params.get("d")), (Some("1"), None, None, None));
        assert!(params.any_repeated() && params.contains("b") && !params.contains("e"));
    }

    #[test]
    fn what_was_parsed_is_encoded_to_the_same_parameters() {
        let params = Params::parse("state=%00%2B+%C3%A9~&scope=openid+trn&x=1&x=2".as_bytes());
        assert_eq!(Params::parse(params.encode().as_bytes()), params);
        assert_eq!(params.get("state"), Some("\0+ é~"));
    }

    #[test]
    fn bytes_that_are_no_text_are_no_panic() {
        assert!(Params::parse(b"state=%FF%FE&=&&%").get("state").is_some());
    }
}
