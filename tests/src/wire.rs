//! Requests over real sockets: a client that can go away in the middle, and chance that can be repeated. Knows no use case.

use crate::world::World;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longest wait for an answer before a proof gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a socket of this machine, by its host and port.
#[derive(Clone, Debug)]
pub struct Wire(pub String);

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub body: String,
}

impl Wire {
    /// A reading door or a page.
    pub async fn get(&self, cookie: &str, path: &str) -> io::Result<Reply> {
        self.exchange(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head(cookie))).await
    }

    /// A writing door, as a page of ours sends it.
    pub async fn post(&self, cookie: &str, path: &str, form: &str) -> io::Result<Reply> {
        let kind = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
        let head = self.head(cookie);
        let length = form.len();
        let request = format!("POST {path} HTTP/1.1\r\n{head}{kind}content-length: {length}\r\n\r\n{form}");
        self.exchange(&request).await
    }

    /// The same by somebody who hangs up when no answer came in time; `None` then.
    pub async fn post_within(
        &self,
        cookie: &str,
        path: &str,
        form: &str,
        patience: Duration,
    ) -> io::Result<Option<Reply>> {
        tokio::time::timeout(patience, self.post(cookie, path, form))
            .await
            .map_or(Ok(None), |reply| reply.map(Some))
    }

    fn head(&self, cookie: &str) -> String {
        let host = &self.0;
        format!("host: {host}\r\ncookie: {cookie}\r\naccept: application/json\r\n")
    }

    async fn exchange(&self, request: &str) -> io::Result<Reply> {
        let exchange = async {
            let mut stream = TcpStream::connect(&self.0).await?;
            stream.set_nodelay(true)?;
            stream.write_all(request.as_bytes()).await?;
            // The connection stays open as a browser's does: only then does a server notice that somebody goes away.
            let mut bytes = Vec::new();
            loop {
                let is_over = stream.read_buf(&mut bytes).await? == 0;
                match reply(&bytes) {
                    Err(_) if !is_over => {}
                    whole => return whole,
                }
            }
        };
        tokio::time::timeout(PATIENCE, exchange).await?
    }
}

/// Reads a whole answer, which says how long it is; one that was cut is an error, since nobody may take it for a promise.
fn reply(bytes: &[u8]) -> io::Result<Reply> {
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(cut)?;
    let header = |name: &str| {
        let of = |line: &str| {
            line.split_once(':')
                .filter(|(word, _)| word.eq_ignore_ascii_case(name))
                .map(|(_, v)| v.trim().to_owned())
        };
        head.lines().find_map(of)
    };
    if let Some(length) = header("content-length") {
        let is_whole = length.parse() == Ok(body.len());
        return if is_whole { Ok(Reply { status, body: body.to_owned() }) } else { Err(cut()) };
    }
    Ok(Reply { status, body: unchunked(body).ok_or_else(cut)? })
}

/// The pieces of a chunked body up to its end mark.
fn unchunked(mut rest: &str) -> Option<String> {
    let mut body = String::new();
    loop {
        let (size, after) = rest.split_once("\r\n")?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.push_str(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix("\r\n")?;
    }
}

/// The product's own accept loop for a world; it ends when the token is cancelled.
pub async fn listen(world: &World) -> (Wire, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let stop = CancellationToken::new();
    let server = tokio::spawn(server::listen::serve(listener, world.state.clone(), stop.clone()));
    (Wire(address.to_string()), stop, server)
}

/// Chance that is the same in every run with the same seed (splitmix64).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % most
    }

    /// So many of a hundred.
    pub fn says(&mut self, per_cent: u64) -> bool {
        self.below(100) < per_cent
    }

    pub fn millis(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.below(most + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_cut_is_none() {
        let whole = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";
        assert_eq!(reply(whole.as_bytes()).unwrap().body, "abcd");
        assert!(reply(&whole.as_bytes()[..whole.len() - 1]).is_err());
        let pieces = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        assert_eq!(reply(pieces.as_bytes()).unwrap().body, "abcd");
        assert!(reply(&pieces.as_bytes()[..pieces.len() - 6]).is_err());
    }
}
