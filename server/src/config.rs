//! Settings: flag > environment (`HOUFU_…`) > `houfu.toml` > default. The only place that reads them; an unknown
//! key is an error. Knows no database and no web server.

use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// File read when `--config` does not name another.
const FILE_NAME: &str = "houfu.toml";
const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// Settings that every command takes, as flags or from the environment.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Flags {
    /// Folder of database, attachments, backups and key
    #[arg(long, global = true, env = "HOUFU_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Database: SQLite in the data folder by default, or postgres://…
    #[arg(long, global = true, env = "HOUFU_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Settings file
    #[arg(long, global = true, env = "HOUFU_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the built front end; not needed when it is inside the binary
    #[arg(long, global = true, env = "HOUFU_PKG_DIR", value_name = "DIR")]
    pub pkg: Option<PathBuf>,
    /// Address and port to listen on
    #[arg(long, global = true, env = "HOUFU_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Origin under which browsers reach the server, such as https://houfu.example.gov.cn
    #[arg(long, global = true, env = "HOUFU_PUBLIC_ORIGIN", value_name = "ORIGIN")]
    pub public_origin: Option<String>,
    /// Address of a reverse proxy whose X-Forwarded-For is believed; may be repeated
    #[arg(long, global = true, env = "HOUFU_TRUSTED_PROXY", value_name = "IP", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// File or folder of fonts for papers as PDF; without it, or where it has no Chinese letters, the machine's fonts are taken
    #[arg(long, global = true, env = "HOUFU_FONTS", value_name = "PATH")]
    pub fonts: Option<PathBuf>,
    /// Log lines as JSON
    #[arg(long, global = true, env = "HOUFU_LOG_JSON")]
    pub log_json: bool,
}

/// The same settings in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    pkg: Option<PathBuf>,
    listen: Option<SocketAddr>,
    public_origin: Option<String>,
    #[serde(default)]
    trusted_proxy: Vec<IpAddr>,
    fonts: Option<PathBuf>,
    log_json: Option<bool>,
}

/// Settings after all sources were asked.
#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    /// `None` is SQLite in the data folder.
    pub database: Option<String>,
    pub pkg: Option<PathBuf>,
    pub listen: SocketAddr,
    /// Without a trailing slash; `None` on a private machine.
    pub public_origin: Option<String>,
    pub trusted_proxy: Vec<IpAddr>,
    /// Fonts for papers that go before the machine's.
    pub fonts: Option<PathBuf>,
    pub log_json: bool,
    /// Shows the banner that the data is invented.
    pub demo: bool,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read settings file {path}: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("settings file {path}: {source}")]
    Malformed { path: PathBuf, source: toml::de::Error },
    #[error("public origin must be like https://host without a path: {0}")]
    Origin(String),
}

impl Config {
    /// Merges flags (already merged with the environment by clap), file and defaults.
    pub fn load(flags: &Flags) -> Result<Config, ConfigError> {
        let file = match &flags.config {
            Some(path) => read(path)?,
            None if Path::new(FILE_NAME).exists() => read(Path::new(FILE_NAME))?,
            None => File::default(),
        };
        let public_origin =
            flags.public_origin.clone().or(file.public_origin).map(checked_origin).transpose()?;
        Ok(Config {
            data: flags.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("data")),
            database: flags.database.clone().or(file.database),
            pkg: flags.pkg.clone().or(file.pkg),
            listen: flags.listen.or(file.listen).unwrap_or_else(default_listen),
            public_origin,
            trusted_proxy: if flags.trusted_proxy.is_empty() {
                file.trusted_proxy
            } else {
                flags.trusted_proxy.clone()
            },
            fonts: flags.fonts.clone().or(file.fonts),
            log_json: flags.log_json || file.log_json.unwrap_or(false),
            demo: false,
        })
    }

    /// Whether browsers reach us by https, so that cookies may demand it.
    pub fn is_https(&self) -> bool {
        self.public_origin.as_ref().is_some_and(|origin| origin.starts_with("https://"))
    }
}

fn default_listen() -> SocketAddr {
    DEFAULT_LISTEN.parse().expect("the default address is well formed")
}

fn read(path: &Path) -> Result<File, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    toml::from_str(&text).map_err(|source| ConfigError::Malformed { path: path.to_owned(), source })
}

fn checked_origin(origin: String) -> Result<String, ConfigError> {
    let trimmed = origin.trim_end_matches('/').to_owned();
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(trimmed),
        Some(_) | None => Err(ConfigError::Origin(origin)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, flags: Flags) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, text).unwrap();
        Config::load(&Flags { config: Some(path), ..flags })
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let config = load("data = \"/a\"\nlisten = \"127.0.0.1:9000\"", Flags::default()).unwrap();
        assert_eq!(config.data, PathBuf::from("/a"));
        assert_eq!(config.listen.port(), 9000);
        let flags = Flags { data: Some("/b".into()), ..Flags::default() };
        assert_eq!(load("data = \"/a\"", flags).unwrap().data, PathBuf::from("/b"));
        assert_eq!(load("", Flags::default()).unwrap().listen.port(), 8080);
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let error = load("dta = \"/a\"", Flags::default()).unwrap_err().to_string();
        assert!(error.contains("dta"), "{error}");
    }

    #[test]
    fn an_origin_has_no_path() {
        let with = |origin: &str| Flags { public_origin: Some(origin.into()), ..Flags::default() };
        assert!(load("", with("https://a.cn/x")).is_err());
        assert_eq!(load("", with("https://a.cn/")).unwrap().public_origin.as_deref(), Some("https://a.cn"));
    }
}
