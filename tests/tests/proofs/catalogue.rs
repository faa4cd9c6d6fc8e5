//! The catalogue of rules as a workbook: a row a rule, with the edition that holds for the reader or what it lacks.

use domain::permission::Role;
use http::StatusCode;
use service::review::rules::rules;
use tests::workbook::rows;
use tests::world::World;

const WEINING: &str = "520526";

#[tokio::test]
async fn every_rule_goes_out_with_its_edition_and_what_it_lacks() {
    World::on_both(async |world| {
        world.person("sh", Role::Reviewer, WEINING).await;
        let view = rules(&world.call("sh").await, ()).await.unwrap();
        let cookie = world.cookie("sh").await;
        let answer = world.get(&cookie, "/findings/rules/export").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let sheet = rows(&answer.body);
        assert!(sheet[1][0].to_string().contains(&view.area_name), "{:?}", sheet[1]);
        assert!(sheet.len() >= 3 + view.rules.len());
        for (row, line) in sheet[3..].iter().zip(&view.rules) {
            let text = |at: usize| row[at].to_string();
            assert!(text(0).starts_with(line.rule.code()), "{:?}", row[0]);
            assert!(!text(2).is_empty() || line.lacking.is_empty(), "{} says what it lacks", line.rule);
            let edition = line.editions.iter().find(|edition| Some(edition.number) == line.current);
            let Some(edition) = edition else { continue };
            assert_eq!((text(5), text(7)), (edition.basis.clone(), edition.number.to_string()));
            assert!(!text(3).is_empty() && !text(8).is_empty(), "{}", line.rule);
            assert_eq!(text(4).lines().count(), edition.parameters.len(), "{}: {}", line.rule, text(4));
        }
        let page = world.get(&cookie, "/findings/rules").await.text();
        assert!(page.contains("/findings/rules/export"), "the page leads there");
    })
    .await;
}
