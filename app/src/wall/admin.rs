//! `/admin/walls`: keys of wall screens, each for one area; made, listed with their last use, revoked.

use super::api::{self, MakeWall, RevokeWall};
use super::enter;
use crate::account::page::Made;
use crate::area::picker::AreaPicker;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::TextField;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::retyped::{back, typed};
use contract::error::ApiError;
use contract::wall::{WallForm, WallLine, WallStanding};
use leptos::form::ActionForm;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

/// The path of this page.
pub const PATH: &str = "/admin/walls";

/// Back to the form with what was typed.
pub fn retyped(form: &WallForm) -> String {
    back(PATH, &[("name", &form.name), ("area", &form.area), ("expires", &form.expires)])
}

#[component]
pub fn WallsPage() -> impl IntoView {
    let l = locale();
    let make = ServerAction::<MakeWall>::new();
    let revoke = ServerAction::<RevokeWall>::new();
    let lines = ask(move || (make.version().try_get(), revoke.version().try_get()), |_| api::walls());
    let waiting = ask(|| (), |()| crate::account::api::made_token());
    let outcome = move || {
        make.value().get().and_then(|result| {
            let made = result.ok()?;
            Some(view! { <Made word=t!(locale(), wall.made) secret=parted(&made.secret) /> })
        })
    };
    let refused =
        move || revoke.value().get().and_then(Result::err).map(|error| view! { <ErrorPanel error=error /> });
    view! {
        <PageHead title=t!(l, wall.title) />
        <section class="panel" data-noprint="">
            <h2>{t!(l, wall.create)}</h2>
            <p class="field-hint">{t!(l, wall.hint)}</p>
            <p class="field-hint">{t!(l, wall.how, path = enter::PATH)}</p>
            {outcome}
            // With scripts off the secret comes with the page that follows the form.
            <Suspense>
                {move || Suspend::new(async move {
                    let secret = waiting.await.ok().flatten();
                    secret.map(|secret| view! { <Made word=t!(locale(), wall.made) secret=parted(&secret) /> })
                })}
            </Suspense>
            <MakeForm make=make />
        </section>
        {refused}
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match lines.await {
                    Ok(lines) if lines.is_empty() => view! { <Empty reason=t!(l, wall.empty) /> }.into_any(),
                    Ok(lines) => view! { <WallTable lines=lines revoke=revoke /> }.into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// In groups of four, as it is typed on a screen.
fn parted(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[component]
fn MakeForm(make: ServerAction<MakeWall>) -> impl IntoView {
    let l = locale();
    let came = |input: &str| typed(MakeWall::PATH, input).unwrap_or_default();
    let returned = StoredValue::new(returned_error(MakeWall::PATH));
    let error = Memo::new(move |_| make.value().get().and_then(Result::err).or_else(|| returned.get_value()));
    let of = move |name: &'static str| {
        Signal::derive(move || error.with(|error| field_error(error.as_ref(), name)))
    };
    let labels = [("name", t!(l, wall.name)), ("area", t!(l, wall.area)), ("expires", t!(l, wall.expires))]
        .map(|(name, label)| (name.to_owned(), label.to_owned()))
        .to_vec();
    let panel = move || {
        let labels = labels.clone();
        error.get().map(|error: ApiError| view! { <ErrorPanel error=error labels=labels /> })
    };
    view! {
        {panel}
        <ActionForm action=make attr:class="form form-row">
            <TextField
                name="name"
                label=t!(l, wall.name)
                hint=t!(l, wall.name_hint)
                value=came("name")
                required=true
                maxlength=100
                error=of("name")
            />
            <AreaPicker name="area" label=t!(l, wall.area) value=came("area") required=false error=of("area") />
            <TextField
                name="expires"
                label=t!(l, wall.expires)
                hint=t!(l, wall.expires_hint)
                value=came("expires")
                kind="date"
                error=of("expires")
            />
            <Submit weight=Weight::Primary>{t!(l, wall.create)}</Submit>
        </ActionForm>
    }
    .into_any()
}

fn standing(l: Locale, standing: WallStanding) -> &'static str {
    match standing {
        WallStanding::Open => t!(l, wall.open),
        WallStanding::Expired => t!(l, wall.expired),
        WallStanding::Revoked => t!(l, wall.revoked),
    }
}

#[component]
fn WallTable(lines: Vec<WallLine>, revoke: ServerAction<RevokeWall>) -> impl IntoView {
    let l = locale();
    view! {
        <div class="table-scroll">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, wall.name)}</th>
                        <th scope="col">{t!(l, wall.area)}</th>
                        <th scope="col">{t!(l, wall.standing)}</th>
                        <th scope="col">{t!(l, wall.maker)}</th>
                        <th scope="col">{t!(l, common.created)}</th>
                        <th scope="col">{t!(l, wall.last_used)}</th>
                        <th scope="col">{t!(l, wall.expires)}</th>
                        <th scope="col">{t!(l, common.actions)}</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(|line| row(l, line, revoke)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, line: WallLine, revoke: ServerAction<RevokeWall>) -> AnyView {
    let used = line.last_used.map_or_else(|| t!(l, wall.never).to_owned(), format::instant);
    let expires = line.expires.map_or_else(|| t!(l, wall.no_end).to_owned(), format::date);
    let label = t!(l, wall.revoke_of, name = line.name.clone());
    let take_back = (line.standing == WallStanding::Open).then(|| {
        view! {
            <ActionForm action=revoke attr:aria-label=label>
                <input type="hidden" name="wall" value=line.wall.to_string() />
                <Submit weight=Weight::Danger>{t!(l, wall.revoke)}</Submit>
            </ActionForm>
        }
    });
    view! {
        <tr>
            <th scope="row">{line.name}</th>
            <td>{line.area_name}</td>
            <td>{standing(l, line.standing)}</td>
            <td>{line.maker}</td>
            <td class="date">{format::instant(line.created)}</td>
            <td class="date">{used}</td>
            <td class="date">{expires}</td>
            <td>{take_back}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_in_groups() {
        assert_eq!(parted("0123456789abcdef"), "0123-4567-89ab-cdef");
    }
}
