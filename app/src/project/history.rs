//! 变更记录: who changed what and when, old and new side by side. Knows no door.

use super::text::from_canonical;
use crate::parts::empty::Empty;
use contract::project::{ChangeKind, HistoryLine};
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn HistoryTable(lines: Vec<HistoryLine>) -> impl IntoView {
    let l = locale();
    if lines.is_empty() {
        return view! { <Empty reason=t!(l, project.history_none) /> }.into_any();
    }
    let rows = lines.into_iter().map(|change| line(l, &change)).collect_view();
    view! {
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
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(l: Locale, change: &HistoryLine) -> impl IntoView + use<> {
    let field = change.field.parse::<Field>().ok();
    let word = field.map_or_else(|| change.field.clone(), |field| name::field(l, field));
    let how = if change.created { t!(l, project.history_created) } else { kind(l, change.kind) };
    view! {
        <tr>
            <td class="date">{format::instant(change.at)}</td>
            <td>{change.by.clone()}</td>
            <td>{how}</td>
            <td>{word}</td>
            <td>
                <span class="project-old">{from_canonical(l, field, change.old.as_deref())}</span>
            </td>
            <td>
                <span class="project-new">{from_canonical(l, field, change.new.as_deref())}</span>
            </td>
        </tr>
    }
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
