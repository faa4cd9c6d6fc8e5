//! Two people at one row of the grid, and the sums under its columns. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::ApiError;
use contract::form::Form;
use contract::list::{CellForm, EditCellsForm, GridColumn, ListForm, Sum};
use contract::project::{ProjectQuery, ProjectView, SaveForm};
use domain::id::ProjectId;
use domain::permission::Role;
use domain::project::{Field, Value};
use service::{Call, list, project};
use tests::world::World;

const WEINING: &str = "520526";

async fn make(call: &Call, name: &str, values: &[(&str, &str)]) -> ProjectId {
    let mut form = SaveForm { key: call.new_id().simple().to_string(), ..SaveForm::default() };
    for (key, text) in [("name", name), ("area", WEINING)].iter().chain(values) {
        form.values.insert((*key).to_owned(), (*text).to_owned());
    }
    project::save(call, form.check().unwrap()).await.unwrap().project
}

fn cells(call: &Call, project: ProjectId, version: i64, texts: &[(&str, &str)]) -> EditCellsForm {
    let cell = |(field, text): &(&str, &str)| CellForm {
        project: project.to_string(),
        version: version.to_string(),
        field: (*field).to_owned(),
        text: (*text).to_owned(),
    };
    EditCellsForm { key: call.new_id().simple().to_string(), cells: texts.iter().map(cell).collect() }
}

async fn see(call: &Call, project: ProjectId) -> ProjectView {
    project::one(call, ProjectQuery { project }).await.unwrap()
}

#[tokio::test]
async fn two_people_at_different_cells_of_one_row_are_no_conflict() {
    World::on_both(async |world| {
        world.person("province", Role::Planner, "520000").await;
        world.person("weining", Role::Planner, WEINING).await;
        let (province, weining) = (world.call("province").await, world.call("weining").await);
        let id = make(&province, "甲", &[("total", "10"), ("remark", "旧")]).await;
        let first = cells(&weining, id, 1, &[("total", "20")]);
        list::edit_cells(&weining, first.check().unwrap()).await.unwrap();
        // Seen at version 1: another cell, and the total as it stood then, which only the other person changed.
        let second = cells(&province, id, 1, &[("remark", "新"), ("total", "10")]);
        list::edit_cells(&province, second.check().unwrap()).await.unwrap();
        let view = see(&province, id).await;
        let total = view.value(Field::Total).and_then(Value::money).map(|money| money.fen());
        assert_eq!((view.version, total), (3, Some(20_000_000)), "their total stands");
        assert_eq!(view.value(Field::Remark), Some(&Value::Text("新".into())));
        // A cell that both changed still stops the command as a whole, and names nothing else.
        let third = cells(&province, id, 1, &[("posts", "5"), ("total", "30")]);
        let met = list::edit_cells(&province, third.check().unwrap()).await.unwrap_err().into_api("ref");
        let ApiError::Stale { conflicts } = met else { panic!("{met:?}") };
        let said: Vec<_> = conflicts.iter().map(|one| (one.field.as_str(), one.only_yours)).collect();
        assert_eq!(said, [("total", false)]);
        assert_eq!(see(&province, id).await.version, 3, "nothing was written");
    })
    .await;
}

#[tokio::test]
async fn the_sum_of_the_gaps_is_the_sum_of_the_gaps_shown() {
    World::on_both(async |world| {
        world.person("province", Role::Planner, "520000").await;
        let province = world.call("province").await;
        make(&province, "甲路", &[("total", "10"), ("source.CBI", "4")]).await;
        make(&province, "乙路", &[("total", "7")]).await;
        let open = make(&province, "丙路", &[("total", "9"), ("source.CBI", "5"), ("source.LOC", "1")]).await;
        let cleared = cells(&province, open, 1, &[("total", "")]);
        list::edit_cells(&province, cleared.check().unwrap()).await.unwrap();
        // Once from the kept totals, once from the rows of a filter that no kept total answers.
        for q in ["", "路"] {
            let form = ListForm { list: "pool".into(), q: q.into(), sums: "1".into(), ..ListForm::default() };
            let view = list::page(&province, form.check().unwrap()).await.unwrap();
            let shown: Vec<_> = view.rows.iter().map(|row| row.gap.map(|gap| gap.fen())).collect();
            assert_eq!((shown.len(), shown.iter().filter(|gap| gap.is_none()).count()), (3, 1), "{q}");
            let totals = view.sums.unwrap().totals;
            let Some(Sum::Amount(gap)) = totals.of(GridColumn::Gap) else { panic!("{totals:?}") };
            assert_eq!(
                (gap.fen(), shown.into_iter().flatten().sum::<i64>()),
                (13_000_000, 13_000_000),
                "{q}"
            );
            let source = GridColumn::Field("source.CBI".parse().unwrap());
            let Some(Sum::Amount(sum)) = totals.of(source) else { panic!("{totals:?}") };
            assert_eq!(sum.fen(), 9_000_000, "its own column counts it: {q}");
        }
        let report = store::verify::verify(&world.app.db().read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None);
    })
    .await;
}
