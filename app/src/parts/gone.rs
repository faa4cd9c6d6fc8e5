//! Values of pages that may be gone: a question of theirs can still be on its way when the server has sent the page.

use leptos::prelude::*;

/// What the page asks for, or nothing in particular when it is gone; its answer is not shown any more then.
pub fn read<T: Clone + Default + Send + Sync + 'static>(asked: Memo<T>) -> T {
    asked.try_get().unwrap_or_default()
}
