//! The ledger as a journal: Debian's hledger finds nothing wrong with it, and its balances are ours.

use super::book::{book, province, step};
use contract::ledger::command::LedgerFile;
use domain::ledger::{Key, Stage};
use domain::money::{Delta, Unit};
use service::ledger::{export, import, journal};
use std::collections::BTreeMap;
use std::process::Command;
use tests::world::World;

/// Whether hledger can be run; without it the proof says so and ends.
fn has_hledger() -> bool {
    let has = Command::new("hledger").arg("--version").output().is_ok_and(|out| out.status.success());
    if !has {
        eprintln!("skipped: hledger is not installed");
    }
    has
}

fn hledger(file: &std::path::Path, words: &[&str]) -> (bool, String) {
    let mut command = Command::new("hledger");
    let out = command.env("LANG", "C.UTF-8").arg("-f").arg(file).args(words).output().unwrap();
    let said = [out.stdout, out.stderr].concat();
    (out.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn hledger_agrees_to_the_fen() {
    let Some(file) = book().filter(|_| has_hledger()) else { return };
    World::on_both(async |world| {
        let Some((treasurer, reviewer, _)) = province(world).await else { return };
        let staged = import::stage(&treasurer, LedgerFile { key: "import-0001".into(), ..file.clone() })
            .await
            .unwrap();
        import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
        let mut text = Vec::new();
        assert_eq!(journal::export(&reviewer, &mut text).await.unwrap(), 2912);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.journal");
        std::fs::write(&path, &text).unwrap();
        let (sound, said) = hledger(&path, &["check", "-s"]);
        assert!(sound, "{said}");

        let (sound, said) = hledger(&path, &["balance", "--flat", "--no-total", "-O", "csv", "fund:"]);
        assert!(sound, "{said}");
        let mut theirs: BTreeMap<String, String> = BTreeMap::new();
        for line in said.lines().skip(1) {
            let (account, amount) = line.trim_matches('"').split_once("\",\"").unwrap();
            theirs.insert(account.to_owned(), amount.trim_start_matches("CNY ").to_owned());
        }
        let mut compared = 0;
        for line in export::positions(&reviewer, Default::default()).await.unwrap().found {
            let key = Key { project: line.project.project, source: line.source, year: line.year };
            let number = i64::try_from(line.project.number).unwrap();
            for stage in Stage::ALL {
                let beyond = stage.after().map_or(0, |later| line.totals.net(later).fen());
                let lies = Delta::from_fen(line.totals.net(stage).fen() - beyond);
                let account = journal::account(stage, key, number);
                let found = theirs.remove(&account);
                compared += usize::from(found.is_some());
                let ours = (!lies.is_zero()).then(|| lies.exact(Unit::Yuan));
                assert_eq!(found, ours, "{account}");
            }
        }
        assert!(compared > 300, "only {compared} balances were compared");
        let rest: Vec<&String> = theirs.keys().filter(|account| account.contains(":P")).collect();
        assert!(rest.is_empty(), "balances that are none of ours: {rest:?}");

        // A fen more in one posting, and hledger says no: the assertions can fail.
        let text = String::from_utf8(text).unwrap();
        let at = text.rfind(" = CNY ").unwrap();
        let forged = format!("{} = CNY 1{}", &text[..at], &text[at + " = CNY ".len()..]);
        std::fs::write(&path, forged).unwrap();
        assert!(!hledger(&path, &["check", "-s"]).0);
    })
    .await;
}
