//! How far a call may go: who can name an address to be called must not reach through us what lies behind our walls.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not called.
pub(super) const REFUSED: &str = "it is on this machine or in a private network, which is not allowed";

/// How far a call may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To whatever has an address.
    Anywhere,
    /// Out into the net alone: neither to this machine nor into private networks.
    Public,
}

impl Reach {
    /// Whether an address may be called.
    pub fn holds(self, ip: IpAddr) -> bool {
        match (self, ip) {
            (Self::Anywhere, _) => true,
            (Self::Public, IpAddr::V4(ip)) => is_public_v4(ip),
            (Self::Public, IpAddr::V6(ip)) => is_public_v6(ip),
        }
    }
}

/// By the register of addresses for special purposes.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_shared = a == 100 && (b & 0b1100_0000) == 64;
    let is_benchmark = a == 198 && (b & 0b1111_1110) == 18;
    let is_protocol = (a, b, c) == (192, 0, 0);
    !(a == 0
        || a >= 240
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || is_shared
        || is_benchmark
        || is_protocol)
}

/// What is handed out to the world (2000::/3), without what leads back to addresses of the older kind.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let is_documentation = (first, second) == (0x2001, 0x0db8) || (first, second & 0xf000) == (0x3fff, 0);
    let is_protocol = first == 0x2001 && second < 0x0200;
    let is_translated = first == 0x2002;
    first & 0xe000 == 0x2000 && !is_documentation && !is_protocol && !is_translated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_net_is_reached_and_nothing_behind_our_walls() {
        let reached = |text: &str| Reach::Public.holds(text.parse().expect(text));
        for public in ["93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"] {
            assert!(reached(public), "{public}");
        }
        for walled in [
            "0.0.0.0",
            "10.0.0.7",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.7",
            "64:ff9b::a00:7",
            "2001:db8::1",
            "2001::1",
            "2002:a00:7::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!reached(walled), "{walled}");
            assert!(Reach::Anywhere.holds(walled.parse().expect(walled)));
        }
    }
}
