//! The document around every page, and the frame around every signed-in page: bar on top, menu on the left.

use crate::account::look_panel::LookPanel;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::icon::{Icon, Shape};
use crate::parts::loading::Loading;
use crate::parts::toast::ToastArea;
use crate::routes::App;
use crate::session::{self, Session};
use contract::account::MeView;
use contract::error::ApiError;
use domain::permission::Action;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::{use_location, use_url};
use words::locale::{locale, tag};
use words::t;

/// Addresses of the built front end, with their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    pub script: Option<String>,
    pub program: Option<String>,
    pub style: Option<String>,
}

/// The whole document; rendered on the server only.
pub fn document(assets: &Assets) -> impl IntoView + use<> {
    let look = session::look();
    let assets = assets.clone();
    let set = |value: String| (!value.is_empty()).then_some(value);
    view! {
        <!DOCTYPE html>
        <html
            lang=tag(locale())
            data-theme=set(look.theme)
            data-contrast=set(look.contrast)
            data-text=set(look.text)
            data-motion=set(look.motion)
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {assets.style.clone().map(|href| view! { <link rel="stylesheet" href=href /> })}
                <Start assets=assets />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Starts the program in the browser. The policy allows this one script by its nonce and what it loads.
#[component]
fn Start(assets: Assets) -> impl IntoView {
    let (Some(script), Some(program)) = (assets.script, assets.program) else { return ().into_any() };
    let nonce = use_nonce();
    let start = format!(
        "import({script:?}).then(m=>m.default({{module_or_path:{program:?}}}).then(()=>m.hydrate()))"
    );
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone() />
        <link rel="preload" href=program r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>
            {start}
        </script>
    }
    .into_any()
}

/// Bar, menu and place for the page; sends people who are not signed in to the sign-in page.
#[component]
pub fn Frame() -> impl IntoView {
    let session = expect_context::<Session>();
    let location = use_location();
    let here = location.pathname.get_untracked()
        + &location
            .search
            .with_untracked(|search| if search.is_empty() { String::new() } else { format!("?{search}") });
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let here = here.clone();
                Suspend::new(async move {
                    match session.me.await {
                        Ok(me) if me.must_change && !here.starts_with("/account") => {
                            view! { <Redirect path="/account" /> }.into_any()
                        }
                        Ok(me) => {
                            provide_context(me.clone());
                            view! { <Framed me=me /> }.into_any()
                        }
                        Err(ApiError::SignedOut) => {
                            let next = query_encoded(&here);
                            view! { <Redirect path=format!("/login?next={next}") /> }.into_any()
                        }
                        Err(error) => view! { <main id="main" class="alone"><ErrorPanel error=error /></main> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// Percent-encodes what may not stand in a query.
fn query_encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[component]
fn Framed(me: MeView) -> impl IntoView {
    let l = locale();
    let demo = me.demo;
    view! {
        <a class="skip" href="#main">
            {t!(l, common.skip)}
        </a>
        {demo.then(|| view! { <p class="demo-banner" role="note">{t!(l, common.demo_banner)}</p> })}
        <TopBar me=me.clone() />
        <div class="frame">
            <Menu me=me />
            <main id="main" class="page" tabindex="-1">
                <Outlet />
            </main>
        </div>
        <ToastArea />
    }
    .into_any()
}

#[component]
fn TopBar(me: MeView) -> impl IntoView {
    let l = locale();
    view! {
        <header class="bar">
            <a class="bar-product" href="/">
                {t!(l, common.product)}
            </a>
            <span class="bar-area">{me.area_name}</span>
            <nav class="bar-tools toolbar" aria-label=t!(l, common.account)>
                <a class="bar-link" href="/projects">
                    <Icon shape=Shape::Search />
                    {t!(l, common.search)}
                </a>
                <LookPanel />
                <a class="bar-link" href="/account">
                    <Icon shape=Shape::Account />
                    {me.name}
                </a>
                <form method="post" action="/api/account/sign_out" class="bar-form">
                    <button type="submit" class="bar-link bar-button">
                        <Icon shape=Shape::Exit />
                        {t!(l, common.sign_out)}
                    </button>
                </form>
            </nav>
        </header>
    }
    .into_any()
}

/// One line of the menu: address, word, drawing, and what one must be allowed to do to see it.
type Entry = (&'static str, &'static str, Shape, Action);

fn entries() -> [Entry; 8] {
    let l = locale();
    [
        ("/", t!(l, common.home), Shape::Home, Action::ManageOwnAccount),
        ("/projects", t!(l, common.projects), Shape::Lists, Action::ViewProjects),
        ("/projects/import", t!(l, common.import), Shape::Import, Action::ImportWorkbook),
        ("/communities", t!(l, common.sites), Shape::Sites, Action::ViewSites),
        ("/admin", t!(l, common.admin), Shape::Access, Action::ViewAudit),
        ("/admin/areas", t!(l, common.areas), Shape::Areas, Action::ViewAreas),
        ("/admin/users", t!(l, common.users), Shape::Users, Action::ManageUsers),
        ("/admin/audit", t!(l, common.audit), Shape::Audit, Action::ViewAudit),
    ]
}

#[component]
fn Menu(me: MeView) -> impl IntoView {
    let l = locale();
    let url = use_url();
    let allowed: Vec<Entry> =
        entries().into_iter().filter(|(_, _, _, action)| me.may.includes(*action)).collect();
    let addresses: Vec<&'static str> = allowed.iter().map(|(href, ..)| *href).collect();
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
                    .map(|(href, word, shape, _)| {
                        view! {
                            <li>
                                <a
                                    class="menu-link"
                                    class:menu-inner=href == "/projects/import" || href.starts_with("/admin/")
                                    href=href
                                    aria-current=move || (current.get() == Some(href)).then_some("page")
                                >
                                    <Icon shape=shape />
                                    <span>{word}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li>
                    <a class="menu-link" href="/api/docs" rel="external">
                        <Icon shape=Shape::Api />
                        <span>{t!(l, common.api_docs)}</span>
                    </a>
                </li>
            </ul>
        </nav>
    }
    .into_any()
}

fn is_under(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}
