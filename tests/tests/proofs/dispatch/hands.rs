//! Who has a return in hand, on both databases: whoever filled a row does not accept it, and a book names no project that left.

use super::{WEINING, ZHIJIN, decide, edit, fill, make, one, open, people, refused, submit};
use domain::dispatch::book;
use domain::permission::Role;
use sea_orm::ConnectionTrait;
use tests::bank::beside;
use tests::world::World;

#[tokio::test]
async fn whoever_filled_a_row_does_not_accept_it_and_no_accepted_book_lacks_a_hand() {
    World::on_both(async |world| {
        let (weining, _, bijie) = people(world).await;
        world.person("gz", Role::Planner, "520000").await;
        let gz = world.call("gz").await;
        let project = make(world, &weining, WEINING, "甲").await;
        let book = open(&weining, 3, WEINING).await;
        edit(&bijie, book, (project, 1), &[("jobs_present", "5")]).await.unwrap();
        // The county's own hand came last over the row, and still somebody above had filled it.
        fill(&weining, book, project, "3", "").await;
        submit(&weining, book).await.unwrap();
        assert_eq!(refused(decide(&bijie, book, "accept").await), book::Refusal::OwnRows);
        let raw = beside(&world.url()).await;
        for hands in
            ["decided_by = NULL", "decided_by = submitted_by", "submitted_by = NULL, decided_by = NULL"]
        {
            let forged = format!("UPDATE return_book SET state = 'accepted', {hands} WHERE id = '{book}'");
            assert!(raw.execute_unprepared(&forged).await.is_err(), "{hands}");
        }
        decide(&gz, book, "accept").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_project_that_was_moved_is_not_named_in_the_book_it_left() {
    World::on_both(async |world| {
        let (weining, ..) = people(world).await;
        let project = make(world, &weining, WEINING, "甲").await;
        let book = open(&weining, 3, WEINING).await;
        let raw = beside(&world.url()).await;
        let moved = format!(
            "UPDATE project SET name = '改名', area_code = '{ZHIJIN}', area_path = '/100000/520000/520500/{ZHIJIN}/' WHERE id = '{project}'"
        );
        raw.execute_unprepared(&moved).await.unwrap();
        let line = one(&weining, book).await.projects[0].clone();
        assert_eq!(line.name, format!("#{}", line.number), "its new name is not this county's");
        assert_eq!((line.code, line.planned), (None, None));
    })
    .await;
}
