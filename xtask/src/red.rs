//! `cargo xtask red`: shows that the proofs can fail. Builds with faults to choose from, lets every proof named here pass once
//! without a fault, then chooses one fault after the other and demands that its proofs fail. Outside CI.

use crate::need;
use crate::place::Place;
use crate::postgres::Cluster;
use crate::run::{cargo, step};
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
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
    let address = match std::env::var("HOUFU_TEST_PG") {
        Ok(address) if !address.is_empty() => address,
        Ok(_) | Err(_) => {
            own = step("PostgreSQL", Cluster::start)?;
            own.address.clone()
        }
    };
    step("every proof passes without a fault", || {
        for package in ["domain", "store", "tests"] {
            let mut proofs: Vec<&str> =
                rows.iter().filter(|(_, of, _)| *of == package).map(|(.., proof)| *proof).collect();
            proofs.sort_unstable();
            proofs.dedup();
            if !proofs.is_empty() && run(place, package, &proofs, "", &address)? != 0 {
                bail!("{package}: a proof fails in a sound build; nothing can be shown");
            }
        }
        Ok(())
    })?;
    let mut green = Vec::new();
    for (fault, package, proof) in rows {
        let begin = Instant::now();
        let code = run(place, package, &[proof], fault, &address)?;
        let is_red = code == TESTS_FAILED;
        let word = if is_red { "red" } else { "NOT RED" };
        println!("{word:<8}{fault:<10} {proof}  {:.1} s", begin.elapsed().as_secs_f64());
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

/// Runs proofs with a fault, quietly; the runner's exit code.
fn run(place: &Place, package: &str, proofs: &[&str], fault: &str, address: &str) -> Result<i32> {
    let mut command = cargo(place);
    let feature = if package == "tests" { "tests/broken" } else { "domain/broken" };
    let filter: Vec<String> = proofs.iter().map(|proof| format!("test(={proof})")).collect();
    command
        .args(["nextest", "run", "--locked", "--no-fail-fast", "--no-tests=fail", "-p", package])
        .args(["--features", feature, "-E", &filter.join(" + ")])
        .env("HOUFU_BROKEN", fault)
        .env("HOUFU_TEST_PG", address);
    need::tools_in_path(place, &mut command);
    let output = command.stdin(Stdio::null()).output().context("cannot start cargo")?;
    let code = output.status.code().unwrap_or(-1);
    // A proof that fails where it should pass, and a build that breaks, are to be read.
    if code != 0 && (fault.is_empty() || code != TESTS_FAILED) {
        println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    if fault.is_empty() {
        closing(&output.stderr);
    }
    Ok(code)
}

fn closing(said: &[u8]) {
    let text = String::from_utf8_lossy(said).into_owned();
    text.lines().filter(|line| line.contains("Summary [")).for_each(|line| println!("{}", line.trim()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_proof_that_is_written() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = |folder: &str| {
            let mut found = Command::new("grep");
            found.args(["-rhE", "^ *(async )?fn ", "--include=*.rs"]).arg(root.join(folder));
            String::from_utf8_lossy(&found.output().unwrap().stdout).into_owned()
        };
        for (_, package, proof) in RED {
            let name = format!("fn {}(", proof.rsplit("::").next().unwrap());
            let folder = match package {
                "tests" => "tests/tests/proofs",
                "store" => "server/store/src",
                _ => "app/domain/src",
            };
            assert!(text(folder).contains(&name), "{proof} is not written");
        }
    }
}
