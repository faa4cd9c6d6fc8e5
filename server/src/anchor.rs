//! The head of the audit chain, written down once a day outside the database: whoever rewrites the trail would have to
//! rewrite this file and every copy of it too. Knows no table.

use chrono::NaiveDate;
use domain::period::business_date;
use serde::{Deserialize, Serialize};
use service::App;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// In the data folder, one JSON object a line.
pub const FILE: &str = "audit-anchors.jsonl";
/// How often it is looked whether a day has begun.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// One head on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// business date in China
    pub day: NaiveDate,
    pub seq: i64,
    pub hash: String,
}

/// Every anchor of a folder, the oldest first.
pub fn read(folder: &Path) -> std::io::Result<Vec<Anchor>> {
    let text = match std::fs::read_to_string(folder.join(FILE)) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(std::io::Error::other)).collect()
}

/// Writes today's anchor when there is none yet; true when it did.
pub async fn write_due(app: &App) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
    let day = business_date(app.now());
    if read(app.folder())?.last().is_some_and(|last| last.day >= day) {
        return Ok(false);
    }
    let (seq, hash) = store::audit::head(&*app.db().read().await?).await?;
    let line = serde_json::to_string(&Anchor { day, seq, hash })?;
    let mut file =
        std::fs::File::options().create(true).append(true).mode(0o600).open(app.folder().join(FILE))?;
    writeln!(file, "{line}")?;
    file.sync_all()?;
    Ok(true)
}

/// Keeps writing until the server ends.
pub async fn keep(app: App) {
    loop {
        if let Err(fault) = write_due(&app).await {
            tracing::error!(%fault, "the audit trail could not be anchored");
        }
        tokio::time::sleep(EVERY).await;
    }
}
