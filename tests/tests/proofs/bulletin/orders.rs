//! Orders to rectify count as they stood on the last day, and of a month that is not over as they stand today.

use super::{PATH, WEINING, begin, raw};
use chrono::NaiveDate;
use domain::id::UserId;
use domain::period::Month;
use domain::permission::Role;
use domain::review::workflow::{Hand, Order, State};
use tests::world::World;
use uuid::Uuid;

fn hand(number: u128) -> Hand {
    Hand { user: UserId::new(Uuid::from_u128(number)), unit: format!("u{number}") }
}

fn ordered(on: NaiveDate, due: NaiveDate) -> Vec<State> {
    let order = Order { unit: "u1".into(), due, measures: "m".into() };
    let verified = State::new(on).verify(hand(2), on).unwrap();
    let rectifying = verified.clone().order(hand(2), order, on).unwrap();
    vec![verified, rectifying]
}

/// A finding of Weining with every step it took.
async fn keep(world: &World, number: u32, states: &[State]) {
    let id = format!("018f0000-0000-7000-8000-0000000001{number:02}");
    let last = states.last().unwrap();
    let body = |state: &State| serde_json::to_string(state).unwrap();
    let due = last.due().map_or("NULL".to_owned(), |due| format!("'{due}'"));
    let mut all = vec![
        "INSERT INTO rule_edition (rule, number, body, created_at) VALUES ('R01', 1, '{}', 1) ON CONFLICT DO NOTHING".to_owned(),
        format!("INSERT INTO finding (id, rule, subject, edition, level, group_key, area_path, body, state, state_body, version, found_at, updated_at, due_on) VALUES ('{id}', 'R01', 's{number}', 1, 'hint', '', '{PATH}', '{{}}', '{}', '{}', {}, 1, 1, {due})", last.name().code(), body(last), states.len()),
    ];
    all.extend((1..).zip(states).map(|(step, state)| {
        format!(
            "INSERT INTO finding_step (finding_id, number, state_body, at) VALUES ('{id}', {step}, '{}', 1)",
            body(state)
        )
    }));
    raw(world, &all).await;
}

#[tokio::test]
async fn nothing_is_late_before_its_day_and_later_steps_do_not_count() {
    World::on_both(async |world| {
        world.person("gh", Role::Planner, WEINING).await;
        let planner = world.call("gh").await;
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let (today, this) = (planner.today(), Month::of(planner.today()).unwrap());
        // Due today: not late today, whatever day the month ends on.
        keep(world, 1, &ordered(day("2025-12-01"), today)).await;
        // Reported in time in August and closed in October; what it became then is not known in September.
        let mut closed = ordered(day("2025-08-01"), day("2025-08-31"));
        closed.push(closed[1].clone().report(hand(1), "e", day("2025-08-20")).unwrap());
        closed.push(closed[2].clone().close(hand(3), day("2025-10-05")).unwrap());
        keep(world, 2, &closed).await;
        // Ordered in August, late since September, closed in October, and found anew in November.
        let mut back = ordered(day("2025-08-01"), day("2025-09-10"));
        back.push(back[1].clone().report(hand(1), "e", day("2025-10-01")).unwrap());
        back.push(back[2].clone().close(hand(3), day("2025-10-05")).unwrap());
        back.push(State::new(day("2025-11-05")));
        keep(world, 3, &back).await;
        for (period, expected) in [
            ("2025-07".to_owned(), (0, 0, 0)),
            ("2025-08".to_owned(), (2, 0, 0)),
            ("2025-09".to_owned(), (2, 0, 1)),
            ("2025-10".to_owned(), (2, 2, 0)),
            ("2025-11".to_owned(), (1, 1, 0)),
            (this.to_string(), (2, 1, 0)),
        ] {
            let review = begin(&planner, "", &period, "").await.unwrap().whole.review;
            let got = (review.ordered, review.closed, review.overdue);
            assert_eq!(got, expected, "{:?} {period}", world.kind);
        }
    })
    .await;
}
