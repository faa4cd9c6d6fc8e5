//! Who needs projects most: parts of shared money, medians, pages in that order, thresholds of size by edition, and the rules
//! that judge by monthly returns.

use super::{
    PATH, WEINING, book, list, look, make_project, make_site, months_ago, planner, put, site_return,
};
use contract::form::Form;
use contract::review::FindingQuery;
use contract::site::{SiteListForm, SiteView};
use domain::id::{ProjectId, SiteId};
use domain::period::Month;
use domain::permission::Role;
use domain::review::rule::RuleCode;
use domain::site::SizeClass;
use http::StatusCode;
use service::{Call, review};
use std::collections::BTreeSet;
use tests::world::World;

async fn project_return(world: &World, project: ProjectId, month: Month, present: u32, cumulative: u32) {
    put(
        world,
        &format!("INSERT INTO project_return (project_id, month, area_code, area_path, jobs_present, jobs_cumulative, version, updated_at) VALUES ('{project}', '{month}', '{WEINING}', '{PATH}', {present}, {cumulative}, 1, 1)"),
    )
    .await;
}

async fn issued(world: &World, project: ProjectId, fen: i64) {
    put(
        world,
        &format!("INSERT INTO ledger_position (project_id, source, budget_year, area_code, area_path, entered_issued_fen) VALUES ('{project}', 'BRG', 2026, '{WEINING}', '{PATH}', {fen})"),
    )
    .await;
}

/// Three communities; one project serves two of them, another the first alone.
async fn three(world: &World, call: &Call) -> [SiteId; 3] {
    let site = async |name: &str, people: &str, labour: &str, employed: &str, zero: &str| {
        let values = [
            ("name", name),
            ("area", WEINING),
            ("people", people),
            ("labour", labour),
            ("employed", employed),
            ("zero_employment_households", zero),
        ];
        make_site(call, &values).await
    };
    let sites = [
        site("a", "1000", "600", "590", "0").await,
        site("b", "2000", "1000", "900", "7").await,
        site("c", "500", "300", "299", "0").await,
    ];
    let shared = make_project(call, &[("name", "shared"), ("people", "1200")], &sites[..2]).await;
    let own = make_project(call, &[("name", "own"), ("people", "700")], &sites[..1]).await;
    issued(world, shared, 100_000_001).await;
    issued(world, own, 50_000_000).await;
    book(world, call, months_ago(call, 1), "submitted").await;
    project_return(world, shared, months_ago(call, 1), 30, 40).await;
    sites
}

#[tokio::test]
async fn money_is_parted_without_a_rest_and_the_neediest_is_first() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        let [a, b, c] = three(world, &weining).await;
        let (first, second, third) =
            (look(&weining, a).await, look(&weining, b).await, look(&weining, c).await);
        let part = |view: &SiteView, name: &str| {
            view.projects.iter().find(|project| project.name == name).map(|project| project.part.fen())
        };
        let parts = [part(&first, "shared").unwrap(), part(&second, "shared").unwrap()];
        assert_eq!(parts.iter().sum::<i64>(), 100_000_001, "parts add up to the fen");
        assert_eq!(parts, [33_333_334, 66_666_667], "by people: 1000 and 2000");
        assert_eq!(first.standing.money.fen(), 83_333_334);
        assert_eq!((third.standing.money.fen(), third.standing.per_head.map(|fen| fen.fen())), (0, Some(0)));
        // 83,333.334, 33,333.3335 and 0 fen a head: the middle is that of b.
        assert_eq!(second.medians.per_head.map(|fen| fen.fen()), Some(33_333));
        let below = [&first, &second, &third].map(|view| view.standing.is_below_median);
        assert_eq!(below, [false, false, true], "the middle itself is not below the middle");
        let served = first.served.unwrap();
        assert_eq!((served.gross, served.net, served.overlap()), (1100, (700, 1000), (100, 400)));
        // 30 at work for 100.000001 万元
        assert_eq!(second.standing.jobs_per_wan, Some(30));

        let form = SiteListForm { sort: "need".into(), ..SiteListForm::default() };
        let page = list(&weining, form.clone()).await;
        let order: Vec<SiteId> = page.rows.iter().map(|row| row.site).collect();
        let places: Vec<u32> = page.rows.iter().map(|row| row.standing.places.place).collect();
        assert_eq!((order, places), (vec![b, c, a], vec![1, 2, 3]));
        let table = service::site::table::table(&weining, form.check().unwrap()).await.unwrap();
        assert_eq!((table.rows, table.totals), (page.rows, page.totals), "paper and screen say the same");
        let cookie = world.cookie("weining").await;
        let file = world.get(&cookie, "/communities/standing/export?sort=need").await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        assert!(file.body.starts_with(b"PK"));
        let paper = world.get(&cookie, "/communities/print").await;
        assert_eq!(paper.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn pages_by_need_show_every_community_once() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        for n in 0..120_u32 {
            let (name, labour) = (format!("s{n}"), (n % 7 + 1).to_string());
            let values = [("name", name.as_str()), ("area", WEINING), ("labour", &labour), ("employed", "1")];
            make_site(&weining, &values).await;
        }
        for sort in ["need", "-need", "per_head"] {
            let (mut seen, mut page) = (Vec::new(), String::new());
            loop {
                let form = SiteListForm { sort: sort.into(), page, ..SiteListForm::default() };
                let view = list(&weining, form).await;
                assert_eq!(view.first, seen.len() as u64 + 1);
                seen.extend(view.rows.iter().map(|row| row.site));
                let Some(next) = view.next else { break };
                page = next;
            }
            let unique: BTreeSet<SiteId> = seen.iter().copied().collect();
            assert_eq!((seen.len(), unique.len()), (120, 120), "{sort}");
        }
    })
    .await;
}

#[tokio::test]
async fn thresholds_hold_from_their_day_and_only_the_whole_country_sets_them() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        make_site(&weining, &[("name", "a"), ("area", WEINING), ("people", "700")]).await;
        let of = async |size: &str| {
            list(&weining, SiteListForm { size: size.into(), ..SiteListForm::default() }).await.rows.len()
        };
        assert_eq!((of("small").await, of("medium").await), (1, 0));
        let edition = |number: u32, key: &str, medium: u32, from: &str| {
            let seen = format!("form[number]={number}&form[key]={key}&form[valid_from]={from}&form[basis]=x");
            format!("{seen}&form[small]=200&form[medium]={medium}&form[large]=3000&form[huge]=10000")
        };
        let (today, door) = (weining.today().to_string(), "/api/site/save_sizes");
        let own = world.cookie("weining").await;
        let refused = world.post(&own, door, &edition(1, "key-size-1", 500, &today)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let root = world.cookie(tests::world::ADMIN).await;
        let first = edition(1, "key-size-1", 500, &today);
        for _ in 0..2 {
            assert_eq!(world.post(&root, door, &first).await.status, StatusCode::OK, "one key, one edition");
        }
        assert_eq!((of("small").await, of("medium").await), (0, 1));
        let late = world.post(&root, door, &edition(1, "key-size-2", 900, &today)).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "somebody made edition 1 already");
        let falling = world.post(&root, door, &edition(2, "key-size-3", 100, &today)).await;
        assert_eq!(falling.status, StatusCode::UNPROCESSABLE_ENTITY);
        let later = world.post(&root, door, &edition(2, "key-size-4", 900, "2099-01-01")).await;
        assert_eq!(later.status, StatusCode::OK, "{}", later.text());
        assert_eq!(of("medium").await, 1, "what is to come does not hold yet");
        let sizes = service::site::size::view(&weining, ()).await.unwrap();
        assert_eq!((sizes.editions.len(), sizes.next, sizes.bounds.of(700)), (2, 3, SizeClass::Medium));
    })
    .await;
}

#[tokio::test]
async fn rules_about_people_see_what_returns_say() {
    World::on_both(async |world| {
        let weining = planner(world, "weining", WEINING).await;
        world.person("reviewer", Role::Reviewer, WEINING).await;
        let reviewer = world.call("reviewer").await;
        let figures =
            [("name", "a"), ("area", WEINING), ("people", "1000"), ("labour", "600"), ("employed", "500")];
        let home = make_site(&weining, &figures).await;
        let done = months_ago(&weining, 14).to_string();
        let base = [("stage", "完工"), ("finish", done.as_str()), ("jobs_operation", "20"), ("posts", "20")];
        let made = async |name: &str, people: &str| {
            let mut values = vec![("name", name), ("people", people)];
            values.extend(base);
            make_project(&weining, &values, &[home]).await
        };
        let (short, kept, many) =
            (made("short", "10").await, made("kept", "10").await, made("many", "1001").await);
        let last = months_ago(&weining, 1);
        book(world, &weining, last, "submitted").await;
        book(world, &weining, months_ago(&weining, 0), "filling").await;
        site_return(world, home, last, "600, 601, 0").await;
        for (project, present, cumulative) in [(short, 15, 15), (kept, 16, 601), (many, 21, 30)] {
            project_return(world, project, last, present, cumulative).await;
            project_return(world, project, months_ago(&weining, 0), 0, 9999).await;
        }
        let walk = review::walk::run(&reviewer, ()).await.unwrap();
        let found = async |rule: RuleCode| {
            let query = FindingQuery { rule: Some(rule), single: true, ..FindingQuery::default() };
            let desk = review::desk(&reviewer, query).await.unwrap();
            desk.lines
                .into_iter()
                .map(|line| line.finding.finding.subject.key())
                .collect::<BTreeSet<String>>()
        };
        let of = |project: ProjectId| format!("project/{project}");
        assert_eq!(found(RuleCode::R37).await, BTreeSet::from([of(many)]), "more served than live there");
        let doubted = BTreeSet::from([of(kept), of(many), format!("site/{home}")]);
        assert_eq!(found(RuleCode::R38).await, doubted, "601 of 600; 21 in 20 posts; 601 employed of 600");
        assert_eq!(found(RuleCode::R39).await, BTreeSet::from([of(short)]), "15 of 20 is less than 0.8");
        let ran = walk.rules.iter().find(|run| run.rule == RuleCode::R39).unwrap();
        assert_eq!((ran.findings, ran.clear, ran.not_run), (1, 2, 0));
    })
    .await;
}
