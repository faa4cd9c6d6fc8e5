//! Orders to rectify as they stood on a day, from the states a finding went through. Knows no run and no database.

use super::facts::Review;
use crate::review::workflow::State;
use chrono::NaiveDate;

/// What a finding with these states, the older first, counts on `day`; nothing when nobody was ordered by then, or when what
/// was closed had come back. One that was sent back was not done: it was owed all the time.
pub fn on(states: &[State], day: NaiveDate) -> Review {
    let Some(state) = states.iter().rfind(|state| since(state) <= day) else { return Review::default() };
    let owed =
        |due: NaiveDate, until: NaiveDate| Review { ordered: 1, closed: 0, overdue: (due < until).into() };
    match state {
        State::Rectifying { order, .. } => owed(order.due, day),
        State::Rectified { order, reported, .. } => owed(order.due, reported.on),
        State::Closed { .. } => Review { ordered: 1, closed: 1, overdue: 0 },
        State::Pending { .. } | State::Verified { .. } | State::Dismissed { .. } | State::Vanished { .. } => {
            Review::default()
        }
    }
}

/// The day of the act that made it so.
fn since(state: &State) -> NaiveDate {
    match state {
        State::Pending { since } => *since,
        State::Verified { verified } => verified.on,
        State::Dismissed { dismissed, .. } => dismissed.on,
        State::Rectifying { ordered, .. } => ordered.on,
        State::Rectified { reported, .. } => reported.on,
        State::Closed { closed, .. } => closed.on,
        State::Vanished { on, .. } => *on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;
    use crate::review::workflow::{Hand, Order};
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        format!("2026-{text}").parse().unwrap()
    }

    fn hand(number: u128) -> Hand {
        Hand { user: UserId::new(Uuid::from_u128(number)), unit: format!("u{number}") }
    }

    /// Ordered on 1 July for 31 July, reported and closed on these days.
    fn went(reported: &str, closed: &str) -> Vec<State> {
        let order = Order { unit: "u1".into(), due: day("07-31"), measures: "m".into() };
        let mut states = vec![State::new(day("06-01"))];
        let mut take = |state: State| states.push(state);
        let verified = State::new(day("06-01")).verify(hand(2), day("06-02")).unwrap();
        take(verified.clone());
        let rectifying = verified.order(hand(2), order, day("07-01")).unwrap();
        take(rectifying.clone());
        if reported.is_empty() {
            return states;
        }
        let rectified = rectifying.report(hand(1), "e", day(reported)).unwrap();
        states.push(rectified.clone());
        if !closed.is_empty() {
            states.push(rectified.close(hand(3), day(closed)).unwrap());
        }
        states
    }

    fn check(states: &[State], on_day: &str, expected: (i64, i64, i64)) {
        let Review { ordered, closed, overdue } = on(states, day(on_day));
        assert_eq!((ordered, closed, overdue), expected, "{on_day}: {states:?}");
    }

    #[test]
    fn an_order_counts_from_its_day_and_is_closed_from_that_of_its_closing() {
        check(&went("", ""), "06-30", (0, 0, 0));
        check(&went("", ""), "07-31", (1, 0, 0));
        check(&went("", ""), "08-01", (1, 0, 1));
        // In time, though it was closed long after; late, and then closed.
        check(&went("07-20", "09-01"), "08-31", (1, 0, 0));
        check(&went("07-20", "09-01"), "09-01", (1, 1, 0));
        check(&went("08-05", "09-01"), "08-03", (1, 0, 1));
        check(&went("08-05", "09-01"), "08-31", (1, 0, 1));
        check(&went("08-05", "09-01"), "09-30", (1, 1, 0));
    }

    #[test]
    fn what_was_sent_back_was_owed_and_what_came_back_is_no_order() {
        let mut states = went("07-20", "");
        states.push(states[3].clone().send_back().unwrap());
        check(&states, "08-01", (1, 0, 1));
        let mut states = went("07-20", "08-01");
        states.push(State::new(day("09-10")));
        check(&states, "09-09", (1, 1, 0));
        check(&states, "09-10", (0, 0, 0));
    }
}
