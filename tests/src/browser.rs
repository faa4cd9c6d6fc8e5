//! A real browser for one test: its own driver, its own empty profile, scripts on or off. Waits for hydration and
//! demands an empty console. Knows no page.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::ChromeCapabilities;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;

/// Size of the window in pixels: the small laptop of a county office.
pub const WINDOW: (u32, u32) = (1366, 768);
/// How long a page may take to wake up.
const PATIENCE: Duration = Duration::from_secs(20);
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// One browser; it ends with the value.
pub struct Browser {
    pub driver: WebDriver,
    /// Address of the server under test, without a slash at the end.
    pub base: String,
    scripts: Scripts,
    chromedriver: Child,
    _profile: TempDir,
}

/// Starts of a driver before a test gives up.
const DRIVER_TRIES: u32 = 5;

impl Browser {
    /// Starts a browser that speaks `language` (`zh-CN` or `en`). `None`, with a line that says so, where the
    /// runner was told to leave the browser out.
    pub async fn start(base: &str, language: &str, scripts: Scripts) -> Option<Browser> {
        if std::env::var_os("HOUFU_SKIP_BROWSER").is_some() {
            eprintln!("skipped: this run leaves the browser to a step of its own");
            return None;
        }
        // The driver ends at once when the port it was given is taken on one of the two loopback addresses.
        let (chromedriver, port) =
            (0..DRIVER_TRIES).find_map(|_| driver()).expect("chromedriver says on which port it listens");
        let profile = tempfile::tempdir().expect("a temporary folder");
        let caps = capabilities(&profile, language, scripts).expect("well-formed capabilities");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps).await.expect("chromium starts");
        let browser = Browser { driver, base: base.to_owned(), scripts, chromedriver, _profile: profile };
        browser
            .cdp(
                "Emulation.setDeviceMetricsOverride",
                json!({
                    "width": WINDOW.0, "height": WINDOW.1, "deviceScaleFactor": 1, "mobile": false
                }),
            )
            .await;
        Some(browser)
    }

    /// Opens a path and, with scripts on, waits until the page is awake.
    pub async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.expect("the page opens");
        self.awake().await;
    }

    /// Waits for `body[data-hydrated]`; without it a test could pass on plain forms alone.
    pub async fn awake(&self) {
        if self.scripts == Scripts::Off {
            return;
        }
        self.until("the page is hydrated", "body[data-hydrated]").await;
    }

    /// Waits until an element is there and returns it.
    pub async fn until(&self, what: &str, css: &str) -> WebElement {
        let start = Instant::now();
        loop {
            if let Ok(element) = self.driver.find(By::Css(css)).await {
                return element;
            }
            if start.elapsed() > PATIENCE {
                let page = self.driver.source().await.unwrap_or_default();
                let log = self.console().await.join("\n");
                panic!("{what}: no {css} after {PATIENCE:?}\nconsole:\n{log}\npage:\n{page}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// A command of the browser's own protocol, such as `Input.imeSetComposition`.
    pub async fn cdp(&self, command: &str, with: Value) -> Value {
        self.driver.cdp().send_raw(command, with).await.expect("chromium knows this command")
    }

    /// What the console said since the last look.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.driver.get_log("browser").await.unwrap_or_default();
        entries.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }

    /// The console must be empty: a warning is a fault that nobody has looked at yet.
    pub async fn assert_quiet(&self) {
        let said = self.console().await;
        assert!(said.is_empty(), "the console is not empty:\n{}", said.join("\n"));
    }

    /// Keeps a picture in the folder that `HOUFU_SHOTS` names; does nothing without it.
    pub async fn shot(&self, name: &str) {
        let Some(folder) = std::env::var_os("HOUFU_SHOTS").map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).expect("the folder for pictures can be made");
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await.expect("a picture can be taken");
    }

    /// Faults of accessibility that axe-core calls serious or critical, one line each.
    pub async fn axe(&self) -> Vec<String> {
        let path = std::env::var_os("HOUFU_AXE").map(PathBuf::from).expect("HOUFU_AXE names axe.min.js");
        let script = std::fs::read_to_string(&path).expect("axe.min.js is where HOUFU_AXE says");
        // Through the protocol, because the page's own policy forbids foreign script.
        self.cdp("Runtime.evaluate", json!({ "expression": script })).await;
        let found = self
            .cdp(
                "Runtime.evaluate",
                json!({
                    "expression": "axe.run().then(r => r.violations)",
                    "awaitPromise": true, "returnByValue": true
                }),
            )
            .await;
        let list =
            found["result"]["value"].as_array().unwrap_or_else(|| panic!("axe did not answer: {found}"));
        list.iter()
            .filter(|fault| matches!(fault["impact"].as_str(), Some("serious" | "critical")))
            .map(|fault| format!("{}: {} {}", fault["id"], fault["help"], fault["nodes"][0]["html"]))
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver takes its browser with it.
        let ended = Command::new("kill").args(["-TERM", &self.chromedriver.id().to_string()]).status();
        if !ended.is_ok_and(|status| status.success()) && self.chromedriver.kill().is_err() {
            eprintln!("chromedriver had ended already");
        }
        if self.chromedriver.wait().is_err() {
            eprintln!("chromedriver cannot be waited for");
        }
    }
}

/// A driver on a free port of its own choice.
fn driver() -> Option<(Child, u16)> {
    let mut chromedriver = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is installed (cargo xtask test installs it)");
    let port = port(&mut chromedriver)?;
    Some((chromedriver, port))
}

/// The free port that the driver chose, read from what it prints; `None` when it ended instead.
fn port(chromedriver: &mut Child) -> Option<u16> {
    let out = chromedriver.stdout.take().expect("its output is ours");
    let mut lines = BufReader::new(out).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())?;
    // It must never block on a full pipe.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    Some(port)
}

fn capabilities(profile: &TempDir, language: &str, scripts: Scripts) -> WebDriverResult<ChromeCapabilities> {
    let mut caps = DesiredCapabilities::chrome();
    for flag in FLAGS {
        caps.add_arg(flag)?;
    }
    caps.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
    caps.add_arg(&format!("--window-size={},{}", WINDOW.0, WINDOW.1))?;
    caps.add_arg(&format!("--lang={language}"))?;
    caps.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    let mut settings = json!({ "intl.accept_languages": language });
    if scripts == Scripts::Off {
        settings["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    caps.add_experimental_option("prefs", settings)?;
    Ok(caps)
}
