//! Headings, units and places that a person explains, and what is remembered of them.

use contract::import::{ImportState, ImportView};
use domain::finding::FindingKind;
use domain::money::Unit;
use domain::permission::Role;
use domain::project::Field;
use domain::source::Source;
use tests::desk::{Desk, book};
use tests::world::World;

fn unknown(view: &ImportView) -> Vec<&str> {
    view.findings
        .iter()
        .filter_map(|finding| match &finding.kind {
            FindingKind::UnknownHeading { heading } => Some(heading.as_str()),
            _ => None,
        })
        .collect()
}

const HEAD: [&str; 5] = ["项目名称", "县（市、区）", "总投资", "2026年", "县里的钱"];

fn list() -> Vec<u8> {
    book("一年期", &[&HEAD, &["道路", "威宁县", "100", "100", "40"]])
}

#[tokio::test]
async fn a_heading_is_asked_once_and_remembered_for_the_area() {
    World::on_both(async |world| {
        for (login, area) in [("weining", "520526"), ("weining2", "520526"), ("zhijin", "520524")] {
            world.person(login, Role::Planner, area).await;
        }
        let desk = Desk::of(world, "weining").await;
        let view = desk.upload("a.xlsx", &list()).await;
        assert_eq!(unknown(&view), ["县里的钱"]);
        let key = Field::Source(Source::Loc).key();
        let inputs = [("sheet", "一年期"), ("columns[E]", key.as_str()), ("remember", "on")];
        let view = desk.done("read_as", &view, &inputs).await;
        assert_eq!((view.state, unknown(&view).len()), (ImportState::Staged, 0), "{:?}", view.refusal);
        let sum = view.sheets[0].totals.get(&key).map(|money| money.fen());
        assert_eq!(sum, Some(40_000_000));
        let colleague = Desk::of(world, "weining2").await.upload("b.xlsx", &list()).await;
        assert!(unknown(&colleague).is_empty(), "remembered for the county");
        let elsewhere = Desk::of(world, "zhijin").await.upload("c.xlsx", &list()).await;
        assert_eq!(unknown(&elsewhere), ["县里的钱"], "and for nobody else");
        let again = desk.upload("d.xlsx", &list()).await;
        let ignored = desk.done("read_as", &again, &[("sheet", "一年期"), ("columns[E]", "")]).await;
        assert_eq!(ignored.sheets[0].totals.get(&key), None, "the importer's own word goes first");
    })
    .await;
}

#[tokio::test]
async fn the_unit_the_list_and_the_year_are_facts_to_change() {
    let bytes =
        book("表", &[&["项目名称", "县（市、区）", "总投资", "备注"], &["道路", "威宁县", "1000000", ""]]);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("a.xlsx", &bytes).await;
        assert_eq!((view.state, view.plan_year), (ImportState::Staged, None), "{:?}", view.sheets);
        let sheet = view.sheets[0].sheet.clone();
        let layout = view.sheets[0].layout.as_ref().unwrap();
        assert!(!layout.unit_stated && layout.unit == Unit::Wan);
        let inputs = [("sheet", sheet.as_str()), ("unit", "yuan"), ("horizon", "2y"), ("plan_year", "2026")];
        let view = desk.done("read_as", &view, &inputs).await;
        assert_eq!(view.plan_year.map(|year| year.get()), Some(2026));
        assert_eq!(view.sheets[0].totals["total"].fen(), 100_000_000);
        assert_eq!((view.counts.new, view.effect[1].projects_after), (1, 1), "{:?}", view.findings);
        let done = desk.done("commit", &view, &[]).await;
        assert_eq!(done.state, ImportState::Committed);
    })
    .await;
}

#[tokio::test]
async fn a_place_of_two_counties_and_an_unknown_community_are_settled_in_the_wizard() {
    let head: &[&str] = &["项目名称", "县（市、区）", "所属安置点", "总投资", "2026年"];
    let bytes =
        book("一年期", &[head, &["甲", "白云区", "", "1", "1"], &["乙", "威宁县", "新安社区", "2", "2"]]);
    World::on_both(async |world| {
        world.person("china", Role::Planner, "100000").await;
        let desk = Desk::of(world, "china").await;
        let view = desk.upload("a.xlsx", &bytes).await;
        assert_eq!(view.counts.faulty, 2, "{:?}", view.findings);
        let choices = view.findings.iter().find_map(|finding| match &finding.kind {
            FindingKind::AmbiguousArea { choices, .. } => Some(choices.clone()),
            _ => None,
        });
        let guiyang = choices.unwrap().into_iter().find(|choice| choice.starts_with("520113")).unwrap();
        let mend = [("sheet", "一年期"), ("row", "2"), ("field", "area"), ("text", guiyang.as_str())];
        let view = desk.done("mend", &view, &mend).await;
        assert_eq!((view.counts.new, view.counts.faulty), (1, 1), "{:?}", view.findings);
        assert_eq!(view.unknown_sites.len(), 1);
        assert_eq!(
            (view.unknown_sites[0].name.as_str(), view.unknown_sites[0].area.as_str()),
            ("新安社区", "520526")
        );
        let view = desk.done("whole", &view, &[("what", "make_sites")]).await;
        assert_eq!((view.counts.new, view.counts.faulty), (2, 0), "{:?}", view.findings);
        let done = desk.done("commit", &view, &[]).await;
        assert_eq!(done.state, ImportState::Committed);
    })
    .await;
}

#[tokio::test]
async fn a_mended_place_flows_into_the_blank_cells_below_it() {
    let head: &[&str] = &["项目名称", "县（市、区）", "总投资", "2026年"];
    let bytes = book("一年期", &[head, &["甲", "无此县", "1", "1"], &["乙", "", "2", "2"]]);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let view = desk.upload("a.xlsx", &bytes).await;
        assert_eq!(view.counts.faulty, 2, "{:?}", view.findings);
        let mend = [("sheet", "一年期"), ("row", "2"), ("field", "area"), ("text", "威宁县")];
        let view = desk.done("mend", &view, &mend).await;
        assert_eq!((view.counts.new, view.counts.faulty), (2, 0), "{:?}", view.findings);
    })
    .await;
}
