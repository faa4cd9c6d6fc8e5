//! Books of communities through the wizard: new, changed, the same, faulty; in and out again.

use contract::error::{ApiError, Refusal};
use contract::import::ImportState;
use domain::permission::Role;
use store::site::Site;
use tests::desk::{Desk, book};
use tests::world::World;

const HEAD: [&str; 6] = ["安置点编号", "安置点名称", "县（市、区）", "搬迁户数", "搬迁人数", "劳动力"];

async fn sites(world: &World) -> Vec<Site> {
    let call = world.call("gz").await;
    store::site::list(&call.read().await.unwrap(), &call.scope(), "").await.unwrap()
}

#[tokio::test]
async fn communities_go_in_change_and_come_out_again() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let first = [
            HEAD,
            ["520526-01", "新安社区", "威宁县", "10", "40", "20"],
            ["520526-02", "幸福社区", "威宁县", "5", "20", ""],
        ];
        let lines: Vec<&[&str]> = first.iter().map(|line| &line[..]).collect();
        let view = desk.upload("台账.xlsx", &book("台账", &lines)).await;
        assert_eq!((view.kind.code(), view.counts.new), ("sites", 2), "{:?}", view.findings);
        let made = desk.done("commit", &view, &[]).await;
        assert_eq!((made.state, sites(world).await.len()), (ImportState::Committed, 2));
        let second = [
            HEAD,
            ["520526-01", "新安社区", "威宁县", "12", "", ""],
            ["", "幸福社区", "威宁县", "5", "20", ""],
            ["520526-03", "无县社区", "无此县", "1", "1", ""],
            ["520526-01", "又一社区", "威宁县", "1", "1", ""],
            ["520524-09", "织金社区", "织金县", "三户", "1", ""],
            ["520524-10", "团结社区", "织金县", "3", "9", ""],
        ];
        let lines: Vec<&[&str]> = second.iter().map(|line| &line[..]).collect();
        let view = desk.upload("台账2.xlsx", &book("台账", &lines)).await;
        let counts = (view.counts.new, view.counts.changed, view.counts.same, view.counts.faulty);
        assert_eq!(counts, (1, 1, 1, 3), "{:?}", view.findings);
        let changed = desk.rows(view.import, "changed").await;
        let cell = changed[0].cells.iter().find(|cell| cell.field == "site.households").unwrap();
        assert_eq!((cell.old.as_deref(), cell.new.as_deref()), (Some("10"), Some("12")));
        let mend = [("sheet", "台账"), ("row", "6"), ("field", "site.households"), ("text", "3户")];
        let view = desk.done("mend", &view, &mend).await;
        assert_eq!((view.counts.new, view.counts.faulty), (2, 2), "{:?}", view.findings);
        assert_eq!(
            desk.refused("commit", &view, &[]).await.1,
            ApiError::Refused { refusal: Refusal::ErrorsLeft { rows: 2 } }
        );
        let done = desk.done("commit", &view, &[("skip_faulty", "on")]).await;
        let now = sites(world).await;
        assert_eq!(now.len(), 4);
        let xinan = now.iter().find(|site| site.facts.name == "新安社区").unwrap();
        assert_eq!((xinan.facts.households, xinan.facts.people), (Some(12), Some(40)), "a blank cell keeps");
        assert_eq!(
            desk.refused("undo", &desk.view(made.import).await, &[]).await.1,
            ApiError::Refused { refusal: Refusal::ChangedSince { rows: 1 } }
        );
        let undone = desk.done("undo", &done, &[]).await;
        assert_eq!(undone.state, ImportState::Undone);
        let now = sites(world).await;
        assert_eq!(now.len(), 2);
        let xinan = now.iter().find(|site| site.facts.name == "新安社区").unwrap();
        assert_eq!(xinan.facts.households, Some(10));
    })
    .await;
}

#[tokio::test]
async fn a_community_that_a_project_names_is_not_taken_back() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let lines: [&[&str]; 2] = [&HEAD, &["520526-01", "新安社区", "威宁县", "10", "40", "20"]];
        let made = desk.upload("台账.xlsx", &book("台账", &lines)).await;
        let made = desk.done("commit", &made, &[]).await;
        let list: [&[&str]; 2] = [
            &["项目名称", "县（市、区）", "所属安置点", "总投资", "2026年"],
            &["道路", "威宁县", "新安社区", "1", "1"],
        ];
        let view = desk.upload("清单.xlsx", &book("一年期", &list)).await;
        desk.done("commit", &view, &[]).await;
        let now = desk.view(made.import).await;
        assert_eq!(now.changed_since, 1);
        assert_eq!(
            desk.refused("undo", &now, &[]).await.1,
            ApiError::Refused { refusal: Refusal::ChangedSince { rows: 1 } }
        );
    })
    .await;
}
