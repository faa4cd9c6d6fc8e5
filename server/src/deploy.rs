//! Is this installation fit to be used by others? Every weakness with its cure. Asked by `houfu check --deploy`, and
//! at the start of a server that has a public origin.

use crate::config::Config;
use chrono::DateTime;
use service::{App, account};
use std::os::unix::fs::PermissionsExt;
use store::backup::last_act;

/// A weakness, and what to do about it. Both are sentences for the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakness {
    pub what: String,
    pub cure: String,
}

fn weakness(what: impl Into<String>, cure: impl Into<String>) -> Weakness {
    Weakness { what: what.into(), cure: cure.into() }
}

/// What the settings and the folder alone can tell. Sessions and tokens are random and kept as digests, so there is
/// no secret of the server that could be weak.
pub fn of_settings(config: &Config) -> Vec<Weakness> {
    let mut found = Vec::new();
    match &config.public_origin {
        None => found.push(weakness(
            "no public origin is set",
            "set public_origin to the address that browsers use, such as https://houfu.example",
        )),
        Some(origin) if !origin.starts_with("https://") => {
            found.push(weakness(
                format!("the public origin {origin} is not https"),
                "put a proxy with TLS in front and name its https address",
            ));
        }
        Some(_) => {}
    }
    if config.trusted_proxy.is_empty() {
        found.push(weakness(
            "no trusted proxy is named, and this server does not speak TLS itself",
            "set trusted_proxy to the address of the proxy that ends TLS",
        ));
    }
    match std::fs::metadata(&config.data) {
        Err(fault) => found.push(weakness(
            format!("the data folder {} cannot be looked at: {fault}", config.data.display()),
            "make it, owned by the user that runs houfu",
        )),
        Ok(folder) if folder.permissions().mode() & 0o077 != 0 => found.push(weakness(
            format!("others may look into the data folder {}", config.data.display()),
            format!("chmod 700 {}", config.data.display()),
        )),
        Ok(_) => {}
    }
    if crate::cli::demo::is_marked(&config.data) {
        found.push(weakness(
            "the data folder is that of the demo, whose passwords everybody knows",
            "name another data folder",
        ));
    }
    found
}

/// What the database tells. Its own settings (rules 4 and 5) were read back when it was opened.
pub async fn of_data(app: &App) -> Result<Vec<Weakness>, service::Failure> {
    let mut found = Vec::new();
    if !app.db().is_current().await? {
        found.push(weakness(
            "the schema is not of this version",
            "run houfu migrate, or start the server once",
        ));
        return Ok(found);
    }
    for login in account::with_known_password(app).await? {
        found.push(weakness(
            format!("the account {login} has the password of the demo"),
            format!("houfu admin reset-password --login {login}"),
        ));
    }
    let last = last_act(&*app.db().read().await?).await?;
    if let Some(last) = last.and_then(DateTime::from_timestamp_millis)
        && app.now() < last
    {
        found.push(weakness(
            format!("the clock says {}, but the last act was recorded at {last}", app.now()),
            "set the clock of this machine",
        ));
    }
    Ok(found)
}
