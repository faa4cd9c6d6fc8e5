//! The form of a split: rows, what is left while typing, what the rules of the source say before anything is saved. Without
//! scripts the same is asked by sending the form to the page of its notice.

use super::address::{self, share_name};
use super::api;
use super::judged::judged;
use super::rows::Rows;
use super::typing::Typing;
use crate::ledger::text::wan;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, returned_error};
use contract::error::ApiError;
use contract::fund::form::{ShareForm, SplitForm, share_input};
use contract::fund::{CheckedSplitView, NoticeView, ShareLine};
use contract::home::{FindForm, FoundProject};
use domain::ledger::State;
use domain::money::{Delta, Unit};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, t};

/// What the address of a notice says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub notice: String,
    pub split: Option<SplitForm>,
    /// look for projects and ask the rules
    pub look: bool,
}

/// A notice with the form of its split as it is shown first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub view: NoticeView,
    pub form: SplitForm,
    /// the projects that the text of a row may mean
    pub found: Vec<(usize, Vec<FoundProject>)>,
    pub checked: Option<CheckedSplitView>,
    /// what the look was answered with
    pub error: Option<ApiError>,
}

impl Asked {
    pub fn read(query: &ParamsMap, notice: String) -> Asked {
        let split = address::split_typed(query, &notice);
        Asked { look: query.get("look").is_some(), split, notice }
    }
}

/// True when this person may split the notice now.
pub fn is_open(view: &NoticeView) -> bool {
    let open = match view.split.as_ref().map(|split| &split.state) {
        None => view.line.left.fen() > 0,
        Some(State::Draft | State::Returned { .. }) => true,
        Some(State::Submitted | State::Approved { .. }) => false,
    };
    open && view.may.includes(Action::EnterMoney)
}

pub async fn load(asked: Asked) -> Result<Start, ApiError> {
    let view = api::notice(asked.notice.clone()).await?;
    let mut form = asked.split.unwrap_or_else(|| of_view(&view));
    form.notice = asked.notice;
    form.key.clone_from(&view.key);
    if form.version.is_empty() {
        form.version = view.split.as_ref().map(|split| split.version.to_string()).unwrap_or_default();
    }
    let (mut found, mut checked, mut error) = (Vec::new(), None, None);
    if asked.look && is_open(&view) {
        found = meant(&mut form.shares).await?;
        match api::check_split(form.clone()).await {
            Ok(view) => checked = Some(view),
            Err(fault) => error = Some(fault),
        }
    }
    Ok(Start { view, form, found, checked, error })
}

/// Projects by the texts of rows: a single one is taken, of several the person chooses.
async fn meant(shares: &mut [ShareForm]) -> Result<Vec<(usize, Vec<FoundProject>)>, ApiError> {
    let mut found = Vec::new();
    for (row, share) in shares.iter_mut().enumerate() {
        if !share.project.is_empty() || share.find.is_empty() {
            continue;
        }
        let hits = crate::home::api::find(FindForm { q: share.find.clone() }).await?.projects;
        match hits.as_slice() {
            [one] => {
                share.project = one.project.to_string();
                share.find.clone_from(&one.name);
            }
            _ => found.push((row, hits)),
        }
    }
    Ok(found)
}

/// The texts that the split on its way was made of.
fn of_view(view: &NoticeView) -> SplitForm {
    let share = |share: &ShareLine| ShareForm {
        project: share.project.project.to_string(),
        find: share.project.name.clone(),
        value: Delta::from(share.amount).exact(Unit::Wan),
        usage: share.usage.map(|usage| usage.code().to_owned()).unwrap_or_default(),
        revenue: match share.revenue {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => String::new(),
        },
    };
    let shares = view.split.iter().flat_map(|split| &split.shares).map(share).collect();
    SplitForm { shares, ..SplitForm::default() }
}

#[component]
pub fn SplitPanel(start: Start) -> impl IntoView {
    let l = locale();
    let typing = Typing::new(&start, returned_error(api::SaveSplit::PATH));
    let title = match &start.view.split {
        Some(split) => t!(l, fund.draft_of, maker = split.maker.clone()),
        None if start.view.line.projects > 0 => {
            t!(l, fund.split_again, left = wan(start.view.line.left))
        }
        None => t!(l, fund.split).to_owned(),
    };
    let which = start.found.iter().map(|(row, hits)| which(l, &start.form, *row, hits)).collect_view();
    let path = start.view.line.notice;
    let hidden = [("notice", &start.form.notice), ("version", &start.form.version), ("key", &start.form.key)]
        .map(|(name, value)| {
            view! { <input type="hidden" name=format!("form[{name}]") value=value.clone() /> }
        });
    let labels = labels(l, start.form.shares.len());
    let stored = StoredValue::new(start);
    view! {
        <section class="panel fund-split" id="split">
            <h2>{title}</h2>
            <p class="fund-lead">{t!(l, fund.split_lead)}</p>
            {move || {
                let labels = labels.clone();
                typing.error.get().map(|error| view! { <ErrorPanel error=error labels=labels /> })
            }}
            {which}
            <form method="post" action=api::SaveSplit::PATH aria-label=t!(l, fund.split)>
                {hidden.collect_view()}
                {by(l, typing)}
                <Rows start=stored typing=typing />
                <Sums typing=typing />
                <div class="toolbar">
                    <Submit weight=Weight::Primary name="form[submit]" value="1">
                        {t!(l, fund.submit)}
                    </Submit>
                    <Submit>{t!(l, fund.keep)}</Submit>
                    <button
                        type="submit"
                        class="button"
                        formmethod="get"
                        formaction=address::notice(path)
                        formnovalidate
                        name="look"
                        value="1"
                    >
                        {t!(l, fund.check)}
                    </button>
                    <AddRow typing=typing />
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Labels of the rows by the names of their faults.
fn labels(l: Locale, rows: usize) -> Labels {
    let of = |row: usize| {
        [
            (share_input(row, "find"), t!(l, fund.row_project, number = row + 1)),
            (share_input(row, "value"), t!(l, fund.row_value, number = row + 1)),
            (share_input(row, "usage"), t!(l, fund.row_usage, number = row + 1)),
            (share_input(row, "revenue"), t!(l, fund.row_revenue, number = row + 1)),
        ]
    };
    (0..rows).flat_map(of).collect()
}

/// Amounts or weights.
fn by(l: Locale, typing: Typing) -> impl IntoView {
    let weights = typing.by_weights.get_untracked();
    let one = |value: &'static str, word: &'static str, checked: bool| {
        view! {
            <label class="fund-by">
                <input
                    type="radio"
                    name="form[by]"
                    value=value
                    checked=checked
                    on:change=move |_| {
                        typing.by_weights.set(value == "weights");
                        typing.ask();
                    }
                />
                {word}
            </label>
        }
    };
    view! {
        <fieldset class="fund-how">
            <legend>{t!(l, fund.by)}</legend>
            {one("amounts", t!(l, fund.by_amounts), !weights)}
            {one("weights", t!(l, fund.by_weights), weights)}
        </fieldset>
    }
}

/// What the rows come to, and what the rules say.
#[component]
fn Sums(typing: Typing) -> impl IntoView {
    let l = locale();
    let sentence = move || match typing.sums() {
        None => (true, t!(l, fund.sums_before, left = wan(typing.free))),
        Some(sums) if sums.left.fen() < 0 => {
            let over = Delta::from(sums.left.magnitude());
            let sum = wan(Delta::from(sums.sum));
            (false, t!(l, fund.sums_over, sum = sum, over = wan(over), left = wan(typing.free)))
        }
        Some(sums) => (true, t!(l, fund.sums, sum = wan(Delta::from(sums.sum)), left = wan(sums.left))),
    };
    let rules = move || {
        typing.checked.get().map(|checked| {
            view! {
                <h3>{t!(l, fund.judged)}</h3>
                {judged(l, &checked.judgement, checked.refusal.as_ref(), &checked.shares)}
            }
        })
    };
    view! {
        <div class="fund-sums" role="status" aria-live="polite">
            <p class="fund-sum" class:fund-over=move || !sentence().0>
                {move || sentence().1}
                " "
                <span class="unit-note">{t!(l, fund.unit)}</span>
            </p>
            {rules}
        </div>
    }
    .into_any()
}

/// With scripts rows are added at will; without, the check brings new ones.
#[component]
fn AddRow(typing: Typing) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    view! {
        <span hidden=move || !awake.get()>
            <Button on_press=Callback::new(move |()| typing.add())>{t!(l, fund.add_row)}</Button>
        </span>
    }
    .into_any()
}

/// The projects that the text of a row may mean; each keeps everything else that was typed.
fn which(l: Locale, form: &SplitForm, row: usize, found: &[FoundProject]) -> AnyView {
    if found.is_empty() {
        let text = form.shares.get(row).map(|share| share.find.clone()).unwrap_or_default();
        return view! { <p class="notice notice-warn" role="status">{t!(l, fund.no_project, text = text)}</p> }
            .into_any();
    }
    let lines = found
        .iter()
        .map(|project| {
            let mut form = form.clone();
            if let Some(share) = form.shares.get_mut(row) {
                share.project = project.project.to_string();
                share.find.clone_from(&project.name);
            }
            let area = project.area_name.clone();
            view! {
                <li>
                    <a href=address::split_with(&form, "1")>{project.name.clone()}</a>
                    " "
                    <span class="fund-faint">{area}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="fund-which" data-row=share_name(row, "find")>
            <h3>{t!(l, fund.which, number = row + 1)}</h3>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}
