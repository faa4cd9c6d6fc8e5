//! Sums of estimates, on both databases: each kind is an independent addition over what the person may list, the same question
//! has the same answer to the byte, a county's person adds up that county alone, and a project split in two changes no sum.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::form::Form;
use contract::jobs::portfolio::{PortfolioForm, PortfolioView};
use contract::project::SaveForm;
use domain::jobs::quantity::Kind;
use domain::permission::Role;
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::{Call, jobs, project};
use tests::world::World;

const PROVINCE: &str = "520000";
const WEINING: &str = "520526";
const LIPING: &str = "522631";

async fn make(call: &Call, area: &str, name: &str, total: &str) {
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let values = [
        ("name", name),
        ("area", area),
        ("total", total),
        ("category", "productive_industry"),
        ("people", "40"),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    project::save(call, form.check().unwrap()).await.unwrap();
}

async fn sums(call: &Call, form: &PortfolioForm) -> PortfolioView {
    jobs::portfolio::sums(call, form.check().unwrap()).await.unwrap()
}

fn headline(view: &PortfolioView) -> [i64; 3] {
    let found = view.totals.iter().find(|total| total.kind == Kind::HEADLINE);
    found.map(|total| total.plain.into()).unwrap_or_default()
}

/// The same from the kept rows, by the database.
async fn raw(world: &World, path: &str, total: &domain::jobs::portfolio::Total) -> [i64; 3] {
    let db = Database::connect(world.url()).await.unwrap();
    let kind = total.kind;
    let text = format!(
        "SELECT CAST(SUM(low_milli) AS BIGINT) AS low, CAST(SUM(standard_milli) AS BIGINT) AS standard, CAST(SUM(high_milli) AS BIGINT) AS high FROM estimate_line WHERE area_path LIKE '%/{path}/%' AND phase = '{}' AND layer = '{}' AND unit = '{}' AND population = '{}'",
        kind.phase.code(),
        kind.layer.code(),
        kind.unit.code(),
        kind.population.code()
    );
    let row =
        db.query_one_raw(Statement::from_string(db.get_database_backend(), text)).await.unwrap().unwrap();
    let found = ["low", "standard", "high"].map(|name| row.try_get("", name).unwrap());
    db.close().await.unwrap();
    found
}

#[tokio::test]
async fn sums_are_those_of_what_the_person_may_list_and_repeat_to_the_byte() {
    World::on_both(async |world| {
        for (login, role, area) in
            [("gz", Role::Planner, PROVINCE), ("wn", Role::Planner, WEINING), ("lp", Role::Planner, LIPING)]
        {
            world.person(login, role, area).await;
        }
        let (province, weining, liping) =
            (world.call("gz").await, world.call("wn").await, world.call("lp").await);
        make(&province, WEINING, "茶叶加工厂", "2600").await;
        make(&province, WEINING, "服装车间", "900").await;
        make(&province, LIPING, "食用菌产业园", "4000").await;
        let whole = sums(&province, &PortfolioForm::default()).await;
        assert_eq!((whole.projects, whole.missing), (3, 0));
        assert!(whole.totals.len() > 3, "{:?}", whole.totals);
        for total in &whole.totals {
            assert_eq!(<[i64; 3]>::from(total.plain), raw(world, PROVINCE, total).await, "{:?}", total.kind);
            assert!(total.drawn.low() >= total.plain.low() && total.drawn.high() <= total.plain.high());
        }
        assert_eq!((whole.served.gross, whole.served.net), (120, 120));
        let again = serde_json::to_vec(&sums(&province, &PortfolioForm::default()).await).unwrap();
        assert_eq!(again, serde_json::to_vec(&whole).unwrap(), "the same seed, the same bytes");
        let own = sums(&weining, &PortfolioForm::default()).await;
        let narrowed = PortfolioForm { area: WEINING.into(), ..PortfolioForm::default() };
        assert_eq!(own.totals, sums(&province, &narrowed).await.totals);
        assert_eq!(own.projects, 2);
        let other = sums(&liping, &PortfolioForm::default()).await;
        let added = std::array::from_fn(|at| headline(&own)[at] + headline(&other)[at]);
        assert_eq!(headline(&whole), added, "parts add up");
        let foreign = PortfolioForm { area: LIPING.into(), ..PortfolioForm::default() };
        assert!(jobs::portfolio::sums(&weining, foreign.check().unwrap()).await.is_err());
        // 2,600 万元 split in two are the jobs of 2,600 万元.
        let before = headline(&other);
        make(&province, LIPING, "甲期", "1300").await;
        make(&province, LIPING, "乙期", "1300").await;
        let after = headline(&sums(&liping, &PortfolioForm::default()).await);
        let workshop = headline(&own)[1] * 2600 / 3500;
        assert_eq!(after[1] - before[1], workshop, "splitting changes nothing");
        let cookie = world.cookie("wn").await;
        let page = world.get(&cookie, "/jobs/portfolio").await;
        assert_eq!(page.status, StatusCode::OK);
        let file = world.get(&cookie, "/jobs/portfolio/export?list=1y").await;
        assert_eq!(file.status, StatusCode::OK);
    })
    .await;
}
