//! Processor time and memory of processes, read from `/proc`. Linux only, like the figures they are for.

use std::fs::read_to_string;
use std::time::Instant;

/// Clock ticks of `/proc` in one second; Linux has shown 100 for as long as it exists.
const TICKS: f64 = 100.0;

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// User and system time of a process with all its threads, in seconds; `children` adds those it has waited for.
pub fn seconds(process: &str, children: bool) -> f64 {
    let stat = read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<f64> = stat
        .rsplit_once(')')
        .map(|(_, rest)| rest.split_whitespace().map(|field| field.parse().unwrap_or_default()).collect())
        .unwrap_or_default();
    let last = if children { 15 } else { 13 };
    fields.get(11..last).map_or(0.0, |ticks| ticks.iter().sum::<f64>() / TICKS)
}

/// A line of `/proc/PID/status` in MB: `VmRSS`, `VmHWM`.
pub fn megabytes(process: &str, line: &str) -> f64 {
    let status = read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    found.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

/// Every process that descends from one.
pub fn family(root: u32) -> Vec<u32> {
    let mut all = vec![root];
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = read_to_string(format!("/proc/{id}/stat")).ok()?;
            Some((id, stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?))
        })
        .collect();
    let mut at = 0;
    while let Some(parent) = all.get(at).copied() {
        all.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    all
}

/// Milliseconds of processor and of clock that one turn of `work` takes, in the mean of `turns`.
pub fn per_turn(turns: u32, mut work: impl FnMut()) -> (f64, f64) {
    let (before, start) = (seconds("self", false), Instant::now());
    (0..turns).for_each(|_| work());
    let each = 1000.0 / f64::from(turns);
    ((seconds("self", false) - before) * each, start.elapsed().as_secs_f64() * each)
}
