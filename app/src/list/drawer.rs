//! 项目速览: the active row beside the grid. The focus stays in the grid, so arrows go on and the drawer follows.

use crate::later::{Answer, Missing};
use crate::parts::button::{Button, LinkButton, Weight};
use crate::parts::error_panel::ErrorPanel;
use crate::parts::grid::state::GridState;
use crate::parts::loading::Loading;
use crate::parts::status::StageChip;
use crate::project::text::shown;
use contract::error::ApiError;
use contract::list::ProjectRow;
use contract::project::ProjectView;
use domain::money::Unit;
use domain::project::{Field, Gate, Value};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use std::rc::Rc;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn Drawer(state: GridState, rows: StoredValue<Vec<ProjectRow>>) -> impl IntoView {
    let l = locale();
    let asked = Memo::new(move |_| {
        let at = state.range.with(|range| range.active.row);
        let id = rows.with_value(|rows| rows.get(at).map(|row| row.project.to_string()));
        id.filter(|_| state.looking.get())
    });
    // Fetched in the browser only: the drawer is opened by a key.
    let project = LocalResource::new(move || {
        let id = asked.get();
        async move {
            match id {
                Some(id) => Some(read(id, l).await),
                None => None,
            }
        }
    });
    view! {
        <Show when=move || state.looking.get()>
            <aside class="list-drawer" aria-label=t!(l, list.drawer) aria-live="polite">
                <header class="list-drawer-head">
                    <h2>{t!(l, list.drawer)}</h2>
                    <Button weight=Weight::Quiet on_press=move |()| state.looking.set(false)>
                        {t!(l, common.close)}
                    </Button>
                </header>
                {move || match project.get() {
                    Some(Some(body)) => body(),
                    Some(None) | None => view! { <Loading /> }.into_any(),
                }}
            </aside>
        </Show>
    }
}

/// What stands in the drawer once it is read.
type Body = Rc<dyn Fn() -> AnyView>;

async fn read(id: String, l: Locale) -> Body {
    match ask(id, l).await {
        Ok(asked) => asked.await,
        Err(Missing) => wrong(ApiError::Transport { detail: String::new() }),
    }
}

/// Comes with the other part of the program: to read a whole project is as much code as the grid itself.
#[wasm_split(pages, wasm_split_path = ::leptos::wasm_split, fallible)]
fn ask(id: String, l: Locale) -> Result<Answer<Body>, Missing> {
    Ok(Box::pin(async move {
        match crate::project::api::project(id).await {
            Ok(view) => Rc::new(move || facts(l, &view)),
            Err(error) => wrong(error),
        }
    }))
}

fn wrong(error: ApiError) -> Body {
    Rc::new(move || view! { <ErrorPanel error=error.clone() /> }.into_any())
}

/// What a planner asks first, each with its word.
const FIELDS: [Field; 9] = [
    Field::Code,
    Field::Category,
    Field::Nature,
    Field::Start,
    Field::Finish,
    Field::JobsOperation,
    Field::Unit,
    Field::Person,
    Field::Content,
];

fn facts(l: Locale, view: &ProjectView) -> AnyView {
    let text = |field| view.value(field).map_or_else(|| format::UNKNOWN.to_owned(), |value| shown(l, value));
    let line = |word: String, text: String| {
        view! {
            <dt>{word}</dt>
            <dd>{text}</dd>
        }
    };
    let stage = match view.value(Field::Stage) {
        Some(Value::Stage(stage)) => Some(view! { <StageChip stage=*stage /> }),
        Some(_) | None => None,
    };
    let gap = view.gap.map_or_else(|| format::UNKNOWN.to_owned(), |gap| format::delta(gap, Unit::Wan));
    let sources = view
        .values
        .iter()
        .filter(|(field, _)| matches!(field, Field::Source(_)))
        .map(|(field, value)| line(name::field(l, *field), shown(l, value)))
        .collect_view();
    let passed = view.values.iter().filter(|(field, _)| matches!(field, Field::Gate(_))).count();
    let gates = t!(l, list.gates_passed, passed = passed.min(Gate::ALL.len()));
    view! {
        <div class="list-drawer-body">
            <h3>{text(Field::Name)}</h3>
            <p class="list-drawer-line">
                {stage}
                <span>{view.area_name.clone()}</span>
            </p>
            <dl class="list-drawer-facts">
                {line(name::field(l, Field::Total), text(Field::Total))}
                {line(t!(l, list.gap).to_owned(), gap)}
                {line(t!(l, list.gates).to_owned(), gates)}
                {sources}
                {FIELDS.map(|field| line(name::field(l, field), text(field))).collect_view()}
            </dl>
            <p class="toolbar">
                <LinkButton href=format!("/projects/{}", view.project) weight=Weight::Primary>
                    {t!(l, list.drawer_open)}
                </LinkButton>
            </p>
        </div>
    }
    .into_any()
}
