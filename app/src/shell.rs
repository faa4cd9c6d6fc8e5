//! The document around every page, and the frame around every signed-in page: bar on top, menu on the left.

pub mod menu;

use crate::account::look_panel::LookPanel;
use crate::later::Part;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::icon::{Icon, Shape};
use crate::parts::toast::ToastArea;
use crate::routes::{App, part_of};
use crate::session::{self, Reader};
use contract::account::MeView;
use leptos::ev;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_meta::MetaTags;
use leptos_router::components::Outlet;
use leptos_router::location::RequestUrl;
use menu::Menu;
use web_sys::HtmlElement;
use words::locale::{locale, tag};
use words::t;

/// Addresses of the built front end, with their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    pub script: Option<String>,
    pub program: Option<String>,
    pub style: Option<String>,
    /// The name of a part and a file that it needs; a part that needs several stands several times.
    pub parts: Vec<(String, String)>,
}

impl Assets {
    /// The files of one part.
    fn of(&self, part: Part) -> impl Iterator<Item = &String> {
        self.parts.iter().filter(move |(name, _)| name == part.name()).map(|(_, file)| file)
    }
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
            data-menu=set(look.menu)
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

/// Starts the program in the browser, with the part that this page needs. The policy allows this one script by its
/// nonce and what it loads. All files are asked for at once, so that none waits for another.
#[component]
fn Start(assets: Assets) -> impl IntoView {
    let (Some(script), Some(program)) = (assets.script.clone(), assets.program.clone()) else {
        return ().into_any();
    };
    let nonce = use_nonce();
    let part = page_part();
    let name = part.map(Part::name).unwrap_or_default();
    let start = format!(
        "import({script:?}).then(m=>m.default({{module_or_path:{program:?}}}).then(()=>m.hydrate({name:?})))"
    );
    let parts = part.map(|part| assets.of(part).cloned().collect::<Vec<_>>()).unwrap_or_default();
    let early = |href: String| {
        view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous" /> }
    };
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone() />
        {early(program)}
        {parts.into_iter().map(early).collect_view()}
        <script type="module" nonce=nonce>
            {start}
        </script>
    }
    .into_any()
}

/// The part of the page that is being rendered.
fn page_part() -> Option<Part> {
    let url = use_context::<RequestUrl>()?.parse().ok()?;
    part_of(url.path())
}

/// Bar, menu and place for the page. Who is not signed in never gets here: the server has sent them to sign in.
#[component]
pub fn Frame() -> impl IntoView {
    let Reader(me) = expect_context::<Reader>();
    match me {
        Ok(me) => {
            provide_context(me.clone());
            view! { <Framed me=me /> }.into_any()
        }
        Err(error) => view! { <main id="main" class="alone"><ErrorPanel error=error /></main> }.into_any(),
    }
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

/// The id by which Ctrl+K finds the box.
const SEARCH_ID: &str = "find-everywhere";

/// The search everywhere: a plain form, with a key that leads to it from any page.
#[component]
fn SearchBox() -> impl IntoView {
    let l = locale();
    let listen = move || {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.is_composing() || !event.ctrl_key() || event.alt_key() || event.code() != "KeyK" {
                return;
            }
            event.prevent_default();
            let found = leptos::prelude::document().get_element_by_id(SEARCH_ID);
            if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                // A browser that refuses the focus leaves it where it is.
                drop(input.focus());
            }
        });
        on_cleanup(move || handle.remove());
    };
    Effect::new(listen);
    view! {
        <form method="get" action=crate::home::page::FIND_PATH class="bar-search" role="search" aria-label=t!(l, home.find)>
            <input
                class="input"
                id=SEARCH_ID
                type="search"
                name="q"
                maxlength="100"
                autocomplete="off"
                placeholder=t!(l, home.find_label)
                aria-label=t!(l, home.find_label)
                aria-keyshortcuts="Control+K"
            />
        </form>
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
            <SearchBox />
            <nav class="bar-tools toolbar" aria-label=t!(l, common.account)>
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
