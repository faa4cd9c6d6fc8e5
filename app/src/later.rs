//! Pages are loaded later: the program of the browser comes as a kernel and two parts, and a page needs the kernel and
//! one of them. Here is how a part is asked for and what happens when it cannot be had; which page is in which part is
//! said in `routes`, and how the program is cut is the builder's (`xtask`).

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;
use leptos_router::hooks::use_url;
use leptos_router::location::Url;
use std::pin::Pin;

/// Milliseconds before a part that did not come is asked for again.
const PAUSE: u32 = 1_500;

/// A part of the program. The builder names the files of a part after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is open all day: the grid of a list.
    Lists,
    /// Every other page.
    Pages,
}

impl Part {
    /// The name that server, builder and browser share.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Lists => "lists",
            Part::Pages => "pages",
        }
    }
}

/// A part did not come: the network failed, or the server has another edition of the program by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Missing {
        Missing
    }
}

/// What a function of another part gives back when it has to ask a door first.
pub type Answer<T> = Pin<Box<dyn Future<Output = T>>>;

/// The pages of one part, one variant each; made by the table in `routes`.
pub trait Screen: Copy + Send + Sync + 'static {
    /// Fetches the part, once. On the server it is there.
    fn load() -> impl Future<Output = Result<(), Missing>>;

    /// The page itself.
    fn show(self) -> impl Future<Output = Result<AnyView, Missing>>;
}

/// Fetches a part for the page that is being loaded, and once more when it did not come.
pub async fn load<S: Screen>() -> Result<(), Missing> {
    match S::load().await {
        Ok(()) => Ok(()),
        Err(Missing) => {
            TimeoutFuture::new(PAUSE).await;
            S::load().await
        }
    }
}

/// What stands in a route: the page, shown when its part is there. The page before it stays until then.
#[derive(Clone, Copy, Debug)]
pub struct Later<S>(pub S);

impl<S: Screen> ChooseView for Later<S> {
    async fn preload(&self) {
        // Asked before waiting: afterwards the page around may be another one.
        let asked = use_url().get_untracked();
        if S::load().await.is_err() {
            leave(&asked).await;
        }
    }

    async fn choose(self) -> AnyView {
        // Not reached without its part: `preload` goes before.
        self.0.show().await.unwrap_or_else(|Missing| ().into_any())
    }
}

/// Lets the browser load the page as a document: from the server it is complete without the part, and it names the
/// files of the server's own edition. The old page stays until then, so this never comes back.
async fn leave(asked: &Url) {
    let mut address = asked.path().to_owned();
    for (sign, piece) in [('?', asked.search()), ('#', asked.hash().trim_start_matches('#'))] {
        if !piece.is_empty() {
            address.push(sign);
            address.push_str(piece);
        }
    }
    if let Err(error) = window().location().assign(&address) {
        leptos::logging::error!("a page that did not load cannot be asked for: {error:?}");
    }
    std::future::pending::<()>().await;
}
