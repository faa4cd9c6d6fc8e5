//! Sockets: accepts connections, gives slow ones a limit, and at the end lets what is under way finish. Knows no route.

use crate::state::State;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// How long the head of a request may take to arrive.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a shutdown waits for work under way.
const DRAIN: Duration = Duration::from_secs(8);
/// Rest after the system refused a connection, such as for want of file handles.
const REST: Duration = Duration::from_millis(200);

/// Serves until `stop` is cancelled; then takes no new connection, and waits for requests and their work.
pub async fn serve(listener: TcpListener, state: State, stop: CancellationToken) {
    let router = crate::router(state.clone());
    let connections = TaskTracker::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection(stream, peer, router.clone(), stop.clone()));
                }
                Err(fault) => {
                    tracing::warn!(%fault, "no connection could be accepted");
                    tokio::time::sleep(REST).await;
                }
            },
        }
    }
    drop(listener);
    connections.close();
    state.tracker.close();
    let work = async {
        connections.wait().await;
        state.tracker.wait().await;
        state.app.drain().await;
    };
    if tokio::time::timeout(DRAIN, work).await.is_err() {
        tracing::warn!("work was still under way when the time to stop was over");
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: axum::Router, stop: CancellationToken) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let mut served = std::pin::pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = stop.cancelled() => {
            // What was begun is answered; an idle connection ends at once.
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(fault) = ended {
        tracing::debug!(%fault, "a connection ended early");
    }
}
