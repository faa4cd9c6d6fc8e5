//! What is being typed into the entry form, and the balances asked for along with it. Knows no layout.

use super::api;
use super::order::Start;
use contract::error::ApiError;
use contract::ledger::form::{BalanceForm, PostEntryForm};
use contract::ledger::{BalanceView, RequestView};
use domain::ledger::{Breach, Key, Kind, Movement, Position, Refusal, Response, Stage, Totals};
use domain::money::{Delta, Money, Unit};
use domain::period::FiscalYear;
use domain::source::Source;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The inputs that others depend on, and what is kept from one line to the next.
#[derive(Clone, Copy)]
pub struct Typing {
    pub kind: RwSignal<String>,
    pub project: RwSignal<String>,
    pub stage: RwSignal<String>,
    pub source: RwSignal<String>,
    pub year: RwSignal<String>,
    pub amount: RwSignal<String>,
    pub unit: RwSignal<String>,
    pub voucher: RwSignal<String>,
    pub payee: RwSignal<String>,
    pub purpose: RwSignal<String>,
    pub memo: RwSignal<String>,
    pub request: RwSignal<(String, String)>,
    pub key: RwSignal<String>,
    pub balance: RwSignal<Option<BalanceView>>,
    pub error: RwSignal<Option<ApiError>>,
    /// what went out from this page, the newest first
    pub sent: RwSignal<Vec<RequestView>>,
    /// Answers to an older question come late and are dropped.
    asked: StoredValue<u64>,
}

/// What the typed amount would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub amount: Money,
    pub after: Result<Totals, Refusal>,
    pub breaches: Vec<Breach>,
    /// what the matrix answers to a breach
    pub response: Option<Response>,
}

impl Typing {
    pub fn new(start: &Start, error: Option<ApiError>) -> Typing {
        let PostEntryForm { kind, project, stage, source, year, amount, unit, .. } = start.form.clone();
        let PostEntryForm { voucher, payee, purpose, memo, request, version, .. } = start.form.clone();
        let or = |text: String, other: String| if text.is_empty() { other } else { text };
        let first = start.balance.as_ref().and_then(|balance| balance.sources.first());
        let source = or(source, first.map(|source| source.code().to_owned()).unwrap_or_default());
        let this_year = FiscalYear::of(start.blank.today).map(|year| year.to_string()).unwrap_or_default();
        Typing {
            kind: RwSignal::new(or(kind, Kind::Disburse.code().to_owned())),
            project: RwSignal::new(project),
            stage: RwSignal::new(or(stage, Stage::Received.code().to_owned())),
            source: RwSignal::new(source),
            year: RwSignal::new(or(year, this_year)),
            amount: RwSignal::new(amount),
            unit: RwSignal::new(or(unit, Unit::Wan.code().to_owned())),
            voucher: RwSignal::new(voucher),
            payee: RwSignal::new(payee),
            purpose: RwSignal::new(purpose),
            memo: RwSignal::new(memo),
            request: RwSignal::new((request, version)),
            key: RwSignal::new(start.blank.key.clone()),
            balance: RwSignal::new(start.balance.clone()),
            error: RwSignal::new(error),
            sent: RwSignal::new(Vec::new()),
            asked: StoredValue::new(0),
        }
    }

    /// Another project was picked, or none.
    pub fn pick(self, project: String) {
        self.project.set(project);
        self.source.set(String::new());
        self.ask();
    }

    /// Asks for the balances of what is typed now.
    pub fn ask(self) {
        self.asked.update_value(|asked| *asked += 1);
        let number = self.asked.get_value();
        let project = self.project.get_untracked();
        if project.is_empty() {
            self.balance.set(None);
            return;
        }
        let (source, year) = (self.source.get_untracked(), self.year.get_untracked());
        spawn_local(async move {
            // Without an answer the form still works; what is wrong is said when it is sent.
            let view = api::balances(BalanceForm { project, source, year }).await.ok();
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            let first = view.as_ref().and_then(|view| view.sources.first().copied());
            if let Some(first) = first.filter(|_| self.source.with_untracked(String::is_empty)) {
                self.source.set(first.code().to_owned());
            }
            self.balance.set(view);
        });
    }

    /// A request was made: the next line keeps project, source, kind and date.
    pub fn done(self, view: RequestView) {
        self.error.set(None);
        self.sent.update(|sent| sent.insert(0, view));
        for text in [self.amount, self.voucher, self.payee, self.purpose, self.memo] {
            text.set(String::new());
        }
        self.request.set((String::new(), String::new()));
        self.ask();
        spawn_local(async move {
            // With the old key the next line would be taken for the same one; the door says so if no key comes.
            if let Ok(blank) = api::blank().await {
                self.key.try_set(blank.key);
            }
        });
    }

    /// The amount, when it can be read.
    pub fn money(self) -> Option<Money> {
        let unit = Unit::from_code(&self.unit.get()).unwrap_or(Unit::Wan);
        Money::parse(&self.amount.get(), unit).ok()
    }

    fn movement(self, view: &BalanceView) -> Option<Movement> {
        let stage = || Stage::from_code(&self.stage.get());
        Some(match Kind::from_code(&self.kind.get())? {
            Kind::Issue => Movement::Issue,
            Kind::Receive => Movement::Receive,
            Kind::Disburse => Movement::Disburse,
            Kind::Pay => Movement::Pay,
            Kind::Recover => Movement::Recover { from: stage()? },
            Kind::Transfer => Movement::TransferOut { at: stage()?, to: view.project.project },
        })
    }

    /// What the amount would do to the balances that are shown.
    pub fn effect(self) -> Option<Effect> {
        let amount = self.money().filter(|amount| !amount.is_zero())?;
        let view = self.balance.get()?;
        let movement = self.movement(&view)?;
        let source = Source::from_code(&self.source.get())?;
        let year = self.year.get().parse().ok().and_then(FiscalYear::new)?;
        let key = Key { project: view.project.project, source, year };
        let before = Position::restore(key, view.totals).ok()?;
        let after = view.totals.after(movement, Delta::from(amount));
        let position = after.clone().ok().and_then(|totals| Position::restore(key, totals).ok());
        let breaches = position.map(|after| after.worsened_since(&before)).unwrap_or_default();
        let response =
            view.control.iter().find(|(kind, _)| *kind == movement.kind()).map(|(_, answer)| *answer);
        Some(Effect { amount, after, breaches, response })
    }
}
