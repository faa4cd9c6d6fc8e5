//! A PostgreSQL of our own for one run: a new cluster in a temporary folder, thrown away at the end.
//! Knows no table.

use crate::need;
use crate::run::{quiet, run};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Running while it lives; dropping it stops the server and removes its folder, after a failure too.
pub struct Cluster {
    server: Child,
    folder: PathBuf,
    /// Address without a database name at the end: `postgres://postgres@127.0.0.1:PORT`.
    pub address: String,
}

impl Cluster {
    /// PostgreSQL refuses to run as root, so root lends it the user that the package made.
    pub fn start() -> Result<Cluster> {
        Cluster::with(&["fsync=off", "synchronous_commit=off"])
    }

    /// The same, but what is committed is on the disk: for measurements.
    pub fn lasting() -> Result<Cluster> {
        Cluster::with(&["fsync=on", "synchronous_commit=on"])
    }

    fn with(settings: &[&str]) -> Result<Cluster> {
        let bin = need::postgres()?;
        let folder = tempfile::Builder::new().prefix("houfu-pg-").tempdir()?.keep();
        let is_root = quiet(Command::new("id").arg("-u"))?.trim() == "0";
        if is_root {
            run(Command::new("chown").arg("postgres:postgres").arg(&folder))?;
        }
        let data = folder.join("data");
        let mut initdb = as_server(&bin.join("initdb"), is_root);
        initdb.arg("-D").arg(&data).args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        ]);
        quiet(initdb.current_dir(&folder))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(folder.join("log"))?;
        let mut server = as_server(&bin.join("postgres"), is_root);
        server.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-p", &port.to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "max_connections=300"].iter().chain(settings) {
            server.args(["-c", *setting]);
        }
        let server = server
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start postgres")?;
        let mut cluster =
            Cluster { server, folder, address: format!("postgres://postgres@127.0.0.1:{port}") };
        cluster.wait(&bin, port)?;
        Ok(cluster)
    }

    fn wait(&mut self, bin: &Path, port: u16) -> Result<()> {
        let start = Instant::now();
        let mut ready = Command::new(bin.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
        while start.elapsed() < PATIENCE {
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        bail!("postgres did not start:\n{log}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown; its children end with it.
        let asked = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// As the user `postgres` when we are root; ends when we end, however we end.
fn as_server(program: &Path, is_root: bool) -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=INT");
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg(program);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing() {
        let cluster = Cluster::start().unwrap();
        let folder = cluster.folder.clone();
        let asked = quiet(Command::new("psql").args([
            &*format!("{}/postgres", cluster.address),
            "-Atc",
            "SHOW fsync",
        ]));
        assert_eq!(asked.unwrap().trim(), "off");
        drop(cluster);
        assert!(!folder.exists());
    }
}
