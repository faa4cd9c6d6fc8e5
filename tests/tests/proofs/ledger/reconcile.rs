//! An export of a county's bank against its ledger, through the real doors: read, matched, what differs both ways, joined by
//! hand, signed by another, kept.

use super::desk::{approve, desk, post, posting};
use super::{WEINING, api, verified};
use contract::account::people::ChangePerson;
use contract::error::{ApiError, Refusal};
use contract::form::Form;
use contract::ledger::form::PostEntryForm;
use contract::ledger::reconcile::{
    JudgeForm, ReconciliationQuery, ReconciliationView, ReconciliationsView, StepForm, Tallies, entry_key,
    line_key,
};
use domain::id::{EntryId, ProjectId};
use domain::ledger::reconcile::{By, Refusal as No, State};
use domain::money::Unit;
use domain::permission::Role;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use service::account::people;
use service::ledger::{reconcile, request};
use service::{Call, Failure};
use tests::desk::{Desk, book, json};
use tests::world::{ADMIN, World};

const DOOR: &str = "/api/ledger/reconcile/upload";
const HEAD: &[&str] = &["交易日期", "凭证号", "支出（元）", "收入（元）", "对方户名", "摘要"];

/// The county's ledger in March 2025, in 万元.
async fn entered(treasurer: &Call, reviewer: &Call, project: ProjectId) -> Vec<EntryId> {
    let mut entries = Vec::new();
    for (kind, amount, date, voucher) in [
        ("issue", "200", "2025-03-01", ""),
        ("receive", "100", "2025-03-02", ""),
        ("disburse", "95", "2025-03-03", ""),
        ("pay", "30", "2025-03-05", "记-1"),
        ("pay", "30", "2025-03-06", "记-2"),
        ("pay", "20", "2025-03-10", "记-3"),
        ("pay", "10", "2025-03-13", "记-4"),
        ("pay", "5", "2025-03-14", "记-5"),
    ] {
        let form =
            PostEntryForm { voucher: voucher.into(), ..posting(treasurer, project, kind, amount, date) };
        let view = post(treasurer, &form).await;
        entries.push(request::decide(reviewer, approve(reviewer, &view)).await.unwrap().entries[0]);
    }
    entries
}

/// What the bank says of the same days.
fn statement() -> Vec<u8> {
    book(
        "明细",
        &[
            &["某某银行对公账户明细"],
            HEAD,
            &["2025-03-02", "", "", "1,000,000.00", "财政局", "拨入"],
            &["2025-03-05", "记-1", "300000.00", "", "甲公司", "工程款"],
            &["2025-03-08", "", "300000", "", "乙公司", "工程款"],
            &["2025-03-10", "记-3", "150000", "", "丙公司", "设备"],
            &["2025-03-12", "", "40000", "", "丁公司", "劳务"],
            &["2025-03-12", "", "60000", "", "丁公司", "劳务"],
            &["2025-03-15", "", "7.00", "", "", "手续费"],
            &["合计", "", "850007.00", "1000000.00", "", ""],
        ],
    )
}

async fn send(
    world: &World,
    login: &str,
    inputs: &[(&str, &str)],
    name: &str,
    bytes: &[u8],
) -> tests::world::Answer {
    Desk::of(world, login).await.send_to(DOOR, inputs, name, bytes, "application/json").await
}

fn counts(tallies: &Tallies) -> [u32; 7] {
    [
        tallies.bank.count,
        tallies.book.count,
        tallies.matched.count,
        tallies.proposed,
        tallies.differing,
        tallies.bank_only.count,
        tallies.book_only.count,
    ]
}

fn form(call: &Call, view: &ReconciliationView, act: &str) -> StepForm {
    StepForm {
        reconciliation: view.head.reconciliation.to_string(),
        seen: view.seen.to_string(),
        key: call.new_id().to_string(),
        act: act.into(),
        ..StepForm::default()
    }
}

type Ticks = std::collections::BTreeMap<String, String>;

fn lines<const N: usize>(numbers: [u32; N]) -> Ticks {
    numbers.map(|number| (line_key(number), "1".to_owned())).into()
}

fn entry(entry: EntryId) -> Ticks {
    [(entry_key(entry), "1".to_owned())].into()
}

async fn step(call: &Call, form: StepForm) -> Result<ReconciliationView, Failure> {
    reconcile::step(call, form.check().unwrap()).await
}

async fn judge(call: &Call, view: &ReconciliationView, verdict: &str) -> Result<ReconciliationView, Failure> {
    let form = JudgeForm {
        reconciliation: view.head.reconciliation.to_string(),
        seen: view.seen.to_string(),
        key: call.new_id().to_string(),
        verdict: verdict.into(),
        digest: view.digest.clone(),
        reason: "缺一笔".into(),
    };
    reconcile::judge(call, form.check().unwrap()).await
}

fn refused(answer: Result<ReconciliationView, Failure>) -> No {
    let answer = api(answer);
    let ApiError::Refused { refusal: Refusal::Reconcile { refusal } } = answer else { panic!("{answer:?}") };
    refusal
}

async fn seen(call: &Call, view: &ReconciliationView) -> Result<ReconciliationView, Failure> {
    reconcile::one(call, ReconciliationQuery { reconciliation: Some(view.head.reconciliation) }).await
}

#[tokio::test]
async fn an_export_is_matched_signed_by_another_and_kept() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        let entries = entered(&treasurer, &reviewer, project).await;
        let file = statement();
        let view: ReconciliationView =
            json(&send(world, "cw", &[("key", "bank-0000001")], "3月.xlsx", &file).await);
        assert_eq!((view.unit, view.stated, view.faulty), (Some(Unit::Yuan), Some(Unit::Yuan), 0));
        assert_eq!(counts(&view.tallies), [7, 6, 3, 0, 1, 3, 2]);
        let by: Vec<By> = view.matched.iter().map(|matched| matched.by).collect();
        assert_eq!(by, [By::SameDay, By::Voucher, By::NearDay]);
        assert_eq!(view.tallies.matched.outgoing.fen(), 60_000_000);
        let differing = &view.differing[0];
        assert_eq!((differing.line.cell.as_str(), differing.item.entry), ("C6", entries[5]));
        // By hand: two lines with one entry, and only when the sums are equal.
        let left: Vec<u32> = view.bank_only.iter().map(|line| line.number).collect();
        assert_eq!(left, [5, 6, 7]);
        let wrong =
            StepForm { lines: lines([5]), entries: entry(entries[6]), ..form(&treasurer, &view, "link") };
        assert!(matches!(refused(step(&treasurer, wrong).await), No::SumsDiffer { .. }));
        let link =
            StepForm { lines: lines([5, 6]), entries: entry(entries[6]), ..form(&treasurer, &view, "link") };
        let joined = step(&treasurer, link.clone()).await.unwrap();
        assert_eq!(counts(&joined.tallies), [7, 6, 5, 0, 1, 1, 1]);
        let repeated = step(&treasurer, link).await.unwrap();
        assert_eq!(repeated.seen, joined.seen, "one key joins once");
        let stale =
            StepForm { lines: lines([7]), text: "手续费".into(), ..form(&treasurer, &view, "explain") };
        assert!(matches!(api(step(&treasurer, stale.clone()).await), ApiError::Stale { .. }));
        let explain = StepForm { seen: joined.seen.to_string(), ..stale };
        let view = step(&treasurer, explain).await.unwrap();
        assert_eq!(view.bank_only[0].note.as_deref(), Some("手续费"));
        // What is matched is parted, and what was parted is not joined by the product again.
        let part = StepForm { lines: lines([3]), ..form(&treasurer, &view, "part") };
        let parted = step(&treasurer, part).await.unwrap();
        assert_eq!(counts(&parted.tallies), [7, 6, 4, 0, 1, 2, 2]);
        let link =
            StepForm { lines: lines([3]), entries: entry(entries[4]), ..form(&treasurer, &parted, "link") };
        let view = step(&treasurer, link).await.unwrap();
        assert_eq!(counts(&view.tallies), [7, 6, 5, 0, 1, 1, 1]);
        let done = signed(world, &treasurer, &reviewer, view, &entries).await;
        again(world, &done, &file).await;
    })
    .await;
}

/// From the hand-over to a signature that later entries do not touch.
async fn signed(
    world: &World,
    treasurer: &Call,
    reviewer: &Call,
    view: ReconciliationView,
    entries: &[EntryId],
) -> ReconciliationView {
    assert!(matches!(refused(judge(reviewer, &view, "sign").await), No::WrongState { state: State::Open }));
    let handed = step(treasurer, form(treasurer, &view, "submit")).await.unwrap();
    assert!(matches!(api(judge(treasurer, &handed, "sign").await), ApiError::Forbidden { .. }));
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
    let own = judge(&world.call("cw").await, &handed, "sign").await;
    assert_eq!(refused(own), No::OwnWork);
    people::change(&admin, office(before.version + 1, Role::Treasurer)).await.unwrap();
    let back = judge(reviewer, &handed, "return").await.unwrap();
    assert_eq!((back.head.state, back.returned.as_deref()), (State::Open, Some("缺一笔")));
    let handed = step(treasurer, form(treasurer, &back, "submit")).await.unwrap();
    // An entry of these days that comes between looking and signing: signed is what was seen, or nothing.
    let late = reverse(treasurer, entries[7]);
    let late = post(treasurer, &late).await;
    request::decide(reviewer, approve(reviewer, &late)).await.unwrap();
    assert!(matches!(api(judge(reviewer, &handed, "sign").await), ApiError::Stale { .. }));
    let handed = seen(reviewer, &handed).await.unwrap();
    assert_eq!(counts(&handed.tallies), [7, 5, 5, 0, 1, 1, 0], "what was reversed is no difference");
    let done = judge(reviewer, &handed, "sign").await.unwrap();
    assert_eq!((done.head.state, done.head.signer.as_deref()), (State::Signed, Some("sh1")));
    let after = step(treasurer, form(treasurer, &done, "withdraw")).await;
    assert_eq!(refused(after), No::WrongState { state: State::Signed });
    // A matched entry that is reversed afterwards changes nothing of what was signed.
    let undone = post(treasurer, &reverse(treasurer, entries[3])).await;
    request::decide(reviewer, approve(reviewer, &undone)).await.unwrap();
    let kept = seen(reviewer, &done).await.unwrap();
    assert_eq!((counts(&kept.tallies), &kept.digest), (counts(&done.tallies), &done.digest));
    assert_eq!((&kept.matched, kept.known_at), (&done.matched, done.known_at));
    let list: ReconciliationsView = reconcile::list(reviewer, ()).await.unwrap();
    assert_eq!(list.rows[0].tallies.map(|tallies| counts(&tallies)), Some(counts(&done.tallies)));
    verified(reviewer).await;
    done
}

fn reverse(call: &Call, entry: EntryId) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: "reverse".into(),
        entry: entry.to_string(),
        date: "2025-03-20".into(),
        memo: "记错".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

/// The same file is here already; another one finds no entry that was found.
async fn again(world: &World, done: &ReconciliationView, file: &[u8]) {
    let twice = send(world, "cw", &[("key", "bank-0000002")], "again.xlsx", file).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text().contains(&done.head.reconciliation.to_string()), "{}", twice.text());
    let other = book("明细", &[HEAD, &["2025-03-06", "记-2", "300000.00", "", "乙公司", ""]]);
    let view: ReconciliationView =
        json(&send(world, "cw", &[("key", "bank-0000003")], "b.xlsx", &other).await);
    assert_eq!(counts(&view.tallies), [1, 0, 0, 0, 0, 1, 0], "found once, offered never again");
}

#[tokio::test]
async fn the_unit_is_a_fact_that_a_person_confirms() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        entered(&treasurer, &reviewer, project).await;
        let head = "日期,凭证号,支出,收入,摘要\n";
        let file = format!("{head}2025-03-05,记-1,300000.00,,甲\n2025-03-06,,30.125,,乙\n");
        let view: ReconciliationView =
            json(&send(world, "cw", &[("key", "unit-0000001")], "a.csv", file.as_bytes()).await);
        assert_eq!((view.unit, view.matched.len()), (None, 0));
        // 30.125 is no whole number of fen in 元: the unit cannot be that.
        assert!(view.hints[0].meant.is_none() && view.hints[1].meant.is_some());
        assert_eq!(refused(step(&treasurer, form(&treasurer, &view, "submit")).await), No::UnitUnknown);
        let yuan = StepForm { unit: "yuan".into(), ..form(&treasurer, &view, "unit") };
        assert!(
            matches!(refused(step(&treasurer, yuan).await), No::UnitDoesNotFit { cell, .. } if cell == "C3")
        );
        // Where person and file differ, neither is taken.
        let wan = format!("{}2025-03-05,记-1,30,,甲\n", head.replace("支出", "支出（万元）"));
        let inputs = [("key", "unit-0000002"), ("unit", "yuan")];
        let view: ReconciliationView = json(&send(world, "cw", &inputs, "b.csv", wan.as_bytes()).await);
        assert_eq!((view.stated, view.unit), (Some(Unit::Wan), None));
        let meant: Vec<u32> = view.hints.iter().map(|hint| hint.meant.unwrap().matched).collect();
        assert_eq!(meant, [0, 1], "only 万元 finds the entry");
        let chosen = StepForm { unit: "wan".into(), ..form(&treasurer, &view, "unit") };
        let view = step(&treasurer, chosen).await.unwrap();
        assert_eq!(counts(&view.tallies)[2], 1);
        let gone = step(&treasurer, form(&treasurer, &view, "withdraw")).await.unwrap();
        assert_eq!(gone.head.state, State::Withdrawn);
        let again: ReconciliationView =
            json(&send(world, "cw", &[("key", "unit-0000003")], "b.csv", wan.as_bytes()).await);
        assert_ne!(again.head.reconciliation, gone.head.reconciliation, "what was withdrawn may come again");
        let none = send(world, "cw", &[("key", "unit-0000004")], "c.csv", "a,b\n1,2\n".as_bytes()).await;
        assert!(none.text().contains("no_lines"), "{}", none.text());
    })
    .await;
}

#[tokio::test]
async fn a_foreign_export_does_not_exist_and_no_row_of_it_changes() {
    World::on_both(async |world| {
        let (treasurer, reviewer, _, project) = desk(world).await;
        entered(&treasurer, &reviewer, project).await;
        let answer = send(world, "cw", &[("key", "bank-0000001")], "3月.xlsx", &statement()).await;
        let view: ReconciliationView = json(&answer);
        let id = view.head.reconciliation;
        world.person("far", Role::Reviewer, "520300").await;
        world.person("farcw", Role::Treasurer, "520300").await;
        let cookie = world.cookie("far").await;
        for path in [
            format!("/api/ledger/reconciliation?reconciliation={id}"),
            format!("/funds/reconcile/{id}"),
            format!("/funds/reconcile/{id}/export"),
            "/funds/reconcile/x".to_owned(),
        ] {
            assert_eq!(world.get(&cookie, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let far = world.call("farcw").await;
        assert_eq!(api(step(&far, form(&far, &view, "submit")).await), ApiError::NotFound);
        let far = world.call("far").await;
        assert_eq!(api(judge(&far, &view, "sign").await), ApiError::NotFound);
        assert!(reconcile::list(&far, ()).await.unwrap().rows.is_empty());
        // Whoever may see it reads it without scripts, and takes it along.
        let own = world.cookie("sh1").await;
        let page = world.get(&own, &format!("/funds/reconcile/{id}")).await;
        assert!(page.text().contains("data-figure=\"bank_only\" data-count=\"3\""), "{}", page.status);
        assert!(!page.text().contains("reconcile/step"), "a reader gets no form");
        let file = world.get(&own, &format!("/funds/reconcile/{id}/export")).await;
        assert!(file.status == StatusCode::OK && file.body.starts_with(b"PK"));
        plain(world, &treasurer, &view).await;
        let url = world.state.config.database.clone();
        let url = url.unwrap_or_else(|| format!("sqlite://{}", world.folder().join("houfu.db").display()));
        let forger = Database::connect(url.as_str()).await.unwrap();
        for forgery in [
            "UPDATE reconciliation SET file_name = 'x'",
            "UPDATE reconciliation_line SET amount = '1'",
            "DELETE FROM reconciliation_line",
            "UPDATE reconciliation_step SET actor = actor",
            "DELETE FROM reconciliation_step",
        ] {
            assert!(forger.execute_unprepared(forgery).await.is_err(), "{forgery}");
        }
    })
    .await;
}

/// A plain form that is refused comes back with what was ticked and typed.
async fn plain(world: &World, treasurer: &Call, view: &ReconciliationView) {
    let cookie = world.cookie("cw").await;
    let (id, entry) = (view.head.reconciliation, view.book_only[0].entry);
    let body = format!(
        "form[reconciliation]={id}&form[seen]={}&form[key]={}&form[act]=link&form[lines][l5]=1&form[entries][e{entry}]=1&form[text]=abc",
        view.seen,
        treasurer.new_id()
    );
    let request = tests::world::post("/api/ledger/reconcile/step")
        .header(http::header::COOKIE, &cookie)
        .header(http::header::ACCEPT, "text/html");
    let back = world.send(request, body).await.header(http::header::LOCATION).unwrap();
    assert!(
        back.starts_with(&format!("/funds/reconcile/{id}?text=abc&lines=l5&entries=e{entry}&")),
        "{back}"
    );
    let page = world.get(&cookie, &back).await.text();
    assert!(page.contains("value=\"abc\""), "{back}");
    let tags = page.split("<input").filter_map(|rest| rest.split('>').next());
    let ticked = tags.filter(|tag| tag.contains("\"checkbox\"") && tag.contains(" checked"));
    assert_eq!(ticked.count(), 2, "{back}");
}
