//! The menu on the left: what this person may go to, with a key for each line, folded or unfolded.

use crate::parts::icon::{Icon, Shape};
use crate::session;
use contract::account::MeView;
use domain::permission::{Action, Role};
use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};
use words::locale::locale;
use words::t;

/// One line of the menu: address, word, drawing, and what one must be allowed to do to see it.
type Entry = (&'static str, &'static str, Shape, Action);

/// What a leader opens first.
const DASHBOARD: &str = crate::dashboard::address::PATH;

/// Estimates beside what came of them; the coefficients lie behind it.
const JOBS: &str = crate::jobs::record::address::PATH;
const COEFFICIENTS: &str = crate::jobs::edition::address::PATH;

/// The first line of the group of funds.
const FUNDS: &str = "/funds/sources";

/// Lines that a key leads to.
const KEYS: u8 = 9;

fn entries() -> Vec<Entry> {
    let l = locale();
    vec![
        ("/", t!(l, common.home), Shape::Home, Action::ManageOwnAccount),
        (DASHBOARD, t!(l, dashboard.title), Shape::Chart, Action::ViewMoney),
        ("/projects", t!(l, common.projects), Shape::Lists, Action::ViewProjects),
        ("/projects/import", t!(l, common.import), Shape::Import, Action::ImportWorkbook),
        ("/communities", t!(l, common.sites), Shape::Sites, Action::ViewSites),
        ("/dispatch", t!(l, dispatch.nav), Shape::Check, Action::ViewProjects),
        ("/bulletins", t!(l, bulletin.title), Shape::File, Action::ViewMoney),
        (JOBS, t!(l, project.tab_jobs), Shape::Lists, Action::ViewProjects),
        (FUNDS, t!(l, common.fund_sources), Shape::Funds, Action::ViewMoney),
        ("/funds/notices", t!(l, common.fund_notices), Shape::Notice, Action::ViewMoney),
        ("/funds/ledger", t!(l, common.ledger), Shape::Ledger, Action::ViewMoney),
        ("/findings", t!(l, common.findings), Shape::Warning, Action::ViewMoney),
        ("/findings/rules", t!(l, review.tab_rules), Shape::Lists, Action::ViewMoney),
        ("/statements", t!(l, common.statements), Shape::Check, Action::ViewMoney),
        ("/admin", t!(l, common.admin), Shape::Access, Action::ViewAudit),
        ("/admin/areas", t!(l, common.areas), Shape::Areas, Action::ViewAreas),
        ("/admin/users", t!(l, common.users), Shape::Users, Action::ManageUsers),
        ("/admin/audit", t!(l, common.audit), Shape::Audit, Action::ViewAudit),
    ]
}

#[component]
pub fn Menu(me: MeView) -> impl IntoView {
    let l = locale();
    let url = use_url();
    let mut allowed: Vec<Entry> =
        entries().into_iter().filter(|(_, _, _, action)| me.may.includes(*action)).collect();
    if me.role == Role::Leader {
        // Stable: the others keep their order.
        allowed.sort_by_key(|(href, ..)| *href != DASHBOARD);
    }
    let addresses: Vec<&'static str> = allowed.iter().map(|(href, ..)| *href).collect();
    jump(addresses.clone());
    // The longest address that begins the page's own is the current one, so that a page of imports does not mark the lists.
    let current = Memo::new(move |_| {
        let path = url.with(|url| url.path().to_owned());
        addresses.iter().copied().filter(|href| is_under(&path, href)).max_by_key(|href| href.len())
    });
    view! {
        <nav class="menu" aria-label=t!(l, common.menu)>
            <ul>
                {allowed
                    .into_iter()
                    .zip(1_u8..)
                    .map(|((href, word, shape, _), number)| {
                        let key = (number <= KEYS).then(|| format!("Alt+{number}"));
                        let shortcut = key.clone();
                        let group = (href == FUNDS).then(|| {
                            view! { <p class="menu-group">{t!(l, common.funds)}</p> }
                        });
                        view! {
                            <li>
                                {group}
                                <a
                                    class="menu-link"
                                    class:menu-inner=is_inner(href)
                                    href=href
                                    title=word
                                    aria-keyshortcuts=shortcut
                                    aria-current=move || (current.get() == Some(href)).then_some("page")
                                >
                                    <Icon shape=shape />
                                    <span class="menu-word">{word}</span>
                                    {key.map(|key| view! { <span class="menu-key" aria-hidden="true">{key}</span> })}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li>
                    <a class="menu-link" href="/api/docs" rel="external" title=t!(l, common.api_docs)>
                        <Icon shape=Shape::Api />
                        <span class="menu-word">{t!(l, common.api_docs)}</span>
                    </a>
                </li>
            </ul>
            <Fold />
        </nav>
    }
    .into_any()
}

/// Lines that stand below another or below the word of their group.
fn is_inner(href: &str) -> bool {
    ["/projects/import", "/findings/rules"].contains(&href)
        || href.starts_with("/admin/")
        || href.starts_with("/funds/")
}

fn is_under(path: &str, href: &str) -> bool {
    let below = |of: &str| {
        path == of || (of != "/" && path.strip_prefix(of).is_some_and(|rest| rest.starts_with('/')))
    };
    below(href) || (href == JOBS && below(COEFFICIENTS))
}

/// Alt+1 to Alt+9 go to the lines of the menu from anywhere.
fn jump(addresses: Vec<&'static str>) {
    let navigate = use_navigate();
    Effect::new(move || {
        let (addresses, navigate) = (addresses.clone(), navigate.clone());
        let handle = window_event_listener(ev::keydown, move |event| {
            let code = event.code();
            let digit = code.strip_prefix("Digit").and_then(|digit| digit.parse::<usize>().ok());
            let plain = event.alt_key() && !event.ctrl_key() && !event.shift_key() && !event.is_composing();
            let asked = digit.filter(|_| plain).and_then(|digit| addresses.get(digit.checked_sub(1)?));
            if let Some(address) = asked {
                event.prevent_default();
                navigate(address, NavigateOptions::default());
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Folds the menu to its drawings; kept in the browser by the same form as the other looks.
#[component]
fn Fold() -> impl IntoView {
    let l = locale();
    let is_small = session::look().menu == "small";
    let (value, word, shape) = if is_small {
        ("wide", t!(l, home.menu_wide), Shape::Next)
    } else {
        ("small", t!(l, home.menu_small), Shape::Previous)
    };
    view! {
        <form method="post" action="/api/account/set_look" class="menu-fold">
            <button type="submit" name="menu" value=value class="menu-link" title=word>
                <Icon shape=shape />
                <span class="menu-word">{word}</span>
            </button>
        </form>
    }
    .into_any()
}
