//! Sockets: a head that never ends is cut off, a signal lets work finish and idle connections go.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::time::{Duration, Instant};
use tests::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

async fn start(world: &World) -> (std::net::SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let server = tokio::spawn(server::listen::serve(listener, world.state.clone(), stop.clone()));
    (address, stop, server)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_never_ends_is_cut_off_after_ten_seconds() {
    let world = World::sqlite().await;
    let (address, stop, server) = start(&world).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: houfu.test\r\nx-slow: ").await.unwrap();
    let begin = Instant::now();
    let mut rest = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), slow.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "the connection is still open after {:?}", begin.elapsed());
    assert!(begin.elapsed() >= Duration::from_secs(9), "it was cut off too early");
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_answers_what_was_begun_and_does_not_wait_for_the_idle() {
    let world = World::sqlite().await;
    let (address, stop, server) = start(&world).await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: houfu.test\r\n\r\n").await.unwrap();
    let mut answer = vec![0_u8; 15];
    idle.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200 OK");
    // A password check takes its time; the stop comes in its middle.
    let mut busy = TcpStream::connect(address).await.unwrap();
    let body = "login=nobody&password=wrong";
    let request = format!(
        "POST /api/account/sign_in HTTP/1.1\r\nhost: houfu.test\r\nsec-fetch-site: same-origin\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    busy.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    let begin = Instant::now();
    stop.cancel();
    let mut rest = String::new();
    busy.read_to_string(&mut rest).await.unwrap();
    assert!(rest.starts_with("HTTP/1.1 422"), "{rest}");
    assert!(rest.contains("wrong_password"), "{rest}");
    server.await.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(6), "it waited for the idle connection");
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
