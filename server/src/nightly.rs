//! The walk of the rules over everything, once a day until the server ends, and estimates made anew when other
//! coefficients come into force. Knows no request.

use service::App;
use std::time::Duration;

/// How often it is looked whether a night has begun.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// Nobody's answer waits for the first walk of a server that has just begun.
const AFTER_START: Duration = Duration::from_secs(60);

/// Settles estimates and runs the rules on everything once a day until the server ends.
pub async fn keep_nightly(app: App) {
    tokio::time::sleep(AFTER_START).await;
    loop {
        if let Err(failure) = service::jobs::settle(&app).await {
            tracing::error!(%failure, "the estimates could not be made anew");
        }
        if let Err(failure) = service::review::follow::nightly(&app).await {
            tracing::error!(%failure, "the nightly walk of the rules did not end");
        }
        tokio::time::sleep(EVERY).await;
    }
}
