//! 按项目: what each project has from each source of each budget year, at which stage it lies, and where the order is broken.

use super::address::{EXPORT_POSITIONS, PATH, POSITIONS, Place};
use super::api;
use super::filter::Filter;
use super::filtered::filtered;
use super::frame::Strip;
use super::text::amount_cell;
use crate::parts::button::LinkButton;
use crate::parts::drawing::{TICK, TRIANGLE};
use crate::parts::empty::Empty;
use crate::parts::pager::Pager;
use crate::parts::status::Chip;
use crate::parts::take_out::TakeOut;
use contract::ledger::{PositionLine, PositionsView, Sums};
use domain::ledger::Stage;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, name, t};

#[component]
pub fn PositionsPage() -> impl IntoView {
    filtered(POSITIONS, false, api::positions, shown)
}

fn shown(place: Place, meant: Place, view: PositionsView) -> AnyView {
    view! {
        <Strip totals=view.totals />
        <Filter path=POSITIONS place=place.clone() months=None />
        <p class="toolbar ledger-out" data-noprint="">
            <TakeOut href=meant.on("").at(EXPORT_POSITIONS) />
        </p>
        {rows(locale(), &place, view)}
    }
    .into_any()
}

fn rows(l: Locale, place: &Place, view: PositionsView) -> AnyView {
    if view.rows.is_empty() {
        let reason = if place.is_all() { t!(l, ledger.none) } else { t!(l, ledger.none_found) };
        return view! {
            <Empty reason=reason>
                <LinkButton href=POSITIONS>{t!(l, common.reset)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let first = (!place.form.page.is_empty()).then(|| place.on("").at(POSITIONS));
    let next = view.next.as_deref().map(|page| place.on(page).at(POSITIONS));
    let summary = t!(l, ledger.positions_shown, count = view.rows.len());
    let stages = Stage::ALL
        .map(|stage| view! { <th scope="col" class="number">{name::fund_stage(l, stage)}</th> })
        .collect_view();
    let lines = view.rows.into_iter().map(|position| line(l, place, position)).collect_view();
    view! {
        <div class="table-scroll ledger-table" tabindex="0" role="region" aria-label=t!(l, ledger.tab_positions)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, ledger.project)}</th>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        <th scope="col" class="date">{t!(l, ledger.year)}</th>
                        {stages}
                        <th scope="col" class="number">{t!(l, ledger.to_receive)}</th>
                        <th scope="col" class="number">{t!(l, ledger.to_disburse)}</th>
                        <th scope="col" class="number">{t!(l, ledger.to_pay)}</th>
                        <th scope="col">{t!(l, ledger.order)}</th>
                    </tr>
                </thead>
                <tbody>{total(l, &view.totals)}{lines}</tbody>
            </table>
        </div>
        <p class="field-hint">{t!(l, ledger.net_note)}</p>
        <Pager summary=summary first=first previous=None next=next />
    }
    .into_any()
}

fn total(l: Locale, sums: &Sums) -> impl IntoView + use<> {
    let net = Stage::ALL.map(|stage| amount_cell(l, sums.net(stage))).collect_view();
    let lying = [Stage::Issued, Stage::Received, Stage::Disbursed]
        .map(|stage| amount_cell(l, sums.lying(stage)))
        .collect_view();
    view! {
        <tr class="table-total">
            <td colspan="3">{t!(l, common.total)}</td>
            {net}
            {lying}
            <td></td>
        </tr>
    }
}

fn line(l: Locale, place: &Place, position: PositionLine) -> impl IntoView + use<> {
    let PositionLine { project, source, year, totals, breaches } = position;
    let mut to = Place { find: project.name.clone(), ..Place::default() };
    to.form.project = project.project.to_string();
    to.form.source = source.code().to_owned();
    to.form.year = year.to_string();
    to.form.as_of.clone_from(&place.form.as_of);
    to.form.known_at.clone_from(&place.form.known_at);
    let net = Stage::ALL.map(|stage| amount_cell(l, totals.net(stage))).collect_view();
    let left = totals.left();
    let lying =
        [left.to_receive, left.to_disburse, left.to_pay].map(|amount| amount_cell(l, amount)).collect_view();
    let broken = !breaches.is_empty();
    let order = if broken {
        let text = explain::breaches(l, &breaches);
        view! { <Chip tone="err" drawing=TRIANGLE word=text /> }.into_any()
    } else {
        view! { <Chip tone="ok" drawing=TICK word=t!(l, ledger.in_order) /> }.into_any()
    };
    view! {
        <tr class:ledger-broken=broken>
            <td class="ledger-project">
                <a href=to.at(PATH)>{project.name}</a>
                <span class="ledger-faint">{project.area_name}</span>
            </td>
            <td class="ledger-source">{name::source(l, source)}</td>
            <td class="date">{year.to_string()}</td>
            {net}
            {lying}
            <td>{order}</td>
        </tr>
    }
}
