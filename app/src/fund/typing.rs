//! A split while it is typed: rows, what they come to, what is left of the notice, and what the rules answer. Knows no layout.

use super::api;
use super::split::Start;
use contract::error::ApiError;
use contract::fund::CheckedSplitView;
use contract::fund::form::{SHARES_MOST, ShareForm, SplitForm};
use domain::money::{Delta, Money, Unit};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows that stand ready to be typed into.
const READY: usize = 3;
/// Least rows of the form.
const LEAST: usize = 5;

/// One row. It keeps its place: a row that is taken away is emptied and hidden.
#[derive(Clone, Copy)]
pub struct Row {
    pub at: usize,
    pub project: RwSignal<String>,
    pub value: RwSignal<String>,
    pub usage: RwSignal<String>,
    pub revenue: RwSignal<String>,
    pub gone: RwSignal<bool>,
}

/// The form of a split.
#[derive(Clone, Copy)]
pub struct Typing {
    pub by_weights: RwSignal<bool>,
    pub rows: RwSignal<Vec<Row>>,
    pub checked: RwSignal<Option<CheckedSplitView>>,
    pub error: RwSignal<Option<ApiError>>,
    /// what can be split, in fen
    pub free: Delta,
    notice: StoredValue<String>,
    /// Answers to an older question come late and are dropped.
    asked: StoredValue<u64>,
}

/// What the rows come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub sum: Money,
    /// below zero when it is too much
    pub left: Delta,
}

impl Row {
    fn new(at: usize, share: &ShareForm) -> Row {
        Row {
            at,
            project: RwSignal::new(share.project.clone()),
            value: RwSignal::new(share.value.clone()),
            usage: RwSignal::new(share.usage.clone()),
            revenue: RwSignal::new(share.revenue.clone()),
            gone: RwSignal::new(false),
        }
    }

    fn form(self) -> ShareForm {
        ShareForm {
            project: self.project.get_untracked(),
            find: String::new(),
            value: self.value.get_untracked(),
            usage: self.usage.get_untracked(),
            revenue: self.revenue.get_untracked(),
        }
    }

    /// Takes the row away.
    pub fn clear(self) {
        self.project.set(String::new());
        self.value.set(String::new());
        self.gone.set(true);
    }
}

impl Typing {
    pub fn new(start: &Start, error: Option<ApiError>) -> Typing {
        let shares = &start.form.shares;
        let count = (shares.len() + READY).clamp(LEAST, SHARES_MOST);
        let empty = ShareForm::default();
        let rows = (0..count).map(|at| Row::new(at, shares.get(at).unwrap_or(&empty))).collect();
        Typing {
            by_weights: RwSignal::new(start.form.is_by_weights()),
            rows: RwSignal::new(rows),
            checked: RwSignal::new(start.checked.clone()),
            error: RwSignal::new(error.or_else(|| start.error.clone())),
            free: start.view.line.left,
            notice: StoredValue::new(start.form.notice.clone()),
            asked: StoredValue::new(0),
        }
    }

    /// One more row.
    pub fn add(self) {
        self.rows.update(|rows| {
            if rows.len() < SHARES_MOST {
                rows.push(Row::new(rows.len(), &ShareForm::default()));
            }
        });
    }

    /// What can be shared out, nothing when more is arranged than given.
    fn pot(self) -> Money {
        self.free.as_money().unwrap_or(Money::ZERO)
    }

    /// What each row gets, by its place; `None` for a row without a value that can be read.
    fn shares(self) -> Vec<Option<Money>> {
        let values: Vec<String> = self.rows.get().iter().map(|row| row.value.get()).collect();
        if !self.by_weights.get() {
            return values.iter().map(|text| Money::parse(text, Unit::Wan).ok()).collect();
        }
        let weights: Vec<Option<u32>> = values.iter().map(|text| text.trim().parse().ok()).collect();
        let known: Vec<u32> = weights.iter().flatten().copied().collect();
        let mut amounts = self.pot().split_by(&known).into_iter();
        weights.into_iter().map(|weight| weight.and_then(|_| amounts.next())).collect()
    }

    /// What one row gets.
    pub fn gets(self, at: usize) -> Option<Money> {
        self.shares().get(at).copied().flatten()
    }

    /// What all rows come to; `None` while nothing is typed.
    pub fn sums(self) -> Option<Sums> {
        let shares: Vec<Money> = self.shares().into_iter().flatten().collect();
        if shares.is_empty() {
            return None;
        }
        let sum = Money::sum(shares)?;
        Some(Sums { sum, left: Delta::from_fen(self.free.fen() - sum.fen()) })
    }

    /// Asks what the rules say to what is typed now; without an answer the form is still a form.
    pub fn ask(self) {
        self.asked.update_value(|asked| *asked += 1);
        let number = self.asked.get_value();
        let rows = self.rows.get_untracked();
        let form = SplitForm {
            notice: self.notice.get_value(),
            by: if self.by_weights.get_untracked() { "weights".to_owned() } else { String::new() },
            shares: rows.into_iter().map(Row::form).collect(),
            ..SplitForm::default()
        };
        // A row that is half typed would be answered with a fault nobody made yet.
        let whole = |share: &ShareForm| share.value.trim().is_empty() == share.project.is_empty();
        if !form.shares.iter().all(whole) || form.shares.iter().all(|share| share.project.is_empty()) {
            return;
        }
        spawn_local(async move {
            let answer = api::check_split(form).await;
            if self.asked.try_get_value() == Some(number) {
                self.checked.set(answer.ok());
            }
        });
    }
}
