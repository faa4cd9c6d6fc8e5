//! What a person changes of a document: the head, the weights, each paragraph by itself; then issuing it, or making another on
//! what it knew. Plain forms, one a thing, so that each can be refused by itself.

use super::api;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{Labels, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::bulletin::{BulletinView, Passage};
use contract::error::ApiError;
use domain::bulletin::draft::Part;
use domain::bulletin::rate::Indicator;
use domain::bulletin::wording::{LINE_MOST, PARAGRAPH_MOST};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{Locale, name, t};

/// Lines of the head, with what they are called.
fn lines(l: Locale) -> [(&'static str, &'static str, &'static str); 6] {
    [
        ("organ", t!(l, bulletin.organ), t!(l, bulletin.organ_hint)),
        ("number", t!(l, bulletin.document_number), t!(l, bulletin.document_number_hint)),
        ("title", t!(l, bulletin.document_title), t!(l, bulletin.document_title_hint)),
        ("addressee", t!(l, bulletin.addressee), ""),
        ("signer", t!(l, bulletin.signer), t!(l, bulletin.signer_hint)),
        ("dated", t!(l, bulletin.dated), ""),
    ]
}

/// What the inputs are called, for the summary of errors.
pub fn labels(l: Locale) -> Labels {
    let own = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    let mut labels: Labels = lines(l).iter().map(|(name, label, _)| own(name, label)).collect();
    labels.extend(Indicator::ALL.map(|indicator| own(indicator.code(), name::indicator(l, indicator))));
    labels.push(own("weights", t!(l, bulletin.weights)));
    labels.push(own("text", t!(l, bulletin.wording)));
    labels
}

pub fn section(l: Locale, view: &BulletinView) -> AnyView {
    let passages = view.passages.iter().map(|passage| wording(l, view, passage)).collect_view();
    view! {
        <section class="panel bulletin-desk" data-noprint="">
            <h2>{t!(l, bulletin.edit)}</h2>
            <p class="bulletin-lead">{t!(l, bulletin.edit_text)}</p>
            {letterhead(l, view)}
            {weights(l, view)}
            <h3>{t!(l, bulletin.wording)}</h3>
            {passages}
        </section>
        {issuing(l, view)}
    }
    .into_any()
}

/// The document and the version that a form is about.
fn about(view: &BulletinView) -> AnyView {
    view! {
        <input type="hidden" name="form[bulletin]" value=view.head.bulletin.to_string() />
        <input type="hidden" name="form[version]" value=view.head.version.to_string() />
    }
    .into_any()
}

fn letterhead(l: Locale, view: &BulletinView) -> AnyView {
    let head = &view.letterhead;
    let kept = [&head.organ, &head.number, &head.title, &head.addressee, &head.signer, &head.dated];
    let error = returned_error(api::HeadBulletin::PATH);
    let fields = lines(l)
        .into_iter()
        .zip(kept)
        .map(|((name, label, hint), kept)| {
            let value = typed(api::HeadBulletin::PATH, name).unwrap_or_else(|| kept.clone());
            let fault = field_error(error.as_ref(), name);
            view! {
                <Field name=name label=label hint=hint error=fault>
                    <input
                        class="input"
                        id=name
                        name=format!("form[{name}]")
                        value=value
                        maxlength=LINE_MOST.to_string()
                        lang="zh-CN"
                        aria-describedby=format!("{name}-note")
                    />
                </Field>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=api::HeadBulletin::PATH class="bulletin-form">
            <h3>{t!(l, bulletin.letterhead)}</h3>
            {about(view)}
            {fields}
            <p class="toolbar">
                <Submit>{t!(l, bulletin.save_head)}</Submit>
            </p>
        </form>
    }
    .into_any()
}

fn weights(l: Locale, view: &BulletinView) -> AnyView {
    let error = returned_error(api::WeighBulletin::PATH);
    let fields = Indicator::ALL.map(|indicator| weight(l, view, indicator, error.as_ref())).collect_view();
    let fault = field_error(error.as_ref(), "weights");
    view! {
        <form method="post" action=api::WeighBulletin::PATH class="bulletin-form">
            <h3 id="weights">{t!(l, bulletin.weights)}</h3>
            <p class="field-hint">{t!(l, bulletin.weights_text)}</p>
            {fault.map(|text| view! { <p class="field-error">{text}</p> })}
            {about(view)}
            <div class="bulletin-weights">{fields}</div>
            <p class="toolbar">
                <Submit>{t!(l, bulletin.save_weights)}</Submit>
            </p>
        </form>
    }
    .into_any()
}

fn weight(l: Locale, view: &BulletinView, indicator: Indicator, error: Option<&ApiError>) -> AnyView {
    let code = indicator.code();
    let value = typed(api::WeighBulletin::PATH, code);
    let value = value.unwrap_or_else(|| view.weights.of(indicator).to_string());
    view! {
        <Field name=code label=name::indicator(l, indicator) error=field_error(error, code)>
            <input
                class="input"
                id=code
                name=format!("form[{code}]")
                type="number"
                min="0"
                max="100"
                value=value
                aria-describedby=format!("{code}-note")
            />
        </Field>
    }
    .into_any()
}

/// A paragraph with its own form. Sent back empty, it is the draft's again.
fn wording(l: Locale, view: &BulletinView, passage: &Passage) -> AnyView {
    const DOOR: &str = api::RewordBulletin::PATH;
    let code = passage.part.code();
    let is_refused = typed(DOOR, "part").is_some_and(|part| Part::from_code(&part) == Some(passage.part));
    let again = if is_refused { typed(DOOR, "text") } else { None };
    let fault = if is_refused { field_error(returned_error(DOOR).as_ref(), "text") } else { None };
    // The summary of errors leads to `#text`: the paragraph that was refused has that name.
    let id = if is_refused { "text".to_owned() } else { format!("text-{code}") };
    let hint = if passage.is_reworded { t!(l, bulletin.is_reworded) } else { t!(l, bulletin.is_draft) };
    let text = again.unwrap_or_else(|| passage.text.clone());
    view! {
        <form method="post" action=DOOR class="bulletin-form">
            {about(view)}
            <input type="hidden" name="form[part]" value=code />
            <Field name=id.clone() label=passage.heading.clone() hint=hint error=fault>
                <textarea
                    class="input"
                    id=id.clone()
                    name="form[text]"
                    rows="4"
                    maxlength=PARAGRAPH_MOST.to_string()
                    lang="zh-CN"
                    aria-describedby=format!("{id}-note")
                >
                    {in_textarea(text)}
                </textarea>
            </Field>
            <p class="toolbar">
                <Submit>{t!(l, bulletin.save_text)}</Submit>
            </p>
        </form>
    }
    .into_any()
}

fn issuing(l: Locale, view: &BulletinView) -> AnyView {
    let key = |act: &str| format!("{}-{act}", view.key);
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, bulletin.issue)}</h2>
            <p>{t!(l, bulletin.issue_text)}</p>
            <form method="post" action=api::IssueBulletin::PATH class="toolbar">
                {about(view)}
                <input type="hidden" name="form[key]" value=key("issue") />
                <Submit weight=Weight::Primary>{t!(l, bulletin.issue)}</Submit>
            </form>
            <p>{t!(l, bulletin.again_text)}</p>
            <form method="post" action=api::BeginBulletin::PATH class="toolbar">
                <input type="hidden" name="form[key]" value=key("again") />
                <input type="hidden" name="form[like]" value=view.head.bulletin.to_string() />
                <Submit>{t!(l, bulletin.again)}</Submit>
            </form>
        </section>
    }
    .into_any()
}
