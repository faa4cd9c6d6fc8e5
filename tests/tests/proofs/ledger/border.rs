//! A transfer across the border of a county, made by the province: the county sees its own side and no name of the other,
//! takes nothing of it back, and its pages stand. Drafts are their maker's alone.

use super::desk::{approve, desk, post, posting};
use super::{api, says};
use contract::error::ApiError;
use contract::form::Form;
use contract::ledger::RequestView;
use contract::ledger::command::{EntryQuery, LedgerQuery, RequestQuery};
use contract::ledger::form::PostEntryForm;
use contract::project::SaveForm;
use domain::id::{EntryId, ProjectId};
use domain::ledger::Refusal as No;
use domain::permission::Role;
use service::ledger::request;
use service::{Call, ledger, project};
use tests::world::World;

const PROVINCE: &str = "520000";
const DAFANG: &str = "520521";

/// Treasurer and reviewer of the province, and a project of another county.
async fn above(world: &World) -> (Call, Call, ProjectId) {
    for (login, role) in [("gz", Role::Planner), ("cw0", Role::Treasurer), ("sh0", Role::Reviewer)] {
        world.person(login, role, PROVINCE).await;
    }
    let planner = world.call("gz").await;
    let mut form = SaveForm { key: planner.new_id().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", "邻县管网"), ("area", DAFANG), ("total", "100")] {
        form.values.insert(key.into(), text.into());
    }
    let other = project::save(&planner, form.check().unwrap()).await.unwrap().project;
    (world.call("cw0").await, world.call("sh0").await, other)
}

fn back(call: &Call, entry: EntryId, date: &str) -> PostEntryForm {
    PostEntryForm {
        key: call.new_id().to_string(),
        kind: "reverse".into(),
        entry: entry.to_string(),
        date: date.into(),
        memo: "调剂有误".into(),
        submit: "1".into(),
        ..PostEntryForm::default()
    }
}

/// What the county may read never names the other project or its leg.
async fn own_side_alone(county: &Call, view: &RequestView, other: ProjectId) {
    let shown = request::requests(county, ()).await.unwrap();
    let line = shown.rows.iter().find(|row| row.request == view.request).unwrap();
    assert!(line.outside);
    let page = ledger::entries(county, LedgerQuery::default()).await.unwrap();
    let one = request::one(county, RequestQuery { request: view.request }).await.unwrap();
    for json in [
        serde_json::to_string(&shown).unwrap(),
        serde_json::to_string(&one).unwrap(),
        serde_json::to_string(&page).unwrap(),
    ] {
        assert!(!json.contains(&other.to_string()), "{json}");
        for foreign in view.entries.iter().skip(1) {
            assert!(!json.contains(&foreign.to_string()), "{json}");
        }
    }
}

#[tokio::test]
async fn a_county_sees_and_takes_back_no_more_than_its_own_side() {
    World::on_both(async |world| {
        let (county, judge, _, project) = desk(world).await;
        let (treasurer, reviewer, other) = above(world).await;
        let issued = post(&county, &posting(&county, project, "issue", "100", "2025-03-02")).await;
        request::decide(&judge, approve(&judge, &issued)).await.unwrap();
        let moved = PostEntryForm {
            other: other.to_string(),
            stage: "issued".into(),
            ..posting(&treasurer, project, "transfer", "10", "2025-03-03")
        };
        let moved = post(&treasurer, &moved).await;
        assert!(!moved.outside);
        own_side_alone(&county, &moved, other).await;
        assert!(says(api(request::decide(&judge, approve(&judge, &moved)).await), &No::LegOutside));
        let moved = request::decide(&reviewer, approve(&reviewer, &moved)).await.unwrap();
        assert_eq!(moved.entries.len(), 2);
        own_side_alone(&county, &moved, other).await;

        // The county is told who can, and nothing of its attempt is kept.
        let before = request::requests(&county, ()).await.unwrap().rows.len();
        let own = back(&county, moved.entries[0], "2025-03-04");
        let refused = request::post(&county, own.check().unwrap()).await;
        assert!(says(api(refused), &No::LegOutside));
        assert_eq!(request::requests(&county, ()).await.unwrap().rows.len(), before);

        // Made above, it leaves the pages of the county standing, on its way and when it is done.
        let early = back(&treasurer, moved.entries[0], "2025-03-01");
        let early = request::post(&treasurer, early.check().unwrap()).await;
        let original = "2025-03-03".parse().unwrap();
        assert!(says(api(early), &No::BeforeOriginal { original }));
        let undone = post(&treasurer, &back(&treasurer, moved.entries[0], "2025-03-04")).await;
        own_side_alone(&county, &undone, other).await;
        let waiting = request::one(&county, RequestQuery { request: undone.request }).await.unwrap();
        assert_eq!(waiting.original.map(|original| original.entry), Some(moved.entries[0]));
        let undone = request::decide(&reviewer, approve(&reviewer, &undone)).await.unwrap();
        own_side_alone(&county, &undone, other).await;
        let entry = ledger::one(&county, EntryQuery { entry: moved.entries[0] }).await.unwrap();
        assert_eq!((entry.pair, entry.other), (None, None));
        let entry = ledger::one(&reviewer, EntryQuery { entry: moved.entries[0] }).await.unwrap();
        assert_eq!((entry.pair, entry.other.as_deref()), (Some(moved.entries[1]), Some("邻县管网")));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_read_by_its_maker_alone() {
    World::on_both(async |world| {
        let (county, judge, _, project) = desk(world).await;
        let form = posting(&county, project, "issue", "100", "2025-03-02");
        let draft = post(&county, &PostEntryForm { submit: String::new(), ..form }).await;
        let query = RequestQuery { request: draft.request };
        assert_eq!(request::one(&county, query).await.unwrap().request, draft.request);
        world.person("cw2", Role::Treasurer, super::WEINING).await;
        let colleague = world.call("cw2").await;
        for stranger in [&colleague, &judge] {
            assert!(matches!(api(request::one(stranger, query).await), ApiError::NotFound));
        }
    })
    .await;
}
