//! Postings of a county: two persons behind every entry, one of two rivals passes, months close in order.

use super::{WEINING, api, says, totals, verified};
use contract::account::people::ChangePerson;
use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::ledger::command::{CloseMonth, Decide, EntryQuery, Reopen, Verdict};
use contract::ledger::form::PostEntryForm;
use contract::ledger::{End, RequestView};
use contract::project::SaveForm;
use domain::id::ProjectId;
use domain::ledger::Refusal as No;
use domain::period::Month;
use domain::permission::Role;
use service::account::people;
use service::ledger::{month, request};
use service::{Call, Failure, ledger, project};
use tests::world::{ADMIN, World};

/// A county with two reviewers and one project.
pub async fn desk(world: &World) -> (Call, Call, Call, ProjectId) {
    for (login, role) in
        [("gh", Role::Planner), ("cw", Role::Treasurer), ("sh1", Role::Reviewer), ("sh2", Role::Reviewer)]
    {
        world.person(login, role, WEINING).await;
    }
    let planner = world.call("gh").await;
    let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", "车间"), ("area", WEINING), ("total", "100")] {
        form.values.insert(key.into(), text.into());
    }
    let project = project::save(&planner, form.check().unwrap()).await.unwrap().project;
    (world.call("cw").await, world.call("sh1").await, world.call("sh2").await, project)
}

pub fn posting(call: &Call, project: ProjectId, kind: &str, amount: &str, date: &str) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: kind.into(),
        project: project.to_string(),
        source: "GBG".into(),
        year: "2026".into(),
        amount: amount.into(),
        date: date.into(),
        document: "黔财〔2026〕1号".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

pub async fn post(call: &Call, form: &PostEntryForm) -> RequestView {
    request::post(call, form.check().unwrap()).await.unwrap()
}

pub(super) fn verdict(call: &Call, view: &RequestView, verdict: Verdict) -> Decide {
    Decide { request: view.request, version: view.version, key: call.new_id().to_string(), verdict }
}

pub fn approve(call: &Call, view: &RequestView) -> Decide {
    verdict(call, view, Verdict::Approve { exception: None })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_disbursements_at_once_one_passes() {
    World::on_both(async |world| {
        let (treasurer, one, two, project) = desk(world).await;
        for kind in ["issue", "receive"] {
            let view = post(&treasurer, &posting(&treasurer, project, kind, "100", "2025-03-02")).await;
            request::decide(&one, approve(&one, &view)).await.unwrap();
        }
        for round in 0..10 {
            let form = posting(&treasurer, project, "disburse", "60", "2025-03-03");
            let (left, right) = (post(&treasurer, &form).await, {
                let form = PostEntryForm { key: treasurer.new_id().to_string(), ..form };
                post(&treasurer, &form).await
            });
            let (a, b) = tokio::join!(
                request::decide(&one, approve(&one, &left)),
                request::decide(&two, approve(&two, &right))
            );
            let passed: Vec<_> = [&a, &b].into_iter().filter_map(|answer| answer.as_ref().ok()).collect();
            assert_eq!(passed.len(), 1, "round {round}: {a:?} {b:?}");
            let entry = passed[0].entries[0];
            let lost = [a, b].into_iter().find(Result::is_err).unwrap();
            assert!(matches!(
                api(lost),
                ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { .. } } }
            ));
            // Taken back, so that the next round begins where this one did.
            let back = PostEntryForm {
                key: treasurer.new_id().to_string(),
                kind: "reverse".into(),
                entry: entry.to_string(),
                date: "2025-03-04".into(),
                memo: "再来一次".into(),
                submit: "1".into(),
                ..PostEntryForm::default()
            };
            let view = post(&treasurer, &back).await;
            request::decide(&one, approve(&one, &view)).await.unwrap();
            let again = PostEntryForm { key: treasurer.new_id().to_string(), ..back };
            let view = post(&treasurer, &again).await;
            let twice = request::decide(&one, approve(&one, &view)).await;
            assert!(matches!(
                api(twice),
                ApiError::Refused { refusal: Refusal::Ledger { refusal: No::AlreadyReversed { .. } } }
            ));
        }
        verified(&one).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_approves_his_own_and_a_returned_request_is_edited() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let form = posting(&treasurer, project, "issue", "100", "2025-03-02");
        let view = post(&treasurer, &form).await;
        assert!(view.own && view.obstacle.is_none());
        let own = request::decide(&treasurer, approve(&treasurer, &view)).await;
        assert!(matches!(api(own), ApiError::Forbidden { .. }));
        // Nor does a change of office make it somebody else's.
        let before = world.account("cw").await;
        let office = |version: i64, role: Role| ChangePerson {
            user: before.id,
            version,
            name: before.name.clone(),
            role,
            area: WEINING.into(),
        };
        let admin = world.call(ADMIN).await;
        people::change(&admin, office(before.version, Role::Reviewer)).await.unwrap();
        let promoted = world.call("cw").await;
        let own = request::decide(&promoted, approve(&promoted, &view)).await;
        assert!(says(api(own), &No::OwnEntry));
        people::change(&admin, office(before.version + 1, Role::Treasurer)).await.unwrap();
        let repeated = post(&treasurer, &form).await;
        assert_eq!(
            (repeated.request, repeated.version),
            (view.request, view.version),
            "one key, one request"
        );
        let other = PostEntryForm { amount: "99".into(), ..form.clone() };
        let reused = request::post(&treasurer, other.check().unwrap()).await;
        assert!(matches!(api(reused), ApiError::Refused { refusal: Refusal::KeyReused }));
        let back = verdict(&reviewer, &view, Verdict::Return { reason: "文号不全".into() });
        let view = request::decide(&reviewer, back).await.unwrap();
        let edited = PostEntryForm {
            key: treasurer.new_id().to_string(),
            request: view.request.to_string(),
            version: view.version.to_string(),
            amount: "80".into(),
            ..form
        };
        let view = post(&treasurer, &edited).await;
        let stale = Decide { version: view.version - 1, ..approve(&reviewer, &view) };
        assert!(matches!(api(request::decide(&reviewer, stale).await), ApiError::Stale { .. }));
        let view = request::decide(&reviewer, approve(&reviewer, &view)).await.unwrap();
        assert_eq!(view.entries.len(), 1);
        assert_eq!(totals(&reviewer).await.entered.issued.fen(), 80_000_000);
        // More than was received needs somebody who answers for it.
        let early = post(&treasurer, &posting(&treasurer, project, "pay", "5", "2025-03-05")).await;
        assert_eq!(early.breaches.len(), 1);
        let refused = request::decide(&reviewer, approve(&reviewer, &early)).await;
        assert!(matches!(
            api(refused),
            ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { .. } } }
        ));
        let exception = Verdict::Approve { exception: Some("垫付".into()) };
        let done = request::decide(&reviewer, verdict(&reviewer, &early, exception)).await.unwrap();
        let entry = ledger::one(&reviewer, EntryQuery { entry: done.entries[0] }).await.unwrap();
        assert_eq!(entry.exception.unwrap().reason, "垫付");
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn months_close_in_order_and_open_by_two() {
    World::on_both(async |world| {
        let (treasurer, one, two, project) = desk(world).await;
        let enter = async |date: &str| {
            let view = post(&treasurer, &posting(&treasurer, project, "issue", "1", date)).await;
            request::decide(&one, approve(&one, &view)).await.unwrap().entries[0]
        };
        enter("2025-01-05").await;
        let at = |text: &str| Month::parse(text).unwrap();
        let close = |month: Month| CloseMonth { month, key: one.new_id().to_string() };
        let early = month::close(&one, close(at("2025-02"))).await;
        assert!(says(api(early), &No::MonthNotNext { asked: at("2025-02"), next: at("2025-01") }));
        let view = month::close(&one, close(at("2025-01"))).await.unwrap();
        assert_eq!(view.next, Some(at("2025-02")));
        let late = enter("2025-01-06").await;
        let late = ledger::one(&one, EntryQuery { entry: late }).await.unwrap();
        assert_eq!((late.month, late.late_for), (at("2025-02"), Some(at("2025-01"))));
        let ask = |reason: &str, key: &str| Reopen::Ask {
            month: at("2025-01"),
            reason: reason.into(),
            key: key.into(),
        };
        let asked = async |reason: &str, key: &str| {
            month::reopen(&one, ask(reason, key)).await.unwrap().reopenings[0].reopening
        };
        for (by, key, end) in [(&one, "back", End::TakenBack), (&two, "no", End::Refused)] {
            let reopening = asked("不需要", key).await;
            let refuse = Reopen::Refuse { reopening, key: format!("{key}-end") };
            let view = month::reopen(by, refuse).await.unwrap();
            assert!(view.reopenings.is_empty() && view.ended.iter().any(|line| line.end == end), "{view:?}");
            let grant = Reopen::Grant { reopening, key: format!("{key}-grant") };
            assert!(matches!(month::reopen(&two, grant).await, Err(Failure::NotFound)), "it has ended");
            assert!(view.months.iter().any(|line| line.month == at("2025-01") && line.closed.is_some()));
        }
        let reopening = asked("漏记", "reopen-1").await;
        let second = month::reopen(&two, ask("另有漏记", "reopen-second")).await;
        assert!(matches!(second, Err(Failure::Stale(_))), "one is enough");
        let own = month::reopen(&one, Reopen::Grant { reopening, key: "reopen-2".into() }).await;
        assert!(says(api(own), &No::OwnEntry));
        let view = month::reopen(&two, Reopen::Grant { reopening, key: "reopen-3".into() }).await.unwrap();
        let granted = view.ended.iter().find(|line| line.end == End::Granted).unwrap();
        assert_eq!((granted.reason.as_str(), view.ended.len()), ("漏记", 3));
        let entry = enter("2025-01-07").await;
        let entry = ledger::one(&one, EntryQuery { entry }).await.unwrap();
        assert_eq!((entry.month, entry.late_for), (at("2025-01"), None));
        verified(&one).await;
    })
    .await;
}

#[tokio::test]
async fn a_form_without_scripts_comes_back_with_the_project_that_its_text_means() {
    World::on_both(async |world| {
        let (_, _, _, project) = desk(world).await;
        let cookie = world.cookie("cw").await;
        // 车间 stands in the box, and nobody looked it up.
        let form = "form[key]=key-12345678&form[kind]=pay&form[find]=%E8%BD%A6%E9%97%B4&form[source]=GBG\
                    &form[year]=2026&form[amount]=3.2&form[date]=2026-03-01&form[submit]=1";
        let request = tests::world::post("/api/ledger/post_entry")
            .header(http::header::COOKIE, &cookie)
            .header(http::header::ACCEPT, "text/html");
        let back = world.send(request, form.to_owned()).await.header(http::header::LOCATION).unwrap();
        assert!(back.contains("find=%E8%BD%A6%E9%97%B4"), "{back}");
        let page = world.get(&cookie, &back).await.text();
        assert!(page.contains(&format!("value=\"{project}\"")), "{page}");
        let missing = world.get(&cookie, "/funds/ledger/entries/zz").await;
        assert_eq!(missing.status, http::StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_reason_comes_back_to_what_it_was_typed_for() {
    World::on_both(async |world| {
        let (treasurer, one, _, project) = desk(world).await;
        let cookie = world.cookie("sh1").await;
        let refused = async |door: &str, form: String| {
            let request = tests::world::post(door)
                .header(http::header::COOKIE, &cookie)
                .header(http::header::ACCEPT, "text/html");
            let back = world.send(request, form).await.header(http::header::LOCATION).unwrap();
            assert!(back.contains("__err="), "{back}");
            (world.get(&cookie, &back).await.text(), back)
        };
        let entered = post(&treasurer, &posting(&treasurer, project, "issue", "1", "2025-01-05")).await;
        request::decide(&one, approve(&one, &entered)).await.unwrap();
        let january = Month::parse("2025-01").unwrap();
        month::close(&one, CloseMonth { month: january, key: one.new_id().to_string() }).await.unwrap();
        let long = "x".repeat(501);
        let form = format!("form[month]=2025-01&form[key]=key-open-0001&form[reason]={long}");
        let (page, back) = refused("/api/ledger/reopen_month", form).await;
        assert!(back.starts_with("/funds/ledger/months?reason=xx"), "{back}");
        assert!(page.contains(&format!("value=\"{}…\"", "x".repeat(500))), "{page}");

        // 缺第七页附件
        let reason = "%E7%BC%BA%E7%AC%AC%E4%B8%83%E9%A1%B5%E9%99%84%E4%BB%B6";
        let mut waiting = Vec::new();
        for date in ["2025-02-05", "2025-02-06"] {
            waiting.push(post(&treasurer, &posting(&treasurer, project, "issue", "1", date)).await);
        }
        let (this, other) = (&waiting[0], &waiting[1]);
        let form = format!(
            "form[request]={}&form[version]={}&form[key]=key-back-0001&form[verdict]=return&form[reason]={reason}",
            this.request,
            this.version + 9
        );
        let (page, _) = refused("/api/ledger/decide", form).await;
        let input = |request: &RequestView| {
            let (_, rest) = page.split_once(&format!("id=\"reason-{}\"", request.request)).unwrap();
            rest.split_once('>').unwrap().0.to_owned()
        };
        assert!(input(this).contains("value=\"缺第七页附件\""), "{}", input(this));
        assert!(!input(other).contains("缺第七页附件"), "{}", input(other));

        // A form of many inputs stays an address, and what looks encoded is what was typed.
        let cashier = world.cookie("cw").await;
        let long = "x".repeat(20_000);
        let form = format!("form[kind]=pay&form[voucher]=5%2520&form[payee]={long}&form[memo]={long}");
        let request = tests::world::post("/api/ledger/post_entry")
            .header(http::header::COOKIE, &cashier)
            .header(http::header::ACCEPT, "text/html");
        let back = world.send(request, form).await.header(http::header::LOCATION).unwrap();
        assert!(back.len() < 8000, "an address stays short: {} bytes", back.len());
        let page = world.get(&cashier, &back).await.text();
        assert!(page.contains("value=\"5%20\"") && page.contains("x…\""), "{page}");

        let batch = one.new_id();
        for door in ["return_batch", "undo_batch"] {
            let form = format!(
                "form[batch]={batch}&form[version]=1&form[key]=key-{door}&form[reason]={reason}"
            );
            let (_, back) = refused(&format!("/api/ledger/{door}"), form).await;
            assert!(back.starts_with(&format!("/funds/ledger/import/{batch}?reason={reason}&")), "{back}");
        }
    })
    .await;
}
