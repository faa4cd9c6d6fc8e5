//! Editions of the rules of a source: a notice goes by the edition of its own day, no day of the past is judged anew, and only
//! who may edit rules makes one.

use super::{Desk, api, desk, notice_form, save, says, split};
use chrono::{DateTime, NaiveDate, Utc};
use contract::error::{ApiError, FieldFault};
use contract::form::Form;
use contract::fund::NoticeView;
use contract::fund::edition::SourceView;
use contract::fund::form::{EditSourceForm, NoticeForm};
use domain::fund::{Breach, Refusal as No};
use domain::source::Source;
use domain::usage::Use;
use http::{StatusCode, header};
use service::account::call_as;
use service::fund::edition::{edit, source};
use service::{App, Call, Clock, fund};
use std::sync::Arc;
use tests::world::World;

const BASIS: &str = "市资金办法（2027）第三条";

/// The form of the page, with one rule more: what it forbids.
fn form(call: &Call, view: &SourceView, from: NaiveDate, uses: &str) -> EditSourceForm {
    EditSourceForm {
        source: view.source.code().into(),
        number: view.next.to_string(),
        key: call.new_id().to_string(),
        valid_from: from.to_string(),
        rule: "forbids".into(),
        value: uses.into(),
        mark: "LAW".into(),
        basis: BASIS.into(),
        ..EditSourceForm::default()
    }
}

async fn registered(call: &Call, document: &str, date: NaiveDate) -> NoticeView {
    let form = NoticeForm { date: date.to_string(), ..notice_form(call, document, "LOC", "10") };
    fund::register(call, form.check().unwrap()).await.unwrap()
}

struct At(DateTime<Utc>);

impl Clock for At {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// The same product two days on.
fn two_days_on(world: &World) -> App {
    let clock = At(world.app.now() + chrono::Duration::days(2));
    App::with_clock(world.app.db().clone(), world.folder().to_owned(), false, Arc::new(clock))
}

#[tokio::test]
async fn a_notice_goes_by_the_edition_of_its_day() {
    World::on_both(async |world| {
        let Desk { reviewer, projects, .. } = desk(world).await;
        let (today, tomorrow) = (reviewer.today(), reviewer.today().succ_opt().unwrap());
        let shipped = source(&reviewer, Some(Source::Loc)).await.unwrap();
        assert_eq!((shipped.editions.len(), shipped.current, shipped.next), (1, Some(1), 2));
        let made =
            edit(&reviewer, form(&reviewer, &shipped, tomorrow, "培训").check().unwrap()).await.unwrap();
        assert_eq!((made.editions.len(), made.current, made.next), (2, Some(1), 3), "it is still to come");
        let kept = &made.editions[1].edition;
        assert_eq!(kept.kind.clauses.len(), shipped.editions[0].edition.kind.clauses.len() + 1);

        let later = two_days_on(world);
        let (treasurer, reviewer) =
            (call_as(&later, "cw").await.unwrap(), call_as(&later, "sh").await.unwrap());
        assert_eq!(source(&reviewer, Some(Source::Loc)).await.unwrap().current, Some(2));
        let values = [(projects[0], "5", "training")];
        // Of the day before, registered and split after it came into force.
        let before = registered(&treasurer, "毕财〔2026〕21号", today).await;
        assert!(before.clauses.iter().all(|clause| clause.basis.text != BASIS));
        save(&treasurer, &split(&treasurer, &before, &values, true)).await.unwrap();
        let after = registered(&treasurer, "毕财〔2026〕22号", tomorrow).await;
        assert!(after.clauses.iter().any(|clause| clause.basis.text == BASIS));
        let refused = save(&treasurer, &split(&treasurer, &after, &values, true)).await;
        let No::RulesBroken { broken } = says(api(refused)) else { panic!("the rule of its day stops it") };
        let project = projects[0];
        assert_eq!(broken[0].breach, Breach::ForbiddenUse { project, usage: Use::Training });
        assert_eq!(broken[0].basis.text, BASIS);
        // An edition that drops the rule again does not free the notice of the day on which it held.
        let view = source(&reviewer, Some(Source::Loc)).await.unwrap();
        let place = (view.editions[1].edition.kind.clauses.len() - 1).to_string();
        let mut dropping = form(&reviewer, &view, reviewer.today().succ_opt().unwrap(), "培训");
        dropping.rule = String::new();
        dropping.dropped.insert(place, "1".into());
        let view = edit(&reviewer, dropping.check().unwrap()).await.unwrap();
        assert!(view.editions[2].edition.kind.clauses.iter().all(|clause| clause.basis.text != BASIS));
        let refused = save(&treasurer, &split(&treasurer, &after, &values, true)).await;
        assert!(matches!(says(api(refused)), No::RulesBroken { .. }));
    })
    .await;
}

#[tokio::test]
async fn an_edition_begins_on_a_day_to_come_and_follows_the_one_that_was_seen() {
    World::on_both(async |world| {
        let Desk { treasurer, reviewer, .. } = desk(world).await;
        let view = source(&reviewer, Some(Source::Loc)).await.unwrap();
        let tomorrow = reviewer.today().succ_opt().unwrap();
        let late = edit(&reviewer, form(&reviewer, &view, reviewer.today(), "培训").check().unwrap()).await;
        let ApiError::Invalid { errors } = api(late) else { panic!("the past is not judged anew") };
        assert_eq!(errors.of("valid_from"), Some(&FieldFault::Wrong));
        let whole = form(&reviewer, &view, tomorrow, "培训");
        let not_hers = edit(&treasurer, whole.check().unwrap()).await;
        assert!(matches!(api(not_hers), ApiError::Forbidden { .. }));
        let made = edit(&reviewer, whole.check().unwrap()).await.unwrap();
        let again = edit(&reviewer, whole.check().unwrap()).await.unwrap();
        assert_eq!((made.next, again.next), (3, 3), "one key makes one edition");
        let rival = EditSourceForm { key: reviewer.new_id().to_string(), ..whole };
        assert!(matches!(api(edit(&reviewer, rival.check().unwrap()).await), ApiError::Stale { .. }));

        let cookie = world.cookie("sh").await;
        let page = world.get(&cookie, "/funds/sources/LOC").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(BASIS) && page.text().contains("第 2 版"), "{}", page.text());
        assert!(page.text().contains("name=\"form[valid_from]\""), "who may edit sees the form");
        let reader = world.get(&world.cookie("cw").await, "/funds/sources/LOC").await.text();
        assert!(reader.contains(BASIS) && !reader.contains("name=\"form[valid_from]\""), "{reader}");
        let none = world.get(&cookie, "/funds/sources/XXX").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);

        // Without scripts what was typed comes back, by the place of its rule.
        let typed = format!(
            "form[source]=LOC&form[number]=3&form[key]=key-source-01&form[valid_from]={tomorrow}&form[values][0]=moon&form[bases][0]=x"
        );
        let request = tests::world::post("/api/fund/edit_source")
            .header(header::COOKIE, &cookie)
            .header(header::ACCEPT, "text/html");
        let back = world.send(request, typed).await.header(header::LOCATION).unwrap();
        assert!(back.starts_with("/funds/sources/LOC?valid_from="), "{back}");
        let page = world.get(&cookie, &back).await.text();
        assert!(page.contains("value=\"moon\"") && page.contains("error-panel"), "{page}");
    })
    .await;
}
