//! Language and accessibility: plain forms, so that they work with scripts off.

use crate::parts::icon::{Icon, Shape};
use crate::session::look;
use leptos::prelude::*;
use words::locale::{all, locale, tag};
use words::{Locale, t};

const ACTION: &str = "/api/account/set_look";

/// The switch of languages and the folded panel of looks.
#[component]
pub fn LookPanel() -> impl IntoView {
    let l = locale();
    view! {
        <form method="post" action=ACTION class="look-language" role="group" aria-label=t!(l, common.language)>
            {all()
                .into_iter()
                .map(|language| {
                    view! {
                        <button
                            type="submit"
                            name="language"
                            value=tag(language)
                            lang=tag(language)
                            class="bar-link bar-button"
                            aria-pressed=if language == l { "true" } else { "false" }
                        >
                            {language_name(l, language)}
                        </button>
                    }
                })
                .collect_view()}
        </form>
        <details class="look">
            <summary class="bar-link">
                <Icon shape=Shape::Access />
                {t!(l, common.access)}
            </summary>
            <Looks />
        </details>
    }
    .into_any()
}

#[component]
fn Looks() -> impl IntoView {
    let l = locale();
    let now = look();
    view! {
        <form method="post" action=ACTION class="look-form">
            <Choice
                name="text"
                label=t!(l, common.text_size)
                now=now.text
                choices=vec![("100", "100%"), ("125", "125%"), ("150", "150%")]
            />
            <Choice
                name="theme"
                label=t!(l, common.theme)
                now=now.theme
                choices=vec![
                    ("auto", t!(l, common.theme_auto)),
                    ("light", t!(l, common.theme_light)),
                    ("dark", t!(l, common.theme_dark)),
                ]
            />
            <Choice
                name="contrast"
                label=t!(l, common.contrast)
                now=now.contrast
                choices=vec![("normal", t!(l, common.contrast_normal)), ("high", t!(l, common.contrast_high))]
            />
            <Choice
                name="motion"
                label=t!(l, common.motion)
                now=now.motion
                choices=vec![("on", t!(l, common.motion_on)), ("off", t!(l, common.motion_off))]
            />
            <button type="submit" class="button button-primary">
                {t!(l, common.apply)}
            </button>
        </form>
    }
    .into_any()
}

/// The first choice is the default, kept as an empty value.
#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    now: String,
    choices: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let options = choices.into_iter().enumerate().map(move |(at, (value, word))| {
        let checked = if now.is_empty() { at == 0 } else { now == value };
        view! {
            <label class="look-choice">
                <input type="radio" name=name value=value checked=checked />
                {word}
            </label>
        }
    });
    view! {
        <fieldset class="look-set">
            <legend>{label}</legend>
            {options.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Both languages are named in themselves, whatever the page's own is.
fn language_name(l: Locale, language: Locale) -> &'static str {
    match language {
        Locale::zh_CN => t!(l, common.language_zh),
        Locale::en => t!(l, common.language_en),
    }
}
