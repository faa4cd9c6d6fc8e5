//! Proof of matching over any lines, entries and hands: nothing twice, sums equal, order of no account. Runs in tests only.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const CASES: u32 = 2500;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + chrono::Days::new(offset)
}

fn entry(number: usize) -> EntryId {
    EntryId::new(Uuid::from_u128(number as u128 + 1))
}

fn voucher(number: u8) -> Option<String> {
    (number < 4).then(|| format!("记-{number}"))
}

fn direction(out: bool) -> Direction {
    if out { Direction::Out } else { Direction::In }
}

/// Few days, few amounts, few vouchers, so that much is alike.
fn lines() -> impl Strategy<Value = Vec<BankLine>> {
    prop::collection::vec((0_u64..9, any::<bool>(), -1_i64..4, 0_u8..8), 0..14).prop_map(|all| {
        let line = |(number, (at, out, fen, paper))| BankLine {
            number,
            date: day(at),
            direction: direction(out),
            amount: Delta::from_fen(fen * 100),
            voucher: voucher(paper),
        };
        (1..).zip(all).map(line).collect()
    })
}

fn items() -> impl Strategy<Value = Vec<BookItem>> {
    prop::collection::vec((0_u64..12, any::<bool>(), 1_i64..4, 0_u8..8), 0..14).prop_map(|all| {
        let item = |(number, (at, out, fen, paper)): (usize, (u64, bool, i64, u8))| BookItem {
            entry: entry(number),
            date: day(at),
            direction: direction(out),
            amount: Money::from_fen(fen * 100).unwrap(),
            voucher: voucher(paper),
        };
        all.into_iter().enumerate().map(item).collect()
    })
}

/// Groups that a person tried to make; those that may not be are left out, as the desk leaves them out.
fn hand(
    lines: &[BankLine],
    items: &[BookItem],
    tried: &[(Vec<u32>, Vec<usize>)],
    parted: &[(u32, usize)],
) -> Hand {
    let parted = parted.iter().map(|(line, number)| Pair { line: *line, entry: entry(*number) }).collect();
    let mut hand = Hand { groups: Vec::new(), parted };
    for (of_bank, of_book) in tried {
        let group = Group::new(of_bank.iter().copied(), of_book.iter().map(|number| entry(*number)));
        if joinable(lines, items, &hand, &group).is_ok() {
            hand.groups.push(group);
        }
    }
    hand
}

type Tried = (Vec<(Vec<u32>, Vec<usize>)>, Vec<(u32, usize)>);

fn tries() -> impl Strategy<Value = Tried> {
    let group = (prop::collection::vec(1_u32..12, 0..3), prop::collection::vec(0_usize..12, 0..3));
    (prop::collection::vec(group, 0..6), prop::collection::vec((1_u32..12, 0_usize..12), 0..6))
}

/// Every line and every entry in every place it stands.
fn places(outcome: &Outcome) -> (Vec<u32>, Vec<EntryId>) {
    let groups = outcome.matched.iter().map(|matched| matched.group.clone());
    let pairs = outcome.proposed.iter().chain(&outcome.differing).map(|pair| pair.group());
    let (mut lines, mut entries) = (outcome.bank_only.clone(), outcome.book_only.clone());
    for group in groups.chain(pairs) {
        lines.extend(group.lines);
        entries.extend(group.entries);
    }
    lines.sort_unstable();
    entries.sort_unstable();
    (lines, entries)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn nothing_stands_twice_and_no_line_is_lost(lines in lines(), items in items(), tried in tries()) {
        let outcome = reconcile(&lines, &items, &hand(&lines, &items, &tried.0, &tried.1));
        let (placed, entries) = places(&outcome);
        prop_assert_eq!(placed, lines.iter().map(|line| line.number).collect::<Vec<_>>());
        let mut once = entries.clone();
        once.dedup();
        prop_assert_eq!(&entries, &once);
        // An entry of the lines' own days is in some place.
        let days: Vec<_> = lines.iter().map(|line| line.date).collect();
        for item in &items {
            let inside = days.iter().min() <= Some(&item.date) && Some(&item.date) <= days.iter().max();
            prop_assert!(!inside || entries.contains(&item.entry));
        }
        prop_assert!(outcome.broken.is_empty());
    }

    #[test]
    fn what_is_matched_is_equal_and_near(lines in lines(), items in items(), tried in tries()) {
        let hand = hand(&lines, &items, &tried.0, &tried.1);
        let outcome = reconcile(&lines, &items, &hand);
        for Matched { group, by } in &outcome.matched {
            let alone = Hand { groups: Vec::new(), parted: BTreeSet::new() };
            prop_assert_eq!(joinable(&lines, &items, &alone, group), Ok(()));
            if *by != By::Hand {
                let ([line], [entry]) = (group.lines.as_slice(), group.entries.as_slice()) else {
                    return Err(TestCaseError::fail("the product joins one with one"));
                };
                let line = lines.iter().find(|one| one.number == *line).unwrap();
                let item = items.iter().find(|one| one.entry == *entry).unwrap();
                prop_assert!((line.date - item.date).num_days().abs() <= DAYS);
                let pair = Pair { line: line.number, entry: item.entry };
                prop_assert!(!hand.parted.contains(&pair));
            }
        }
        for pair in outcome.proposed.iter().chain(&outcome.differing) {
            prop_assert!(!hand.parted.contains(pair));
        }
        for pair in &outcome.proposed {
            let free = Hand::default();
            prop_assert_eq!(joinable(&lines, &items, &free, &pair.group()), Ok(()));
        }
        for pair in &outcome.differing {
            let line = lines.iter().find(|one| one.number == pair.line).unwrap();
            let item = items.iter().find(|one| one.entry == pair.entry).unwrap();
            prop_assert!(line.amount != Delta::from(item.amount) && line.voucher == item.voucher);
        }
    }

    #[test]
    fn the_order_of_what_is_given_is_of_no_account(
        lines in lines(),
        items in items(),
        tried in tries(),
        turn in 0_usize..14,
    ) {
        let hand = hand(&lines, &items, &tried.0, &tried.1);
        let (mut turned_lines, mut turned_items, mut turned) = (lines.clone(), items.clone(), hand.clone());
        turned_lines.reverse();
        turned_items.rotate_left(turn.min(items.len()));
        turned.groups.reverse();
        prop_assert_eq!(reconcile(&lines, &items, &hand), reconcile(&turned_lines, &turned_items, &turned));
    }

    #[test]
    fn of_two_lines_alike_the_product_takes_neither_or_both(lines in lines(), items in items()) {
        let outcome = reconcile(&lines, &items, &Hand::default());
        let is_matched = |number: u32| outcome.matched.iter().any(|matched| matched.group.lines == [number]);
        for one in &lines {
            for two in lines.iter().filter(|two| BankLine { number: one.number, ..(*two).clone() } == *one) {
                prop_assert_eq!(is_matched(one.number), is_matched(two.number));
            }
        }
    }
}

fn bank(number: u32, at: u64, fen: i64, paper: &str) -> BankLine {
    let voucher = (!paper.is_empty()).then(|| paper.to_owned());
    BankLine { number, date: day(at), direction: Direction::Out, amount: Delta::from_fen(fen), voucher }
}

fn book(number: usize, at: u64, fen: i64, paper: &str) -> BookItem {
    let voucher = (!paper.is_empty()).then(|| paper.to_owned());
    let amount = Money::from_fen(fen).unwrap();
    BookItem { entry: entry(number), date: day(at), direction: Direction::Out, amount, voucher }
}

/// `1=1 voucher` matched, `2?2` proposed, `3≠3` differing, then what is left of both sides.
fn check(lines: &[BankLine], items: &[BookItem], expected: &str) {
    let outcome = reconcile(lines, items, &Hand::default());
    let number = |id: &EntryId| id.uuid().as_u128() - 1;
    let mut said: Vec<String> = outcome
        .matched
        .iter()
        .map(|one| format!("{}={} {:?}", one.group.lines[0], number(&one.group.entries[0]), one.by))
        .collect();
    said.extend(outcome.proposed.iter().map(|pair| format!("{}?{}", pair.line, number(&pair.entry))));
    said.extend(outcome.differing.iter().map(|pair| format!("{}≠{}", pair.line, number(&pair.entry))));
    said.extend(outcome.bank_only.iter().map(|line| format!("{line}-")));
    said.extend(outcome.book_only.iter().map(|entry| format!("-{}", number(entry))));
    assert_eq!(said.join(" "), expected);
}

#[test]
fn the_ways_in_which_two_belong_together() {
    // A voucher tells two of one day apart; without one they are proposed.
    check(
        &[bank(1, 5, 100, "记-１"), bank(2, 5, 100, "")],
        &[book(1, 5, 100, "记-1"), book(2, 5, 100, "记-2")],
        "1=1 Voucher 2=2 SameDay",
    );
    check(
        &[bank(1, 5, 100, ""), bank(2, 5, 100, "")],
        &[book(1, 5, 100, ""), book(2, 6, 100, "")],
        "1?1 2?2",
    );
    // Three days are near, four are not.
    check(&[bank(1, 5, 100, "")], &[book(1, 8, 100, "")], "1=1 NearDay");
    check(&[bank(1, 5, 100, ""), bank(2, 9, 7, "")], &[book(1, 9, 100, "")], "1- 2- -1");
    // One voucher on distant days is likely, with another amount it is a difference.
    check(&[bank(1, 5, 100, "记-1")], &[book(1, 11, 100, "记-1")], "1?1");
    check(&[bank(1, 5, 100, "记-1")], &[book(1, 5, 90, "记-1")], "1≠1");
    // What lies beyond the days of the file is no difference.
    check(&[bank(1, 5, 100, "")], &[book(1, 6, 90, ""), book(2, 5, 80, "")], "1- -2");
}

#[test]
fn a_person_joins_only_what_is_equal() {
    let (lines, items) =
        ([bank(1, 5, 60, ""), bank(2, 6, 40, ""), bank(3, 6, -40, "")], [book(1, 5, 100, "")]);
    let join = |of_bank: &[u32], of_book: &[usize]| {
        let group = Group::new(of_bank.iter().copied(), of_book.iter().map(|number| entry(*number)));
        joinable(&lines, &items, &Hand::default(), &group)
    };
    assert_eq!(join(&[1, 2], &[1]), Ok(()));
    assert_eq!(join(&[2, 3], &[]), Ok(()));
    assert_eq!(join(&[], &[]), Err(Refusal::NothingChosen));
    assert_eq!(join(&[9], &[1]), Err(Refusal::NotFree));
    let (lines, entries) = (Delta::from_fen(60), Delta::from_fen(100));
    assert_eq!(join(&[1], &[1]), Err(Refusal::SumsDiffer { lines, entries }));
}

#[test]
fn whoever_matched_does_not_sign_and_what_is_signed_stays() {
    use crate::id::UserId;
    let person = |number: u128| UserId::new(Uuid::from_u128(number));
    let act = |step: Step, by: u128| Act { step, by: person(by) };
    let sign = || Step::Sign { outcome: Outcome::default(), known_at: 7 };
    let open = Work::of(person(1), [act(Step::Unit { unit: Unit::Yuan }, 2)]).unwrap();
    let early = open.clone().after(act(sign(), 3));
    assert_eq!(early, Err(Refusal::WrongState { state: State::Open }));
    let handed = open.after(act(Step::Submit, 1)).unwrap();
    for own in [1, 2] {
        assert_eq!(handed.clone().after(act(sign(), own)), Err(Refusal::OwnWork));
    }
    let back = handed.clone().after(act(Step::Return { reason: "漏一笔".into() }, 3)).unwrap();
    assert_eq!((back.state, back.returned.as_deref()), (State::Open, Some("漏一笔")));
    let signed = handed.after(act(sign(), 3)).unwrap();
    let late = signed.after(act(Step::Part { groups: Vec::new() }, 1));
    assert_eq!(late, Err(Refusal::WrongState { state: State::Signed }));
    let unknown = Work::new(person(1)).after(act(Step::Submit, 1));
    assert_eq!(unknown, Err(Refusal::UnitUnknown));
}
