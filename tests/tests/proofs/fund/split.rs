//! What a split may be: within its notice, exact by weights, within the rules of its source, one of two at once.

use super::{Desk, api, approve, desk, register, save, says, split, verified, wan};
use contract::error::ApiError;
use contract::form::Form;
use contract::fund::command::SplitVerdict;
use contract::fund::form::CheckSplitForm;
use contract::ledger::command::{Decide, Verdict};
use contract::ledger::form::PostEntryForm;
use domain::fund::{Breach, Force, Refusal as No};
use domain::ledger::State;
use domain::money::Money;
use domain::usage::Use;
use service::{fund, ledger};
use tests::world::World;

#[tokio::test]
async fn more_than_is_left_is_refused_and_what_is_left_is_named() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let view = register(&treasurer, "毕财〔2026〕1号", "LOC", "100").await;
        let first =
            save(&treasurer, &split(&treasurer, &view, &[(projects[0], "60", "")], true)).await.unwrap();
        let view = approve(&reviewer, &first).await.unwrap();
        let form = split(&treasurer, &view, &[(projects[1], "40.000001", "")], false);
        let over = No::OverNotice {
            amount: wan("100"),
            shares: wan("100.000001"),
            over: Money::from_fen(1).unwrap(),
            left: wan("40"),
        };
        let looked = fund::split::check(&treasurer, CheckSplitForm { split: form.clone() }.check().unwrap());
        assert_eq!(looked.await.unwrap().refusal, Some(over.clone()), "said before it is saved");
        assert_eq!(says(api(save(&treasurer, &form).await)), over);
        let sentence = words::explain::fund_refusal(words::Locale::zh_CN, &over);
        assert!(sentence.contains("40.00"), "{sentence}");
        let fits = split(&treasurer, &view, &[(projects[1], "40", "")], true);
        let view = approve(&reviewer, &save(&treasurer, &fits).await.unwrap()).await.unwrap();
        assert!(view.line.left.is_zero());
        // Neither does a 下达 by hand on the same document reach beyond the notice.
        let hand = PostEntryForm {
            key: treasurer.new_id().to_string(),
            kind: "issue".into(),
            project: projects[2].to_string(),
            source: "LOC".into(),
            year: "2026".into(),
            amount: "0.000001".into(),
            date: "2026-03-03".into(),
            document: "毕财〔2026〕1号".into(),
            submit: "1".into(),
            ..PostEntryForm::default()
        };
        let asked = ledger::request::post(&treasurer, hand.check().unwrap()).await.unwrap();
        let verdict = Verdict::Approve { exception: None };
        let key = reviewer.new_id().to_string();
        let decide = Decide { request: asked.request, version: asked.version, key, verdict };
        let refused = says(api(ledger::request::decide(&reviewer, decide).await));
        assert!(matches!(refused, No::OverNotice { left, .. } if left.is_zero()));
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn weights_share_out_everything_to_the_fen() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let view = register(&treasurer, "毕财〔2026〕2号", "LOC", "100").await;
        let values = [(projects[0], "1", ""), (projects[1], "1", ""), (projects[2], "1", "")];
        let mut form = split(&treasurer, &view, &values, true);
        form.by = "weights".into();
        let view = save(&treasurer, &form).await.unwrap();
        let amounts: Vec<i64> =
            view.split.as_ref().unwrap().shares.iter().map(|share| share.amount.fen()).collect();
        assert_eq!(amounts, [33_333_334, 33_333_333, 33_333_333]);
        let done = approve(&reviewer, &view).await.unwrap();
        assert!(done.line.left.is_zero());
        assert_eq!(done.entries.iter().map(|entry| entry.effect.fen()).sum::<i64>(), 100_000_000);
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn a_forbidden_use_names_its_clause_and_stops_what_is_handed_on() {
    World::on_both(async |world| {
        let Desk { treasurer, projects, .. } = desk(world).await;
        let view = register(&treasurer, "毕财〔2026〕3号", "BRG", "100").await;
        assert!(view.asks.usage);
        let values = [(projects[0], "70", "industry"), (projects[1], "10", "vehicles")];
        let form = split(&treasurer, &view, &values, true);
        let looked = fund::split::check(&treasurer, CheckSplitForm { split: form.clone() }.check().unwrap());
        let looked = looked.await.unwrap();
        let stop = looked.judgement.broken.iter().find(|broken| broken.force() == Force::Stop).unwrap();
        let breach = Breach::ForbiddenUse { project: projects[1], usage: Use::Vehicles };
        assert_eq!((&stop.breach, stop.basis.text.as_str()), (&breach, "财农〔2021〕19号"));
        assert_eq!(looked.left, Some(wan("20")), "what is left is said all the same");
        let No::RulesBroken { broken } = says(api(save(&treasurer, &form).await)) else {
            panic!("refused for something else")
        };
        assert_eq!(broken.as_slice(), std::slice::from_ref(stop));
        let sentence = words::explain::fund_refusal(words::Locale::zh_CN, &No::RulesBroken { broken });
        assert!(sentence.contains("财农〔2021〕19号") && sentence.contains("交通工具"), "{sentence}");
        // A draft may be kept; the days since the notice and the listed uses only warn.
        let draft = split(&treasurer, &view, &values, false);
        let kept = save(&treasurer, &draft).await.unwrap();
        assert_eq!(kept.split.as_ref().unwrap().state, State::Draft);
        let warned = kept.split.as_ref().unwrap().judgement.broken.iter();
        assert!(warned.filter(|broken| broken.force() == Force::Warn).count() >= 1);
        let mended = [(projects[0], "70", "industry"), (projects[1], "10", "service_facility")];
        let handed = save(&treasurer, &split(&treasurer, &kept, &mended, true)).await.unwrap();
        assert_eq!(handed.split.unwrap().state, State::Submitted);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_splits_at_once_the_notice_is_never_exceeded() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let second = world.call("sh2").await;
        for round in 0..8 {
            let view = register(&treasurer, &format!("毕财〔2026〕{}号", 20 + round), "LOC", "100").await;
            let form = |project| split(&treasurer, &view, &[(project, "60", "")], true);
            let (one, two) = (form(projects[0]), form(projects[1]));
            let (a, b) = tokio::join!(save(&treasurer, &one), save(&treasurer, &two));
            assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "round {round}: {a:?} {b:?}");
            let (kept, lost) = if a.is_ok() { (a, b) } else { (b, a) };
            assert!(matches!(api(lost), ApiError::Stale { .. } | ApiError::Busy));
            let kept = kept.unwrap();
            // Two reviewers, and a 下达 by hand on the same document, all at the same moment.
            let hand = PostEntryForm {
                key: treasurer.new_id().to_string(),
                kind: "issue".into(),
                project: projects[2].to_string(),
                source: "LOC".into(),
                year: "2026".into(),
                amount: "60".into(),
                date: "2026-03-03".into(),
                document: view.line.document.clone(),
                submit: "1".into(),
                ..PostEntryForm::default()
            };
            let asked = ledger::request::post(&treasurer, hand.check().unwrap()).await.unwrap();
            let key = second.new_id().to_string();
            let verdict = Verdict::Approve { exception: None };
            let decide = Decide { request: asked.request, version: asked.version, key, verdict };
            let (a, b, c) = tokio::join!(
                approve(&reviewer, &kept),
                approve(&second, &kept),
                ledger::request::decide(&second, decide)
            );
            let passed = u8::from(a.is_ok()) + u8::from(b.is_ok()) + u8::from(c.is_ok());
            assert_eq!(passed, 1, "round {round}: {a:?} {b:?} {c:?}");
        }
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn a_return_says_why_and_a_split_goes_back_to_its_maker() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, projects } = desk(world).await;
        let view = register(&treasurer, "毕财〔2026〕4号", "LOC", "100").await;
        let form = split(&treasurer, &view, &[(projects[0], "60", "")], true);
        let waits = save(&treasurer, &form).await.unwrap();
        let verdict = SplitVerdict::Return { reason: "缺附件".into() };
        let back = fund::split::decide(&reviewer, super::decision(&reviewer, &waits, verdict)).await.unwrap();
        assert!(matches!(&back.split.as_ref().unwrap().state, State::Returned { reason, .. } if reason == "缺附件"));
        let again = save(&treasurer, &split(&treasurer, &back, &[(projects[0], "50", "")], true)).await.unwrap();
        let done = approve(&reviewer, &again).await.unwrap();
        assert_eq!(done.line.arranged, wan("50"));
    })
    .await;
}
