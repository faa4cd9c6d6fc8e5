//! What pages of money say without scripts: a reversal on its way says what it takes back; who may not edit a plan reads it
//! as text under the ledger's figures.

use super::WEINING;
use super::desk::{approve, desk, post, posting};
use contract::form::Form;
use contract::ledger::command::RequestQuery;
use contract::ledger::form::PostEntryForm;
use contract::project::SaveForm;
use domain::id::RequestId;
use domain::money::Delta;
use http::StatusCode;
use service::ledger::request;
use service::project;
use tests::world::World;

async fn page(world: &World, cookie: &str, path: &str) -> String {
    let answer = world.get(cookie, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text()
}

#[tokio::test]
async fn a_waiting_reversal_says_what_it_takes_back() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let paid = PostEntryForm {
            payee: "黔西建工".into(),
            ..posting(&treasurer, project, "issue", "86.60", "2025-03-02")
        };
        let issued = post(&treasurer, &paid).await;
        assert_eq!(issued.original, None);
        let issued = request::decide(&reviewer, approve(&reviewer, &issued)).await.unwrap();
        let back = PostEntryForm {
            key: treasurer.new_id().to_string(),
            kind: "reverse".into(),
            entry: issued.entries[0].to_string(),
            date: "2025-03-04".into(),
            memo: "金额录错".into(),
            submit: "1".into(),
            ..PostEntryForm::default()
        };
        let waiting = post(&treasurer, &back).await;
        let original = waiting.original.clone().unwrap();
        assert_eq!((original.entry, original.seq), (issued.entries[0], 1));
        assert_eq!(original.effect, Delta::from_fen(86_600_000));
        // The list asks for the originals of all requests at once and says the same of each.
        let all = request::requests(&reviewer, ()).await.unwrap();
        let of = |id: RequestId| all.rows.iter().find(|row| row.request == id).unwrap().original.clone();
        assert_eq!((of(waiting.request), of(issued.request)), (Some(original.clone()), None));
        let one = request::one(&reviewer, RequestQuery { request: waiting.request }).await.unwrap();
        assert_eq!(one.original, Some(original));

        let cookie = world.cookie("sh1").await;
        let cards = page(world, &cookie, "/funds/ledger/requests").await;
        let card = cards.split("<article").find(|card| card.contains("金额录错")).unwrap();
        for text in
            ["红冲下达", "第 1 号 · 下达", "地方政府一般债券", "2026", "−86.60 万元", "红字 捌拾陆万陆仟元整"]
        {
            assert!(card.contains(text), "{text}: {card}");
        }
        let slip = page(world, &cookie, &format!("/funds/ledger/requests/{}/print", waiting.request)).await;
        for text in ["paper ledger-slip", "地方政府一般债券", "−86.60 万元", "红字 捌拾陆万陆仟元整"]
        {
            assert!(slip.contains(text), "{text}: {slip}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_money_is_composed_of_is_drawn_and_leads_to_its_entries() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let path = format!("/projects/{project}/funding");
        let cookie = world.cookie("sh1").await;
        assert!(!page(world, &cookie, &path).await.contains("money-composition"), "nothing is issued yet");
        for (source, amount) in [("GBG", "60"), ("LOC", "20.000001")] {
            let issue = PostEntryForm {
                source: source.into(),
                ..posting(&treasurer, project, "issue", amount, "2025-03-02")
            };
            let waiting = post(&treasurer, &issue).await;
            request::decide(&reviewer, approve(&reviewer, &waiting)).await.unwrap();
        }
        let shown = page(world, &cookie, &path).await;
        assert!(shown.contains("id=\"money-composition-drawing\""), "{shown}");
        assert!(shown.contains("地方政府一般债券占 75.0%，是下达最多的来源。"), "{shown}");
        assert!(shown.contains("<title>地方政府一般债券 60.00 万元 75.0%</title>"), "{shown}");
        // The same in words that need no drawing, and both lead to the entries of this project and source.
        let row =
            "地方政府一般债券</a></th><td class=\"number\">60.00 万元</td><td class=\"number\">75.0%</td>";
        assert!(shown.contains(row), "{shown}");
        let to = shown.matches(&format!("project={project}&amp;source=LOC\"")).count();
        assert!(to >= 2, "{to} links lead to the entries: {shown}");
        assert!(!shown.contains(" style=\""), "sizes are attributes");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_text_for_who_may_not_edit_it() {
    World::on_both(async |world| {
        desk(world).await;
        let planner = world.call("gh").await;
        let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
        let values = [
            ("name", "冷链物流中心"),
            ("area", WEINING),
            ("total", "1309.40"),
            ("source.GBG", "1000"),
            ("year.2026", "1309.40"),
        ];
        form.values.extend(values.map(|(key, text)| (key.to_owned(), text.to_owned())));
        let id = project::save(&planner, form.check().unwrap()).await.unwrap().project;
        let path = format!("/projects/{id}/funding");

        let reader = world.cookie("cw").await;
        let read = page(world, &reader, &path).await;
        assert!(!read.contains("name=\"values["), "{read}");
        let (ledger, plan) = (read.find("id=\"money\"").unwrap(), read.find("project-plan").unwrap());
        assert!(ledger < plan, "where the money is stands first");
        for text in [
            "1,309.40 万元",
            "<td>地方政府一般债券",
            "1,000.00",
            "合计比总投资少 309.40 万元 = 资金缺口",
            "合计等于总投资",
        ] {
            assert!(read.contains(text), "{text}: {read}");
        }
        assert!(!read.contains("<td>以工代赈专项"), "a source without an amount is left out");
        // The curve ends at what is planned in all, and its table has every digit.
        assert!(read.contains("id=\"money-curve-drawing\""), "{read}");
        let december = "<th scope=\"row\">2026-12</th><td class=\"number\">1,309.40</td>";
        assert!(read.contains(december), "{read}");

        let editor = world.cookie("gh").await;
        let edited = page(world, &editor, &path).await;
        let (form, ledger) =
            (edited.find("name=\"values[source.GBG]\"").unwrap(), edited.find("id=\"money\"").unwrap());
        assert!(form < ledger && edited.contains("name=\"values[source.WFR]\""), "{edited}");
    })
    .await;
}
