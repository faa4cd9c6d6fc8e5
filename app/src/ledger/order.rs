//! What the entry form starts with: what its address says, what an earlier request says, and the projects it may mean.

use super::api;
use contract::error::ApiError;
use contract::home::{FindForm, FoundProject};
use contract::ledger::form::{BalanceForm, PostEntryForm};
use contract::ledger::{BalanceView, BlankEntryView, RequestView};
use domain::ledger::{Movement, Order};
use domain::money::{Delta, Unit};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// What the address of the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub form: PostEntryForm,
    /// `project` or `other`: look for projects by their text
    pub look: String,
}

/// The form as it is shown first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub blank: BlankEntryView,
    pub form: PostEntryForm,
    pub find: String,
    pub find_other: String,
    /// the projects that a text may mean, and which of the two it is
    pub found: Option<(String, Vec<FoundProject>)>,
    pub balance: Option<BalanceView>,
}

impl Asked {
    pub fn read(query: &ParamsMap) -> Asked {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
        Asked { form: super::address::typed(query), look: text("look") }
    }
}

pub async fn load(asked: Asked) -> Result<Start, ApiError> {
    let blank = api::blank().await?;
    let Asked { mut form, mut look } = asked;
    let (mut find, mut find_other) = (std::mem::take(&mut form.find), std::mem::take(&mut form.find_other));
    if !form.request.is_empty() && form.kind.is_empty() {
        let view = api::request(form.request.clone()).await?;
        find.clone_from(&view.project.name);
        form = of_request(&view);
    }
    if look.is_empty() {
        // A form that came back with a text and no project, as one without scripts does, asks what the text means.
        let means = |project: &str, text: &str| project.is_empty() && !text.is_empty();
        if means(&form.project, &find) {
            look = "project".to_owned();
        } else if means(&form.other, &find_other) {
            look = "other".to_owned();
        }
    }
    let mut found = None;
    if look == "project" {
        form.project = String::new();
        found = Some(one_or_many(&mut form.project, &mut find).await?);
    } else if look == "other" {
        form.other = String::new();
        found = Some(one_or_many(&mut form.other, &mut find_other).await?);
    }
    let found = found.filter(|all| all.len() != 1).map(|all| (look, all));
    let balance = balances(&form.project, &form).await;
    if let Some(balance) = &balance {
        find.clone_from(&balance.project.name);
    }
    if let Some(other) = balances(&form.other, &form).await {
        find_other = other.project.name;
    }
    // What is not found yet stays on every way from here.
    if form.project.is_empty() {
        form.find.clone_from(&find);
    }
    if form.other.is_empty() {
        form.find_other.clone_from(&find_other);
    }
    if form.date.is_empty() {
        form.date = words::format::date(blank.today);
    }
    Ok(Start { blank, form, find, find_other, found, balance })
}

/// Looks for projects; a single one is taken.
async fn one_or_many(project: &mut String, text: &mut String) -> Result<Vec<FoundProject>, ApiError> {
    let found = crate::home::api::find(FindForm { q: text.clone() }).await?.projects;
    if let [one] = found.as_slice() {
        *project = one.project.to_string();
        text.clone_from(&one.name);
    }
    Ok(found)
}

/// A project that is gone or not named has no balances; the form says so when it is sent.
async fn balances(project: &str, form: &PostEntryForm) -> Option<BalanceView> {
    if project.is_empty() {
        return None;
    }
    let (source, year) = (form.source.clone(), form.year.clone());
    api::balances(BalanceForm { project: project.to_owned(), source, year }).await.ok()
}

/// The texts that a request was made of.
fn of_request(view: &RequestView) -> PostEntryForm {
    let base = PostEntryForm {
        request: view.request.to_string(),
        version: view.version.to_string(),
        unit: Unit::Wan.code().to_owned(),
        ..PostEntryForm::default()
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match &view.order {
        Order::Post(posting) => PostEntryForm {
            kind: posting.movement.kind().code().to_owned(),
            stage: match posting.movement {
                Movement::Recover { from } => from.code().to_owned(),
                Movement::Issue
                | Movement::Receive
                | Movement::Disburse
                | Movement::Pay
                | Movement::TransferOut { .. }
                | Movement::TransferIn { .. } => String::new(),
            },
            project: posting.key.project.to_string(),
            source: posting.key.source.code().to_owned(),
            year: posting.key.year.to_string(),
            amount: Delta::from(posting.amount).exact(Unit::Wan),
            date: words::format::date(posting.date),
            document: text(&posting.paper.document),
            voucher: text(&posting.paper.voucher),
            payee: text(&posting.payee),
            purpose: text(&posting.purpose),
            memo: text(&posting.memo),
            ..base
        },
        Order::Transfer(transfer) => PostEntryForm {
            kind: domain::ledger::Kind::Transfer.code().to_owned(),
            stage: transfer.at.code().to_owned(),
            project: transfer.from.to_string(),
            other: transfer.to.to_string(),
            source: transfer.source.code().to_owned(),
            year: transfer.year.to_string(),
            amount: Delta::from(transfer.amount).exact(Unit::Wan),
            date: words::format::date(transfer.date),
            document: text(&transfer.paper.document),
            voucher: text(&transfer.paper.voucher),
            memo: text(&transfer.memo),
            ..base
        },
        // A reversal is not edited: it is withdrawn and asked for again on the page of its entry.
        Order::Reverse(_) => base,
    }
}
