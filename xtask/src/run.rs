//! Starting other programs, with a sentence when one fails, and timing of steps. Knows no particular program.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Cargo in the work tree with our build folder.
pub fn cargo(place: &Place) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&place.root).env("CARGO_TARGET_DIR", &place.target);
    // These come from the `cargo run` that started us and would make every crate look changed.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs to the end with our own output; anything but success is an error that names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let said = describe(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start: {said}"))?;
    if status.success() { Ok(()) } else { bail!("failed ({status}): {said}") }
}

/// Runs quietly and returns what was printed; on failure the error carries it.
pub fn quiet(command: &mut Command) -> Result<String> {
    let said = describe(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start: {said}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    bail!("failed ({}): {said}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr))
}

/// Runs with output shown as it comes, and keeps the lines that close a test run.
pub fn run_keeping(command: &mut Command, is_closing: fn(&str) -> bool) -> Result<Vec<String>> {
    let said = describe(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {said}"))?;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let forward = |stream: Option<Box<dyn Read + Send>>| {
        let kept = Arc::clone(&kept);
        std::thread::spawn(move || {
            let Some(stream) = stream else { return };
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                println!("{line}");
                if is_closing(&line)
                    && let Ok(mut kept) = kept.lock()
                {
                    kept.push(line.trim().to_owned());
                }
            }
        })
    };
    let out = forward(child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>));
    let err = forward(child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>));
    let status = child.wait()?;
    for thread in [out, err] {
        thread.join().map_err(|_| anyhow::anyhow!("a reader of output stopped early"))?;
    }
    let lines = kept.lock().map(|kept| kept.clone()).unwrap_or_default();
    if status.success() { Ok(lines) } else { bail!("failed ({status}): {said}\n{}", lines.join("\n")) }
}

/// Whether a program can be started at all.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Names a step, does it and prints its time.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("== {name}");
    let _ = std::io::stdout().flush();
    let start = Instant::now();
    let done = work().with_context(|| format!("step: {name}"));
    let verdict = if done.is_ok() { "done" } else { "FAILED" };
    println!("== {name}: {verdict} in {:.1} s", start.elapsed().as_secs_f64());
    done
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
