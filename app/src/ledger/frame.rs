//! What stands on top of every page of the ledger: title, acts, tabs, and the four totals of what is shown.

use super::address::{IMPORT, INVERTED, MONTHS, NEW, PATH, POSITIONS, Place, REPORTS, REQUESTS, STANDING};
use super::reconcile::address::PATH as RECONCILE;
use super::text::{exact, is_below, wan};
use crate::parts::button::{LinkButton, Weight};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::tabs::{Tab, Tabs};
use crate::session;
use contract::ledger::Sums;
use domain::ledger::Stage;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{name, t};

/// Title, acts and tabs; `path` is the current one. The filter goes along where the other tab has one too.
#[component]
pub fn Head(path: &'static str, #[prop(optional)] place: Place) -> impl IntoView {
    let l = locale();
    let may = |action: Action| session::me().is_some_and(|me| me.may.includes(action));
    let tabs = [
        (PATH, t!(l, ledger.tab_entries)),
        (POSITIONS, t!(l, ledger.tab_positions)),
        (STANDING, t!(l, ledger.tab_standing)),
        (REQUESTS, t!(l, ledger.tab_requests)),
        (INVERTED, t!(l, ledger.tab_inverted)),
        (MONTHS, t!(l, ledger.tab_months)),
        (REPORTS, t!(l, ledger.tab_reports)),
        (IMPORT, t!(l, ledger.tab_import)),
        (RECONCILE, t!(l, reconcile.tab)),
    ];
    let tabs = tabs
        .into_iter()
        .map(|(href, word)| {
            let keeps = [PATH, POSITIONS, INVERTED].contains(&href);
            let to = if keeps { place.on("").at(href) } else { href.to_owned() };
            Tab { word: word.to_owned(), href: to, count: None, current: href == path }
        })
        .collect();
    view! {
        <PageHead title=t!(l, ledger.title)>
            {may(Action::ImportMoney)
                .then(|| view! { <LinkButton href=IMPORT>{t!(l, ledger.import)}</LinkButton> })}
            {may(Action::EnterMoney)
                .then(|| {
                    view! {
                        <LinkButton href=NEW weight=Weight::Primary key='n'>
                            {t!(l, ledger.enter)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        <div class="ledger-tabs">
            <Tabs label=t!(l, ledger.tabs) tabs=tabs />
        </div>
    }
    .into_any()
}

/// 下达, 到位, 拨付, 支付 of the whole filter, and what lies between two of them.
#[component]
pub fn Strip(totals: Sums) -> impl IntoView {
    let l = locale();
    let waits =
        [Some(t!(l, ledger.to_receive)), Some(t!(l, ledger.to_disburse)), Some(t!(l, ledger.to_pay)), None];
    let cards = Stage::ALL
        .into_iter()
        .zip(waits)
        .map(|(stage, waits)| {
            let (amount, lying) = (*totals.entered.get(stage), totals.lying(stage));
            view! {
                <div class="ledger-total" data-stage=stage.code()>
                    <dt>{name::fund_stage(l, stage)}</dt>
                    <dd>
                        <span class="ledger-figure" title=exact(l, amount)>{wan(amount)}</span>
                        {waits
                            .map(|word| {
                                view! {
                                    <span class="ledger-lying" class:negative=is_below(lying) title=exact(l, lying)>
                                        {word}" "{wan(lying)}
                                    </span>
                                }
                            })}
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="ledger-strip" aria-label=t!(l, ledger.totals)>
            <dl>{cards}</dl>
            <p class="unit-note">{t!(l, ledger.unit)}</p>
        </section>
    }
    .into_any()
}

/// Sentences about what was just done, by the `done` of the address.
pub fn done(sentence: impl FnOnce(&str) -> Option<&'static str>) -> Option<AnyView> {
    let code = gone::query(|query| query.get("done"))?;
    let text = sentence(&code)?;
    Some(view! { <p class="notice notice-ok" role="status">{text}</p> }.into_any())
}
