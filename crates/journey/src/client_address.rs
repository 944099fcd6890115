//! Where a request comes from, as far as that can be believed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;

/// The header in which each proxy adds, at the end, the address that it was asked from.
const HEADER: &str = "X-Forwarded-For";
/// Who has an address of one kind has all that share so many bits with it: they count as one.
const IPV4_BITS: u32 = 24;
const IPV6_BITS: u32 = 48;

/// The network that a request comes from, such as "192.0.2.0/24". A request without a peer, as tests make them, comes
/// from nowhere: all of those are one.
pub(crate) fn prefix_of(request: &HttpRequest, trusted: &[IpAddr]) -> String {
    let lines = request.headers().get_all(HEADER).map(|value| value.to_str().unwrap_or_default());
    let peer = request.peer_addr().map(|peer| peer.ip());
    peer.map_or_else(|| "nowhere".into(), |peer| prefix(client_address(peer, lines, trusted)))
}

/// The right-most address that is not a trusted proxy's: whatever is left of it may be made up. What cannot be read ends
/// the search at the proxy that passed it on.
fn client_address<'h>(peer: IpAddr, lines: impl Iterator<Item = &'h str>, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == address);
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let mut address = peer.to_canonical();
    for hop in hops.into_iter().rev() {
        if !is_trusted(address) {
            break;
        }
        let Some(before) = parse(hop) else { break };
        address = before;
    }
    address
}

/// An address, which some proxies write with the port behind it.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.parse().or_else(|_| hop.parse().map(|with_port: SocketAddr| with_port.ip()));
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare.ok().or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

fn prefix(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => format!("{}/{IPV4_BITS}", v4 & Ipv4Addr::from(u32::MAX << (32 - IPV4_BITS))),
        IpAddr::V6(v6) => format!("{}/{IPV6_BITS}", v6 & Ipv6Addr::from(u128::MAX << (128 - IPV6_BITS))),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const PROXY: &str = "10.0.0.1";

    /// The prefix of a request from this peer with these headers, where two proxies are trusted.
    fn seen(peer: &str, headers: &[&str]) -> String {
        let trusted = [PROXY, "::ffff:10.0.0.2"].map(|proxy| proxy.parse().unwrap());
        let mut request = TestRequest::get().peer_addr(SocketAddr::new(peer.parse().unwrap(), 1));
        for line in headers {
            request = request.append_header((HEADER, *line));
        }
        prefix_of(&request.to_http_request(), &trusted)
    }

    #[test]
    fn who_asks_without_a_proxy_is_the_peer_whatever_the_header_says() {
        assert_eq!(seen("192.0.2.7", &[]), "192.0.2.0/24");
        assert_eq!(seen("192.0.2.7", &["203.0.113.5"]), "192.0.2.0/24");
        assert_eq!(seen("192.0.2.7", &["203.0.113.5, 10.0.0.1"]), "192.0.2.0/24");
    }

    #[test]
    fn behind_proxies_it_is_the_last_address_that_is_not_one_of_them() {
        assert_eq!(seen(PROXY, &["203.0.113.5"]), "203.0.113.0/24");
        assert_eq!(seen(PROXY, &["198.51.100.1, 203.0.113.5"]), "203.0.113.0/24", "the first is made up");
        assert_eq!(seen(PROXY, &["198.51.100.1, 203.0.113.5, 10.0.0.2"]), "203.0.113.0/24");
        assert_eq!(seen("10.0.0.2", &["198.51.100.1", "203.0.113.5,10.0.0.1"]), "203.0.113.0/24", "lines are one list");
    }

    #[test]
    fn what_is_no_address_counts_as_the_proxy_that_passed_it_on() {
        for nonsense in ["", " ", "unknown", "203.0.113", "203.0.113.5.6", "1.2.3.4/8", "[::1", "a, b", "203.0.113.5,"]
        {
            assert_eq!(seen(PROXY, &[nonsense]), "10.0.0.0/24", "{nonsense:?}");
        }
        assert_eq!(seen(PROXY, &["203.0.113.5, x, 10.0.0.2"]), "10.0.0.0/24");
        assert_eq!(seen(PROXY, &[]), "10.0.0.0/24");
        assert_eq!(seen(PROXY, &["10.0.0.2"]), "10.0.0.0/24", "a proxy may ask for itself");
    }

    #[test]
    fn addresses_are_understood_however_they_are_written() {
        assert_eq!(seen(PROXY, &["203.0.113.5:4711"]), "203.0.113.0/24");
        assert_eq!(seen(PROXY, &["2001:db8:1:2:3::4"]), "2001:db8:1::/48");
        assert_eq!(seen(PROXY, &["[2001:db8:1:2:3::4]:4711"]), "2001:db8:1::/48");
        assert_eq!(seen(PROXY, &["[2001:DB8:1:ffff::]"]), "2001:db8:1::/48");
        assert_eq!(seen(PROXY, &["::ffff:203.0.113.5"]), "203.0.113.0/24");
        assert_eq!(seen("::ffff:10.0.0.1", &["203.0.113.5"]), "203.0.113.0/24", "a proxy on a socket of both kinds");
    }

    #[test]
    fn a_request_without_a_peer_comes_from_nowhere() {
        let request = TestRequest::get().append_header((HEADER, "203.0.113.5")).to_http_request();
        assert_eq!(prefix_of(&request, &[PROXY.parse().unwrap()]), "nowhere");
    }
}
