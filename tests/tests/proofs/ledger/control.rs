//! The control matrix: an edition changes the verdict of the next entry and of none before it; one editor wins; a refusal
//! says which edition it goes by.

use super::desk::{approve, desk, post, posting};
use super::{WEINING, api, verified};
use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::ledger::ControlView;
use contract::ledger::command::EditControl;
use contract::ledger::form::ControlForm;
use domain::ledger::{Kind, Refusal as No, Response, Validity};
use domain::period::business_date;
use domain::permission::Role;
use domain::source::Source;
use http::StatusCode;
use service::ledger::{control, request};
use tests::desk::json;
use tests::world::{ADMIN, World};

/// The matrix with one cell set.
fn edition(seen: i64, response: &str) -> EditControl {
    let mut form = ControlForm { edition: seen.to_string(), ..ControlForm::default() };
    form.cells.insert("pay.GBG".into(), response.into());
    form.check().unwrap()
}

fn out_of_order(error: ApiError) -> Validity {
    let ApiError::Refused { refusal: Refusal::Ledger { refusal: No::OutOfOrder { rule, .. } } } = error
    else {
        panic!("{error:?}")
    };
    rule
}

#[tokio::test]
async fn an_edition_changes_the_next_verdict_and_none_before() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let admin = world.call(ADMIN).await;
        let today = business_date(admin.now());
        let issue = post(&treasurer, &posting(&treasurer, project, "issue", "100", "2025-03-02")).await;
        request::decide(&reviewer, approve(&reviewer, &issue)).await.unwrap();
        let pay = async |amount: &str| {
            let view = post(&treasurer, &posting(&treasurer, project, "pay", amount, "2025-03-03")).await;
            (view.clone(), request::decide(&reviewer, approve(&reviewer, &view)).await)
        };
        // Nothing has come in, so paying breaks the order; the first rules stop it and say so.
        let (waiting, refused) = pay("7").await;
        assert_eq!(out_of_order(api(refused)), Validity::default());
        let view = control::edit(&admin, edition(0, "warn")).await.unwrap();
        assert_eq!(view.validity, Validity { edition: 1, since: Some(today) });
        assert!(view.cells.contains(&(Kind::Pay, Source::Gbg, Response::Warn)));
        // What waited is judged by the edition of its approval, and the entry keeps no exception.
        let done = request::decide(&reviewer, approve(&reviewer, &waiting)).await.unwrap();
        let entry =
            service::ledger::one(&reviewer, contract::ledger::command::EntryQuery { entry: done.entries[0] })
                .await
                .unwrap();
        assert_eq!(entry.exception, None);
        let view = control::edit(&admin, edition(1, "stop")).await.unwrap();
        let (_, refused) = pay("8").await;
        assert_eq!(out_of_order(api(refused)), Validity { edition: 2, since: Some(today) });
        let kept =
            service::ledger::one(&reviewer, contract::ledger::command::EntryQuery { entry: entry.entry })
                .await
                .unwrap();
        assert_eq!(kept, entry, "what went in under an earlier edition stays as it was");
        let changes: Vec<_> =
            view.editions.iter().map(|edition| (edition.edition, edition.changes.clone())).collect();
        let cell = |before, after| vec![(Kind::Pay, Source::Gbg, before, after)];
        assert_eq!(
            changes,
            [(2, cell(Response::Warn, Response::Stop)), (1, cell(Response::Stop, Response::Warn))]
        );
        verified(&reviewer).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_editors_one_wins_and_a_city_edits_nothing() {
    World::on_both(async |world| {
        world.person("root2", Role::Administrator, "100000").await;
        world.person("county", Role::Administrator, WEINING).await;
        world.person("sj", Role::Auditor, WEINING).await;
        let form = "form[edition]=0&form[cells][pay.GBG]=warn&form[cells][issue.CBI]=stop";
        let door = "/api/ledger/edit_control";
        let first = world.post(&world.cookie(ADMIN).await, door, form).await;
        assert_eq!(json::<ControlView>(&first).validity.edition, 1);
        let second = world.post(&world.cookie("root2").await, door, form).await;
        assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text());
        for login in ["county", "sj"] {
            let cookie = world.cookie(login).await;
            assert_eq!(world.post(&cookie, door, form).await.status, StatusCode::FORBIDDEN);
            let page = world.get(&cookie, "/admin/controls").await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.text().contains(door), "who may not edit gets no form");
        }
        // A plain form that lost keeps what was chosen.
        let cookie = world.cookie("root2").await;
        let request = tests::world::post(door)
            .header(http::header::COOKIE, &cookie)
            .header(http::header::ACCEPT, "text/html");
        let lost = world.send(request, form).await;
        let back = lost.header(http::header::LOCATION).unwrap();
        assert!(back.contains("cells=pay.GBG%3Dwarn"), "{back}");
        let page = world.get(&cookie, &back).await.text();
        assert!(page.contains("control-warn") && page.contains("data-edition=\"1\""), "{back}");
        let wrong = world.post(&cookie, door, "form[edition]=1&form[cells][pay.XXX]=warn").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}
