//! Communities through the whole router, on both databases: scope, both values of a conflict, sums, search, history.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::error::ApiError;
use contract::site::{SavedSite, SiteListView, SiteView};
use domain::permission::Role;
use domain::site::{Doubt, SiteField};
use http::StatusCode;
use tests::world::{Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
/// An id that nobody has.
const NOBODY: &str = "018f0000-0000-7000-8000-00000000dead";

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn error(answer: &Answer) -> ApiError {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text()))
}

/// The form of the page as the browser sends it.
fn form(key: &str, site: Option<&SavedSite>, values: &[(&str, &str)]) -> String {
    let mut form = format!("key={key}");
    if let Some(site) = site {
        form.push_str(&format!("&site={}&version={}", site.site, site.version));
    }
    for (name, value) in values {
        let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        form.push_str(&format!("&values[{name}]={value}"));
    }
    form
}

async fn save(
    world: &World,
    cookie: &str,
    key: &str,
    site: Option<&SavedSite>,
    values: &[(&str, &str)],
) -> Answer {
    world.post(cookie, "/api/site/save", &form(key, site, values)).await
}

async fn view(world: &World, cookie: &str, site: &SavedSite) -> SiteView {
    read(&world.get(cookie, &format!("/api/site/one?site={}", site.site)).await)
}

async fn page(world: &World, cookie: &str, query: &str) -> SiteListView {
    read(&world.get(cookie, &format!("/api/site/page?{query}")).await)
}

async fn people(world: &World) -> (String, String, String) {
    world.person("weining", Role::Planner, WEINING).await;
    world.person("liping", Role::Planner, LIPING).await;
    world.person("province", Role::Planner, "520000").await;
    (world.cookie("weining").await, world.cookie("liping").await, world.cookie("province").await)
}

#[tokio::test]
async fn a_foreign_community_is_as_missing_as_one_that_never_was() {
    World::on_both(async |world| {
        let (weining, liping, _) = people(world).await;
        let made: SavedSite = read(
            &save(world, &weining, "key-made-1", None, &[("name", "阳光社区"), ("area", WEINING)]).await,
        );
        let nobody = SavedSite { site: NOBODY.parse().unwrap(), version: 1 };
        for path in ["/api/site/one?site=", "/communities/"] {
            let foreign = world.get(&liping, &format!("{path}{}", made.site)).await;
            let missing = world.get(&liping, &format!("{path}{NOBODY}")).await;
            let garbage = world.get(&liping, &format!("{path}x")).await;
            assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!((missing.status, garbage.status), (foreign.status, foreign.status));
            assert!(!foreign.text().contains("阳光社区"));
        }
        for (key, site) in [("key-steal-1", &made), ("key-steal-2", &nobody)] {
            let stolen = save(world, &liping, key, Some(site), &[("name", "x")]).await;
            assert_eq!((stolen.status, error(&stolen)), (StatusCode::NOT_FOUND, ApiError::NotFound));
        }
        let list = page(world, &liping, "").await;
        assert_eq!((list.rows.len(), list.totals.sites, list.areas.len()), (0, 0, 0));
        let area = world.get(&liping, &format!("/api/site/page?form[area]={WEINING}")).await;
        assert_eq!(area.status, StatusCode::NOT_FOUND);
        let placed = save(world, &liping, "key-place-1", None, &[("name", "x"), ("area", WEINING)]).await;
        assert_eq!(placed.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody makes one in another county");
    })
    .await;
}

#[tokio::test]
async fn only_planners_change_and_the_others_are_told_so() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        world.person("leader", Role::Leader, WEINING).await;
        let leader = world.cookie("leader").await;
        let made: SavedSite =
            read(&save(world, &weining, "key-made-1", None, &[("name", "a"), ("area", WEINING)]).await);
        let refused = save(world, &leader, "key-lead-1", Some(&made), &[("people", "1")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let page = world.get(&leader, &format!("/communities/{}", made.site)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("/api/site/save"), "no form for who may not");
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_people_is_told_both_values_and_history_keeps_all() {
    World::on_both(async |world| {
        let (weining, _, province) = people(world).await;
        let values = [("name", "幸福社区"), ("area", "威宁县"), ("people", "1,208"), ("labour", "603")];
        let made: SavedSite = read(&save(world, &weining, "key-made-1", None, &values).await);
        let changed: SavedSite =
            read(&save(world, &weining, "key-chg-01", Some(&made), &[("people", "1300")]).await);
        assert_eq!(changed.version, 2);
        let late =
            save(world, &province, "key-late-1", Some(&made), &[("people", "1400"), ("labour", "603")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let ApiError::Stale { conflicts } = error(&late) else { panic!("{}", late.text()) };
        assert_eq!(conflicts.len(), 1);
        assert_eq!(
            (conflicts[0].field.as_str(), conflicts[0].yours.as_deref(), conflicts[0].theirs.as_deref()),
            ("people", Some("1400"), Some("1300"))
        );
        let again: SavedSite =
            read(&save(world, &weining, "key-chg-01", Some(&made), &[("people", "1300")]).await);
        assert_eq!(again, changed, "the same key makes one change");
        let kept = view(world, &weining, &made).await;
        assert_eq!((kept.version, kept.facts.people, kept.facts.labour), (2, Some(1300), Some(603)));
        assert_eq!(kept.history.len(), 1);
        let line = &kept.history[0];
        assert_eq!(
            (line.field, line.old.as_deref(), line.new.as_deref(), line.by.as_str()),
            (SiteField::People, Some("1208"), Some("1300"), "weining")
        );
        let trail = format!("{:?}", trail(world, "site").await);
        assert!(trail.contains("created") && trail.contains("changed"), "{trail}");
    })
    .await;
}

/// What the trail says about one kind of thing.
async fn trail(world: &World, object: &str) -> Vec<String> {
    let root = world.call(tests::world::ADMIN).await;
    let filter = store::audit::AuditFilter { object: Some(object.into()), ..Default::default() };
    let reader = world.app.db().read().await.unwrap();
    let page = store::audit::page(&reader, &root.scope(), &filter, None, 100).await.unwrap();
    page.rows.into_iter().map(|row| format!("{} {}", row.action, row.detail)).collect()
}

#[tokio::test]
async fn figures_that_do_not_fit_are_kept_and_shown_as_doubts() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        let values = [
            ("name", "a"),
            ("area", WEINING),
            ("labour", "10"),
            ("employed", "12"),
            ("employed_out_of_province", "5"),
            ("employed_in_province", "5"),
            ("employed_in_county", "5"),
        ];
        let made: SavedSite = read(&save(world, &weining, "key-made-1", None, &values).await);
        let kept = view(world, &weining, &made).await;
        assert_eq!(
            kept.doubts,
            [
                Doubt::EmployedAboveLabour { employed: 12, labour: 10 },
                Doubt::ChannelsDiffer { sum: 15, employed: 12 }
            ]
        );
        let wrong = save(world, &weining, "key-bad-01", None, &[("name", ""), ("people", "-3")]).await;
        let ApiError::Invalid { errors } = error(&wrong) else { panic!("{}", wrong.text()) };
        for name in ["name", "area", "people"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
        let twin = save(world, &weining, "key-twin-1", None, &[("name", "a"), ("area", WEINING)]).await;
        let ApiError::Invalid { errors } = error(&twin) else { panic!("{}", twin.text()) };
        assert!(errors.of("name").is_some(), "the name is taken in this county");
    })
    .await;
}

#[tokio::test]
async fn pages_show_every_community_once_and_sums_are_of_the_whole_filter() {
    World::on_both(async |world| {
        let (weining, _, province) = people(world).await;
        for n in 0..120_u32 {
            let (name, count, labour) = (format!("社区{n}"), (n * 30).to_string(), (n + 1).to_string());
            let values = [
                ("name", name.as_str()),
                ("area", if n % 3 == 0 { LIPING } else { WEINING }),
                ("people", &count),
                ("labour", &labour),
                ("employed", &count[..1]),
            ];
            let answer = save(world, &province, &format!("key-many-{n}"), None, &values).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        for sort in ["", "name", "-people", "rate", "-projects"] {
            let mut seen = Vec::new();
            let mut query = format!("form[sort]={sort}");
            loop {
                let view = page(world, &province, &query).await;
                assert_eq!(view.first, seen.len() as u64 + 1, "{sort}");
                assert_eq!(view.totals.sites, 120);
                assert_eq!(view.totals.people, (0..120).map(|n| n * 30).sum::<u64>());
                seen.extend(view.rows.iter().map(|row| row.site));
                let Some(next) = view.next else {
                    let back = view.previous.expect("a last page has one before it");
                    let back = page(world, &province, &format!("form[sort]={sort}&form[page]={back}")).await;
                    assert_eq!(back.rows.iter().map(|row| row.site).collect::<Vec<_>>(), seen[50..100]);
                    break;
                };
                query = format!("form[sort]={sort}&form[page]={next}");
            }
            let mut unique = seen.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!((seen.len(), unique.len()), (120, 120), "{sort}");
        }
        let own = page(world, &weining, "").await;
        assert_eq!(own.totals.sites, 80, "a county counts its own");
        let large = page(world, &province, "form[size]=large").await;
        assert_eq!(large.totals.sites, (0..120).filter(|n| n * 30 >= 3000).count() as u64);
        let county = page(world, &province, &format!("form[area]={LIPING}")).await;
        assert_eq!(county.totals.sites, 40);
    })
    .await;
}

#[tokio::test]
async fn letters_pinyin_initials_and_codes_find_a_community() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        let values = [("name", "阳光新城社区"), ("area", WEINING), ("code", "520526-07")];
        let made: SavedSite = read(&save(world, &weining, "key-made-1", None, &values).await);
        save(world, &weining, "key-made-2", None, &[("name", "幸福里"), ("area", WEINING)]).await;
        for q in ["%E5%85%89", "%E9%98%B3%E5%85%89%E6%96%B0%E5%9F%8E", "ygxc", "yangguang", "520526-07"] {
            let found = page(world, &weining, &format!("form[q]={q}")).await;
            assert_eq!(found.rows.iter().map(|row| row.site).collect::<Vec<_>>(), [made.site], "{q}");
        }
        let none = page(world, &weining, "form[q]=%25").await;
        assert_eq!(none.rows.len(), 0, "a sign of LIKE is only a letter");
    })
    .await;
}

#[tokio::test]
async fn projects_of_a_community_stand_on_its_page_with_their_amounts() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        let made: SavedSite =
            read(&save(world, &weining, "key-made-1", None, &[("name", "a"), ("area", WEINING)]).await);
        let other: SavedSite =
            read(&save(world, &weining, "key-made-2", None, &[("name", "b"), ("area", WEINING)]).await);
        for (key, total, sites) in
            [("project-1", "100.000001", vec![made.site, other.site]), ("project-2", "50", vec![made.site])]
        {
            let sites: String = sites.iter().map(|site| format!("&sites[]={site}")).collect();
            let form =
                format!("key={key}&values[name]={key}&values[area]={WEINING}&values[total]={total}{sites}");
            let answer = world.post(&weining, "/api/project/save", &form).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        let kept = view(world, &weining, &made).await;
        assert_eq!(kept.projects.len(), 2);
        assert_eq!(kept.investment.fen(), 150_000_001);
        let list = page(world, &weining, "form[sort]=-investment").await;
        assert_eq!(list.rows[0].site, made.site);
        assert_eq!((list.rows[0].projects, list.rows[1].projects), (2, 1));
        assert_eq!(
            (list.totals.projects, list.totals.investment.fen()),
            (2, 150_000_001),
            "a project of two communities is summed once"
        );
    })
    .await;
}

#[tokio::test]
async fn the_ledger_goes_out_in_its_form_and_holds_only_the_own_county() {
    World::on_both(async |world| {
        let (weining, liping, province) = people(world).await;
        for (key, cookie, name, area) in [
            ("key-made-1", &weining, "planted-own", WEINING),
            ("key-made-2", &liping, "planted-foreign", LIPING),
        ] {
            let values = [("name", name), ("area", area), ("people", "120"), ("labour", "7")];
            assert_eq!(save(world, cookie, key, None, &values).await.status, StatusCode::OK);
        }
        let file = world.get(&weining, "/communities/export").await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        let rows = rows(&file.body);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].cells["site.name"].raw, "planted-own");
        assert_eq!(rows[0].cells["site.area_code"].raw, WEINING);
        assert_eq!(rows[0].cells["site.people"].raw, "120");
        assert_eq!(self::rows(&world.get(&province, "/communities/export").await.body).len(), 2);
        let filtered = world.get(&province, "/communities/export?q=foreign").await;
        assert_eq!(self::rows(&filtered.body).len(), 1);
        let foreign = world.get(&weining, &format!("/communities/export?area={LIPING}")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(world.get("", "/communities/export").await.status, StatusCode::SEE_OTHER);
        assert!(trail(world, "site").await.iter().any(|act| act.starts_with("export_list rows=2")));
    })
    .await;
}

fn rows(bytes: &[u8]) -> Vec<sheet::staged::StagedRow> {
    let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let limits = sheet::limits::Limits::default();
    sheet::read::read_all(file.path(), "sites.xlsx", &[], &limits).unwrap().rows
}
