//! From which address a request comes: the peer, or what a named proxy says. Sign-in is throttled by it.

use crate::state::State;
use app::bridge::ClientIp;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Notes the address on the request. Without a socket (tests) it is this machine.
pub async fn note_client(
    axum::extract::State(state): axum::extract::State<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip());
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let client = client(peer, forwarded, &state.config.trusted_proxy);
    request.extensions_mut().insert(ClientIp(client));
    next.run(request).await
}

/// The last address in the chain that is no proxy of ours.
fn client(peer: IpAddr, forwarded: Option<&str>, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    forwarded
        .unwrap_or_default()
        .rsplit(',')
        .filter_map(|part| part.trim().parse::<IpAddr>().ok())
        .find(|address| !trusted.contains(address))
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(client(ip("9.9.9.9"), Some("1.1.1.1"), &[ip("10.0.0.1")]), ip("9.9.9.9"));
        assert_eq!(client(ip("10.0.0.1"), Some("1.1.1.1, 2.2.2.2"), &[ip("10.0.0.1")]), ip("2.2.2.2"));
        assert_eq!(client(ip("10.0.0.1"), None, &[ip("10.0.0.1")]), ip("10.0.0.1"));
    }
}
