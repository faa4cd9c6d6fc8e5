//! What stands on top of the pages of funds: title, acts, and the way between sources, notices and ledger.

use super::address::{NEW, NOTICES, SOURCES};
use crate::ledger;
use crate::parts::button::{LinkButton, Weight};
use crate::parts::page_head::PageHead;
use crate::parts::tabs::{Tab, Tabs};
use crate::session;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Title, acts and tabs; `path` is the current one.
#[component]
pub fn Head(path: &'static str, title: &'static str) -> impl IntoView {
    let l = locale();
    let may_register = session::me().is_some_and(|me| me.may.includes(Action::RegisterNotice));
    let tabs = [
        (SOURCES, t!(l, fund.sources)),
        (NOTICES, t!(l, fund.notices)),
        (ledger::address::PATH, t!(l, ledger.title)),
    ];
    let tabs = tabs.map(|(href, word)| Tab {
        word: word.to_owned(),
        href: href.to_owned(),
        count: None,
        current: href == path,
    });
    view! {
        <PageHead title=title>
            {may_register
                .then(|| {
                    view! {
                        <LinkButton href=NEW weight=Weight::Primary>
                            {t!(l, fund.register)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        <div class="fund-tabs">
            <Tabs label=t!(l, fund.views) tabs=tabs.to_vec() />
        </div>
    }
    .into_any()
}
