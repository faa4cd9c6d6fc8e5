//! 系统管理: the ways that this person's abilities open.

use crate::ledger::address::CONTROLS;
use crate::parts::empty::Empty;
use crate::parts::icon::{Icon, Shape};
use crate::parts::page_head::PageHead;
use crate::session::me;
use crate::wall::admin as walls;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn AdminPage() -> impl IntoView {
    let l = locale();
    let may = me().map(|me| me.may).unwrap_or_default();
    let ways: Vec<_> = [
        ("/admin/users", t!(l, common.users), t!(l, account.admin_users), Shape::Users, Action::ManageUsers),
        (walls::PATH, t!(l, wall.title), t!(l, wall.card), Shape::Chart, Action::ManageUsers),
        ("/admin/areas", t!(l, common.areas), t!(l, account.admin_areas), Shape::Areas, Action::ViewAreas),
        (CONTROLS, t!(l, control.title), t!(l, control.card), Shape::Funds, Action::ViewMoney),
        ("/admin/audit", t!(l, common.audit), t!(l, account.admin_audit), Shape::Audit, Action::ViewAudit),
    ]
    .into_iter()
    .filter(|(.., action)| may.includes(*action))
    .collect();
    let none = ways.is_empty();
    let cards = ways
        .into_iter()
        .map(|(href, word, note, shape, _)| {
            view! {
                <li>
                    <a class="card" href=href>
                        <Icon shape=shape />
                        <span class="card-title">{word}</span>
                        <span class="card-note">{note}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageHead title=t!(l, common.admin) />
        {none.then(|| view! { <Empty reason=t!(l, account.admin_none) /> })}
        <ul class="cards">{cards}</ul>
    }
    .into_any()
}
