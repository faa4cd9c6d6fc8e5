//! 变更记录: who changed what and when, old and new side by side, with the ways back. Plain forms, no script needed.

use super::api;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::project::text::from_canonical;
use contract::history::{ChangeKind, HistoryLine, HistoryView};
use domain::project::{Field, Kind};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The door that takes a set back.
pub fn undo_action() -> &'static str {
    <api::Undo as server_fn::ServerFn>::PATH
}

/// The door that puts one value back.
pub fn restore_action() -> &'static str {
    <api::Restore as server_fn::ServerFn>::PATH
}

/// Everything on the tab.
#[component]
pub fn History(project: String) -> impl IntoView {
    let view = ask(move || project.clone(), api::of_project);
    let refused = returned_error(undo_action()).or_else(|| returned_error(restore_action()));
    view! {
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => view! { <HistoryTable view /> }.into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn HistoryTable(view: HistoryView) -> impl IntoView {
    let l = locale();
    if view.lines.is_empty() {
        return view! { <Empty reason=t!(l, project.history_none) /> }.into_any();
    }
    let wanted = gone::query(|query| query.get("field").unwrap_or_default());
    let choice = filter(l, &view, &wanted);
    let mut last_set = None;
    let mut rows = Vec::new();
    for line in view.lines.iter().filter(|line| wanted.is_empty() || line.field == wanted) {
        // A set stands on several lines; what is done with all of it stands on the first.
        let opens = last_set.replace(line.change_set) != Some(line.change_set);
        rows.push(row(l, &view, line, opens));
    }
    view! {
        {choice}
        <div class="table-scroll">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="date">{t!(l, project.history_when)}</th>
                        <th scope="col">{t!(l, project.history_who)}</th>
                        <th scope="col">{t!(l, project.history_how)}</th>
                        <th scope="col">{t!(l, project.history_field)}</th>
                        <th scope="col">{t!(l, project.history_old)}</th>
                        <th scope="col">{t!(l, project.history_new)}</th>
                        <th scope="col" data-noprint="">{t!(l, history.acts)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A plain form that narrows the table to one column of the project.
fn filter(l: Locale, view: &HistoryView, wanted: &str) -> AnyView {
    let mut keys: Vec<&str> = view.lines.iter().map(|line| line.field.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let options = keys
        .into_iter()
        .map(|key| {
            let word = word(l, key);
            view! { <option value=key.to_owned() selected=key == wanted>{word}</option> }
        })
        .collect_view();
    view! {
        <form method="get" class="form-row form" data-noprint="">
            <div class="field">
                <label class="field-label" for="field">{t!(l, project.history_field)}</label>
                <select class="input" id="field" name="field">
                    <option value="">{t!(l, common.all)}</option>
                    {options}
                </select>
            </div>
            <Submit>{t!(l, history.filter)}</Submit>
        </form>
    }
    .into_any()
}

fn word(l: Locale, key: &str) -> String {
    key.parse::<Field>().map_or_else(|_| key.to_owned(), |field| name::field(l, field))
}

fn row(l: Locale, view: &HistoryView, line: &HistoryLine, opens: bool) -> AnyView {
    let how = if line.created { t!(l, project.history_created) } else { kind(l, line.kind) };
    let together = (opens && line.projects > 1).then(|| t!(l, history.together, count = line.projects));
    let undone = (opens && line.undone).then(|| t!(l, history.undone));
    let note = line.note.clone().filter(|_| opens).map(|note| t!(l, history.reason, reason = note));
    view! {
        <tr>
            <td class="date">{format::instant(line.at)}</td>
            <td>{line.by.clone()}</td>
            <td>
                {how}
                <span class="history-note">{together}</span>
                <span class="history-note">{undone}</span>
                <span class="history-note">{note}</span>
            </td>
            <td>{word(l, &line.field)}</td>
            <td>
                <span class="project-old">{value(l, view, &line.field, line.old.as_deref())}</span>
            </td>
            <td>
                <span class="project-new">{value(l, view, &line.field, line.new.as_deref())}</span>
            </td>
            <td data-noprint="">
                <div class="history-acts">
                    {(line.may_restore).then(|| restore(l, view, line))}
                    {(opens && line.may_undo).then(|| undo(l, view, line))}
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// A value as shown; codes of areas and ids of communities by their names.
fn value(l: Locale, view: &HistoryView, key: &str, canonical: Option<&str>) -> String {
    let field = key.parse::<Field>().ok();
    let named = matches!(field.map(Field::kind), Some(Kind::Area | Kind::Sites));
    if named && let Some(text) = canonical {
        let name = |code: &str| view.names.get(code).cloned().unwrap_or_else(|| code.to_owned());
        return text.split(',').map(name).collect::<Vec<_>>().join(" · ");
    }
    from_canonical(l, field, canonical)
}

fn restore(l: Locale, view: &HistoryView, line: &HistoryLine) -> AnyView {
    let about = word(l, &line.field);
    view! {
        <form method="post" action=restore_action()>
            <input type="hidden" name="project" value=view.project.to_string() />
            <input type="hidden" name="version" value=view.version.to_string() />
            <input type="hidden" name="change_set" value=line.change_set.to_string() />
            <input type="hidden" name="field" value=line.field.clone() />
            <input type="hidden" name="key" value=view.key.clone() />
            <Submit weight=Weight::Quiet>
                {t!(l, history.restore)}
                <span class="hidden">{about}</span>
            </Submit>
        </form>
    }
    .into_any()
}

fn undo(l: Locale, view: &HistoryView, line: &HistoryLine) -> AnyView {
    let word = if line.projects > 1 {
        t!(l, history.undo_all, count = line.projects)
    } else {
        t!(l, history.undo).to_owned()
    };
    view! {
        <form method="post" action=undo_action()>
            <input type="hidden" name="project" value=view.project.to_string() />
            <input type="hidden" name="change_set" value=line.change_set.to_string() />
            <input type="hidden" name="key" value=view.key.clone() />
            <Submit>{word}</Submit>
        </form>
    }
    .into_any()
}

fn kind(l: Locale, kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Edit => t!(l, project.kind_edit),
        ChangeKind::Bulk => t!(l, project.kind_bulk),
        ChangeKind::Import => t!(l, project.kind_import),
        ChangeKind::Undo => t!(l, project.kind_undo),
        ChangeKind::Move => t!(l, project.kind_move),
    }
}
