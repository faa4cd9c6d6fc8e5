//! `cargo xtask red`: shows that the proofs can fail. Builds with faults to choose from, lets every proof named here pass once
//! without a fault, then chooses one fault after the other and demands that its proofs fail. Outside CI.

use crate::need;
use crate::place::Place;
use crate::postgres::Cluster;
use crate::run::{cargo, step};
use anyhow::{Context, Result, bail};
use std::process::Stdio;
use std::time::Instant;

/// What the runner answers when tests ran and some failed; a build that broke answers otherwise.
const TESTS_FAILED: i32 = 100;

/// Word of the fault, package of the proof, name of the proof.
type Row = (&'static str, &'static str, &'static str);

/// A fault may stand more than once: each proof named must fail by itself.
const RED: [Row; 29] = [
    ("fen", "domain", "money::tests::shares_sum_exactly"),
    ("fen", "domain", "fund::notice::tests::a_split_by_weights_leaves_nothing"),
    ("order", "domain", "ledger::proof::any_sequence_keeps_the_order_or_is_refused"),
    ("order", "tests", "ledger::rivals::of_two_at_once_one_passes_on_sqlite"),
    ("order", "tests", "ledger::rivals::of_two_at_once_one_passes_on_postgres"),
    ("closed", "domain", "ledger::proof::a_closed_month_is_never_touched"),
    ("closed", "tests", "ledger::desk::months_close_in_order_and_open_by_two"),
    ("twice", "domain", "ledger::proof::a_reversal_and_its_original_sum_to_zero_and_there_is_one_at_most"),
    ("sign", "domain", "ledger::proof::a_reversal_and_its_original_sum_to_zero_and_there_is_one_at_most"),
    ("sign", "tests", "ledger::desk::of_two_disbursements_at_once_one_passes"),
    ("sign", "store", "ledger::rollup::proof::increments_are_what_a_recomputation_finds"),
    ("totals", "tests", "bank::the_bank_on_sqlite_never_loses_a_fen"),
    ("totals", "tests", "bank::the_bank_on_postgres_never_loses_a_fen"),
    ("positions", "tests", "bank::the_bank_on_sqlite_never_loses_a_fen"),
    ("positions", "tests", "bank::the_bank_on_postgres_never_loses_a_fen"),
    ("hold", "tests", "bank::the_bank_on_postgres_never_loses_a_fen"),
    ("hold", "tests", "ledger::rivals::of_two_at_once_one_passes_on_postgres"),
    ("head", "tests", "bank::the_bank_on_postgres_never_loses_a_fen"),
    ("turn", "tests", "bank::the_bank_on_sqlite_never_loses_a_fen"),
    ("key", "tests", "crash::a_killed_server_on_sqlite_keeps_its_word"),
    ("body", "tests", "crash::a_killed_server_on_postgres_keeps_its_word"),
    ("early", "tests", "crash::a_killed_server_on_sqlite_keeps_its_word"),
    ("early", "tests", "crash::a_killed_server_on_postgres_keeps_its_word"),
    ("halves", "tests", "crash::a_killed_server_on_sqlite_keeps_its_word"),
    ("halves", "tests", "crash::a_killed_server_on_postgres_keeps_its_word"),
    ("cancel", "tests", "bank::abandoned_requests_lose_nothing_and_leave_no_transaction_open"),
    ("stale", "tests", "ledger::desk::nobody_approves_his_own_and_a_returned_request_is_edited"),
    ("scope", "tests", "planted::no_byte_of_any_answer_holds_a_foreign_word"),
    ("origin", "tests", "http::a_form_from_another_origin_changes_nothing"),
];

/// `cargo xtask red [FAULT …]`: all of them, or those named.
pub fn red(place: &Place, asked: &[String]) -> Result<()> {
    if !need::nextest(place) {
        bail!("cargo-nextest tells a test that failed from a build that broke; it could not be installed");
    }
    if let Some(unknown) = asked.iter().find(|word| RED.iter().all(|(fault, ..)| fault != word)) {
        bail!("no fault `{unknown}`");
    }
    let rows: Vec<Row> = RED
        .into_iter()
        .filter(|(fault, ..)| asked.is_empty() || asked.iter().any(|word| word == fault))
        .collect();
    let own;
    let given = std::env::var_os("HOUFU_TEST_PG").and_then(|address| address.into_string().ok());
    let address = match given.filter(|address| !address.is_empty()) {
        Some(address) => address,
        None => {
            own = step("PostgreSQL", Cluster::start)?;
            own.address.clone()
        }
    };
    step("every proof passes without a fault", || {
        for package in ["domain", "store", "tests"] {
            let of: Vec<Row> = rows.iter().copied().filter(|(_, of, _)| *of == package).collect();
            if !of.is_empty() && run(place, package, &of, "", &address)?.0 != 0 {
                bail!("{package}: a proof fails in a sound build; nothing can be shown");
            }
        }
        Ok(())
    })?;
    let mut green = Vec::new();
    for row in rows {
        let (fault, package, proof) = row;
        let begin = Instant::now();
        let (code, said) = run(place, package, &[row], fault, &address)?;
        let is_red = code == TESTS_FAILED;
        let word = if is_red { "red" } else { "NOT RED" };
        println!("{word:<8}{fault:<10} {proof}  {:.1} s\n          {said}", begin.elapsed().as_secs_f64());
        if !is_red {
            green.push(format!("{fault}: {proof} (exit code {code})"));
        }
    }
    if green.is_empty() {
        println!("every proof was shown red");
        return Ok(());
    }
    bail!("proofs that did not find their fault:\n  {}", green.join("\n  "))
}

/// Runs proofs with a fault, quietly; the runner's exit code, and what the first proof that failed said.
fn run(place: &Place, package: &str, rows: &[Row], fault: &str, address: &str) -> Result<(i32, String)> {
    let mut command = cargo(place);
    let feature = if package == "tests" { "tests/broken" } else { "domain/broken" };
    let mut proofs: Vec<String> = rows.iter().map(|(.., proof)| format!("test(={proof})")).collect();
    proofs.sort_unstable();
    proofs.dedup();
    command
        .args(["nextest", "run", "--locked", "--no-fail-fast", "--no-tests=fail"])
        .args(["-p", package, "--features", feature, "-E", &proofs.join(" + ")])
        .env("HOUFU_BROKEN", fault)
        .env("HOUFU_TEST_PG", address);
    need::tools_in_path(place, &mut command);
    let output = command.stdin(Stdio::null()).output().context("cannot start cargo")?;
    let code = output.status.code().unwrap_or(-1);
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // A proof that fails where it should pass, and a build that breaks, are to be read.
    if code != 0 && (fault.is_empty() || code != TESTS_FAILED) {
        println!("{text}");
    }
    if fault.is_empty() {
        text.lines().filter(|line| line.contains("Summary [")).for_each(|line| println!("{}", line.trim()));
    }
    Ok((code, reason(&text)))
}

/// The first sentence of the first panic, so that a reader sees that a proof failed for its own reason.
fn reason(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    let panic = lines.by_ref().find(|line| line.contains("panicked at"));
    let sentence = panic.and_then(|_| lines.find(|line| !line.is_empty())).unwrap_or_default();
    sentence.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Every line of Rust under a folder.
    fn text(folder: &Path) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.push_str(&text(&path));
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
        all
    }

    #[test]
    fn every_row_names_a_proof_that_is_written() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (_, package, proof) in RED {
            let folder = match package {
                "tests" => "tests/tests/proofs",
                "store" => "server/store/src",
                _ => "app/domain/src",
            };
            let name = format!("fn {}(", proof.rsplit("::").next().unwrap());
            assert!(text(&root.join(folder)).contains(&name), "{proof} is not written");
        }
    }
}
