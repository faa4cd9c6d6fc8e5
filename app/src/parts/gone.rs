//! Values of pages that may be gone: a question of theirs can still be on its way when the server has sent the page, and
//! what was to be shown of it is still made then. Nothing of the router and no memo of a page is read but through here.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// The query of the address, as everything within the router finds it.
#[derive(Clone, Copy)]
struct Query(Memo<ParamsMap>);

/// Called once, within the router.
pub fn provide_query() {
    provide_context(Query(use_query_map()));
}

/// What the page asks for, or nothing in particular when it is gone; its answer is not shown any more then.
pub fn read<T: Clone + Default + Send + Sync + 'static>(asked: Memo<T>) -> T {
    asked.try_get().unwrap_or_default()
}

/// What the address says at this moment, as `read` understands it; nothing in particular when the page is gone.
pub fn query<T: Default>(read: impl FnOnce(&ParamsMap) -> T) -> T {
    let query = use_context::<Query>();
    query.and_then(|Query(query)| query.try_with_untracked(read)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_says_nothing_and_stops_nobody() {
        let owner = Owner::new();
        let address = || ParamsMap::from_iter([("done", "saved".to_owned())]);
        let asked = owner.with(|| Memo::new(|_| 7_u32));
        owner.with(|| provide_context(Query(Memo::new(move |_| address()))));
        let late = owner.child();
        let told = || late.with(|| (read(asked), query(|query| query.get("done"))));
        assert_eq!(told(), (7, Some("saved".to_owned())));
        owner.cleanup();
        assert_eq!(told(), (0, None));
    }
}
