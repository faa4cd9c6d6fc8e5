//! What a record may teach: each edition once, construction that is over and all its years, no figure that was stated in a
//! coefficient's place, and gross numbers.

use super::{AdoptForm, Call, Failure, Form, Key, Kind, Month, ProjectId, Refusal, SaveForm, WEINING, World};
use super::{book, decide, number, people, project, propose, returned, run, stood, workshop};
use super::{calibrate, edition};
use contract::jobs::InputsForm;
use contract::jobs::record::RecordView;
use domain::jobs::comparison::Measure;
use service::jobs;

/// 以工代赈 with so many 万元 of central money: 40 % of it are pay, 1.2万元 a head.
async fn relief(call: &Call, name: &str, wan: &str, stage: &str) -> ProjectId {
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    let values = [
        ("name", name),
        ("area", WEINING),
        ("total", wan),
        ("source.WFR", wan),
        ("category", "infrastructure"),
        ("stage", stage),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text.to_owned())));
    project::save(call, form.check().unwrap()).await.unwrap().project
}

async fn taken(world: &World, project: ProjectId, month: Month, people: &str) {
    run(world, &format!("INSERT INTO project_return (project_id, month, area_code, area_path, jobs_cumulative, jobs_cumulative_relocated, version, updated_at) SELECT id, '{month}', area_code, area_path, {people}, 0, 1, 0 FROM project WHERE id = '{project}'")).await;
}

async fn stated(call: &Call, project: ProjectId, figures: &[(&str, &str)]) {
    let form = InputsForm {
        project: project.to_string(),
        version: "0".into(),
        key: call.new_id().to_string(),
        values: figures.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
        ..InputsForm::default()
    };
    jobs::save(call, form.check().unwrap()).await.unwrap();
}

fn adopt(call: &Call, month: Month) -> AdoptForm {
    AdoptForm {
        key: call.new_id().to_string(),
        month: month.to_string(),
        valid_from: call.today().to_string(),
        reason: "本地实绩".into(),
    }
}

/// Projects, mean in thousandths, and the coefficient that it speaks for.
fn said(view: &RecordView, measure: Measure) -> Option<(u32, i64, Option<Key>)> {
    let line = view.lines.iter().find(|line| line.measure == measure)?;
    Some((line.record.spread.count, line.record.spread.mean.per_mille(), line.key))
}

#[tokio::test]
async fn one_record_is_applied_once() {
    World::on_both(async |world| {
        let (maker, second) = people(world).await;
        let this = Month::of(maker.today()).unwrap();
        let last = this.previous().unwrap();
        for month in [last, this] {
            book(world, WEINING, month, "submitted").await;
        }
        for (name, present) in [("甲", 12), ("乙", 14), ("丙", 16), ("丁", 10)] {
            let project = workshop(&maker, name, WEINING, "100", "completed").await;
            returned(world, project, last, present).await;
            returned(world, project, this, present).await;
        }
        stood(world).await;
        let view = calibrate::record(&maker, Some(last)).await.unwrap();
        assert_eq!(view.proposals[0].next.standard.to_string(), "13", "52 of 64, times 16");
        let draft = calibrate::adopt(&maker, adopt(&maker, last).check().unwrap()).await.unwrap();
        let draft = edition::one(&maker, Some(draft)).await.unwrap();
        let proposed = propose(&maker, &draft).await.unwrap();
        decide(&second, &proposed, "in_force").await.unwrap();
        let view = calibrate::record(&maker, Some(last)).await.unwrap();
        assert_eq!(
            said(&view, Measure::Present),
            Some((4, 813, None)),
            "the record stays, and speaks no more"
        );
        assert!(view.proposals.is_empty(), "{:?}", view.proposals);
        let again = calibrate::adopt(&maker, adopt(&maker, last).check().unwrap()).await;
        assert!(matches!(again, Err(Failure::Refused(Refusal::NoRecord))), "{again:?}");
        let view = calibrate::record(&maker, Some(this)).await.unwrap();
        assert_eq!(said(&view, Measure::Present), Some((4, 1_000, Some(Key::WorkshopPosts))));
        assert!(
            view.proposals.iter().all(|one| one.next.standard.to_string() == "13"),
            "{:?}",
            view.proposals
        );
    })
    .await;
}

#[tokio::test]
async fn construction_teaches_once_it_is_over_and_by_all_its_years() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let this = Month::of(maker.today()).unwrap();
        let year = this.year().get();
        let month = |year: i32, month: u8| Month::parse(&format!("{year}-{month:02}")).unwrap();
        let (before, early) = (month(year - 1, 12), month(year - 1, 11));
        for month in [early, before, this] {
            book(world, WEINING, month, "submitted").await;
        }
        let done = relief(&maker, "已完工", "300", "completed").await;
        let building = relief(&maker, "在建", "300", "building").await;
        for (month, people) in [(early, "40"), (before, "60"), (this, "50")] {
            taken(world, done, month, people).await;
            taken(world, building, month, "1").await;
        }
        let view = calibrate::record(&maker, Some(this)).await.unwrap();
        let found = said(&view, Measure::Taken);
        assert_eq!(
            found,
            Some((1, 1_100, Some(Key::ReliefPayPerHead))),
            "60 and 50 of 100, and no building site"
        );
        // A year that nobody reported is not nothing.
        run(world, &format!("UPDATE project SET start_month = '{}-03' WHERE id = '{done}'", year - 2)).await;
        assert_eq!(said(&calibrate::record(&maker, Some(this)).await.unwrap(), Measure::Taken), None);
        run(world, &format!("UPDATE project SET start_month = '{}-03' WHERE id = '{done}'", year - 1)).await;
        // A blank row hides none before it; where a whole year is blank the sum is not known.
        for (blank, left) in [(before, Some((1, 900, Some(Key::ReliefPayPerHead)))), (early, None)] {
            run(world, &format!("UPDATE project_return SET jobs_cumulative = NULL WHERE month = '{blank}'"))
                .await;
            let view = calibrate::record(&maker, Some(this)).await.unwrap();
            assert_eq!(said(&view, Measure::Taken), left, "{blank}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_was_stated_teaches_nothing_and_deadweight_leaves_the_estimate_gross() {
    World::on_both(async |world| {
        let (maker, _) = people(world).await;
        let month = Month::of(maker.today()).unwrap();
        book(world, WEINING, month, "submitted").await;
        let project = relief(&maker, "已完工", "300", "completed").await;
        taken(world, project, month, "50").await;
        let view = calibrate::record(&maker, Some(month)).await.unwrap();
        assert_eq!(said(&view, Measure::Taken), Some((1, 500, Some(Key::ReliefPayPerHead))));
        assert!(!view.proposals.is_empty());
        stated(&maker, project, &[("pay_per_head", "2.4")]).await;
        let view = calibrate::record(&maker, Some(month)).await.unwrap();
        assert_eq!(said(&view, Measure::Taken), Some((1, 1_000, None)), "it came true by a figure of its own");
        assert!(view.proposals.is_empty(), "{:?}", view.proposals);
        let workshop = workshop(&maker, "车间", WEINING, "100", "completed").await;
        returned(world, workshop, month, 16).await;
        stated(&maker, workshop, &[("deadweight", "50"), ("leakage", "20")]).await;
        let Kind { phase, unit, .. } = Kind::HEADLINE;
        let kept = format!("SELECT standard_milli AS n FROM estimate_line WHERE project_id = '{workshop}' AND phase = '{}' AND unit = '{}' AND population = 'all' AND is_net = 0", phase.code(), unit.code());
        assert_eq!(number(world, &kept).await, 16_000, "what is added up is gross");
        let view = calibrate::record(&maker, Some(month)).await.unwrap();
        assert_eq!(said(&view, Measure::Present), Some((1, 1_000, Some(Key::WorkshopPosts))));
        let page = world.get(&world.cookie("maker").await, &format!("/projects/{workshop}/jobs")).await.text();
        assert!(page.contains("净额") && page.contains("＝ 6.4 岗位") && page.contains("＝ 16 岗位"), "{page}");
    })
    .await;
}
