//! The trail, people, idempotency and the file's lock on both databases.

use crate::common::{BIJIE, LIPING, ROOT, WEINING, allowed, code, id, on_both, person, sees, stamp};
use domain::id::{SessionId, UserId};
use domain::permission::{Action, Actor, Facts, Permit, Role, permit};
use store::account::{self, AccountFacts};
use store::audit::{self, Act, AuditFilter};
use store::idempotency::{Claim, claim, keep};
use store::{Conflict, Db, DbOptions, Fault, Reader, area, session, site};

fn administrator() -> Permit {
    allowed(&person(Role::Administrator, ROOT), Action::ManageUsers, ROOT)
}

fn facts(login: &str, area: &str) -> AccountFacts {
    AccountFacts {
        login: login.into(),
        name: login.into(),
        role: Role::Planner,
        area: code(area),
        disabled: false,
    }
}

async fn make(db: &Db, login: &str, area: &str) -> UserId {
    let user = UserId::new(id());
    let tx = db.begin(stamp()).await.unwrap();
    account::insert(&tx, &administrator(), user, &facts(login, area), "hash", false).await.unwrap();
    tx.commit().await.unwrap();
    user
}

async fn people(reader: &Reader, area: &str) -> usize {
    let filter = account::people::Filter::default();
    account::people::page(reader, &sees(area), &filter, None, 50).await.unwrap().rows.len()
}

#[tokio::test]
async fn acts_form_a_chain_that_a_reader_sees_by_area() {
    on_both(async |db| {
        for (area, times) in [(WEINING, 3), (LIPING, 2)] {
            let permit = allowed(&person(Role::Planner, area), Action::ExportList, area);
            for _ in 0..times {
                let tx = db.begin(stamp()).await.unwrap();
                let act = Act { object: "list", detail: format!("rows={times}"), ..Act::default() };
                audit::note(&tx, &permit, act);
                tx.commit().await.unwrap();
            }
        }
        let reader = db.read().await.unwrap();
        let filter = AuditFilter { action: Some("export_list".into()), ..AuditFilter::default() };
        let first = audit::page(&reader, &sees(ROOT), &filter, None, 3).await.unwrap();
        assert_eq!(first.rows.len(), 3);
        assert_eq!(first.rows[0].prev_hash, first.rows[1].hash);
        let rest = audit::page(&reader, &sees(ROOT), &filter, first.next.as_ref(), 3).await.unwrap();
        assert_eq!((rest.rows.len(), rest.next.is_none()), (2, true));
        let own = audit::page(&reader, &sees(LIPING), &filter, None, 50).await.unwrap();
        assert_eq!(own.rows.len(), 2);
        let report = store::verify::verify(&reader).await.unwrap();
        assert_eq!((report.first_breach(), report.audit_entries), (None, 6));
    })
    .await;
}

#[tokio::test]
async fn disabling_or_moving_a_person_ends_his_sessions_at_once() {
    on_both(async |db| {
        let user = make(&db, "wang", WEINING).await;
        let own = Actor::Person { user, role: Role::Planner, area: sees(WEINING).area().clone() };
        let own = permit(&own, Action::ManageOwnAccount, &Facts::at(sees(WEINING).area().clone())).unwrap();
        for change in ["disable", "role", "area", "password"] {
            let tx = db.begin(stamp()).await.unwrap();
            session::open(&tx, &own, SessionId::new(id()), change, i64::MAX).await.unwrap();
            tx.commit().await.unwrap();
            let reader = db.read().await.unwrap();
            assert!(session::find(&reader, change).await.unwrap().is_some());
            assert!(session::find(&reader, "another").await.unwrap().is_none());
            drop(reader);
            let tx = db.begin(stamp()).await.unwrap();
            let before = account::load(&tx, &sees(ROOT), user).await.unwrap();
            let mut after = facts("wang", WEINING);
            match change {
                "disable" => after.disabled = true,
                "role" => after.role = Role::Leader,
                "area" => after.area = code(BIJIE),
                _ => account::set_password(&tx, &administrator(), user, "other", true).await.unwrap(),
            }
            if change != "password" {
                account::update(&tx, &administrator(), &before, &after, before.version).await.unwrap();
                let stale = account::update(&tx, &administrator(), &before, &after, before.version).await;
                assert!(matches!(stale, Err(Fault::Stale { .. })));
            }
            tx.commit().await.unwrap();
            let reader = db.read().await.unwrap();
            assert!(session::find(&reader, change).await.unwrap().is_none(), "{change}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_login_is_given_once_and_seen_only_from_above() {
    on_both(async |db| {
        let user = make(&db, "li", WEINING).await;
        let tx = db.begin(stamp()).await.unwrap();
        let twin =
            account::insert(&tx, &administrator(), UserId::new(id()), &facts("li", LIPING), "x", false).await;
        assert!(matches!(twin, Err(Fault::Conflict(Conflict::LoginTaken))), "{twin:?}");
        drop(tx);
        let reader = db.read().await.unwrap();
        assert!(account::load(&reader, &sees(LIPING), user).await.is_err());
        assert_eq!(people(&reader, BIJIE).await, 1);
        assert_eq!(people(&reader, LIPING).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_key_makes_one_change_and_takes_no_other_body() {
    on_both(async |db| {
        let permit = administrator();
        for turn in 0..3 {
            let tx = db.begin(stamp()).await.unwrap();
            let claimed = claim(&tx, &permit, "import/commit", "k1", b"body").await.unwrap();
            if turn == 0 {
                assert_eq!(claimed, Claim::Fresh);
                keep(&tx, &permit, "import/commit", "k1", "{\"n\":1}").await.unwrap();
            } else {
                assert_eq!(claimed, Claim::Done { answer: "{\"n\":1}".into() });
            }
            assert_eq!(
                claim(&tx, &permit, &format!("other/{turn}"), "k1", b"x").await.unwrap(),
                Claim::Fresh
            );
            let other = claim(&tx, &permit, "import/commit", "k1", b"changed").await;
            assert!(matches!(other, Err(Fault::KeyReused)));
            if turn == 0 {
                tx.commit().await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test]
async fn names_of_areas_and_sites_resolve_in_the_scope() {
    on_both(async |db| {
        let today = "2025-11-20".parse().unwrap();
        let reader = db.read().await.unwrap();
        for name in ["威宁县", "威宁彝族回族苗族自治县", " 威宁 县"] {
            let found = area::named(&reader, &sees(BIJIE), name, today).await.unwrap();
            assert_eq!(found.len(), 1, "{name}");
            assert!(area::named(&reader, &sees(LIPING), name, today).await.unwrap().is_empty());
        }
        for needle in ["wnx", "weining", "威宁", "5205"] {
            let found = area::search(&reader, &sees(ROOT), needle, 20).await.unwrap();
            assert!(found.iter().any(|area| area.code == code(WEINING)), "{needle}");
        }
        drop(reader);
        let permit = allowed(&person(Role::Planner, ROOT), Action::EditSite, ROOT);
        let facts = domain::site::SiteFacts {
            code: Some("520526-01".into()),
            name: "阳光社区".into(),
            area: code(WEINING),
            households: Some(10),
            people: Some(40),
            labour: None,
            employed: None,
            employed_out_of_province: None,
            employed_in_province: None,
            employed_in_county: None,
            zero_employment_households: None,
        };
        let made = domain::id::SiteId::new(id());
        let tx = db.begin(stamp()).await.unwrap();
        site::insert_many(&tx, &permit, &[(made, facts.clone())]).await.unwrap();
        let twin = domain::site::SiteFacts { code: None, ..facts.clone() };
        tx.commit().await.unwrap();
        let tx = db.begin(stamp()).await.unwrap();
        let twin = site::insert_many(&tx, &permit, &[(domain::id::SiteId::new(id()), twin)]).await;
        assert!(matches!(twin, Err(Fault::Conflict(Conflict::SiteNameTaken))), "{twin:?}");
        drop(tx);
        let reader = db.read().await.unwrap();
        assert_eq!(site::load(&reader, &sees(BIJIE), made).await.unwrap().facts, facts);
        assert!(site::load(&reader, &sees(LIPING), made).await.is_err());
        assert_eq!(site::list(&reader, &sees(ROOT), "ygsq").await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_servers_never_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let options = DbOptions::sqlite(folder.path());
    let first = Db::open(&options).await.unwrap();
    assert!(matches!(Db::open(&options).await, Err(Fault::Unfit(_))));
    first.migrate().await.unwrap();
    first.copy_into(&folder.path().join("copy.db")).await.unwrap();
    first.close().await.unwrap();
    drop(first);
    assert!(Db::open(&options).await.unwrap().is_current().await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_at_once_keep_one_chain() {
    on_both(async |db| {
        let work = (0..24).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let permit = allowed(&person(Role::Planner, WEINING), Action::ExportList, WEINING);
                let tx = db.begin(stamp()).await.unwrap();
                audit::note(&tx, &permit, Act { object: "list", ..Act::default() });
                tx.commit().await.unwrap();
            })
        });
        for task in work.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        let report = store::verify::verify(&db.read().await.unwrap()).await.unwrap();
        assert_eq!((report.first_breach(), report.audit_entries), (None, 25));
    })
    .await;
}
