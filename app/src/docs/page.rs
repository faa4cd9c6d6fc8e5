//! How to use the interface: tokens, pages, amounts, changes, errors, limits, examples. The address of every error's
//! `type` is a place on this page.

use crate::parts::page_head::PageHead;
use contract::account::{TOKEN_BURST, TOKEN_PER_SECOND};
use leptos::prelude::*;
use words::explain::{PROBLEMS, problem_title};
use words::locale::locale;
use words::t;

const READ: &str = r#"curl -H "Authorization: Bearer $TOKEN" \
  "https://houfu.example/api/v1/projects?list=1y&limit=50""#;
const SUMS: &str = r#"curl -H "Authorization: Bearer $TOKEN" -H "Accept-Language: en" \
  "https://houfu.example/api/v1/lists/1y?area=520526""#;
const CHANGE: &str = r#"curl -X PATCH -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" -H "Idempotency-Key: 2f0c9d5e-0001" \
  -d '{"version": 3, "total_fen": "1850500000"}' \
  "https://houfu.example/api/v1/projects/$ID""#;

#[component]
pub fn DocsPage() -> impl IntoView {
    let l = locale();
    view! {
        <PageHead title=t!(l, api.docs_title) />
        <p>{t!(l, api.docs_intro)}</p>
        <p>
            <a href="/api/docs/ui/" rel="external">
                {t!(l, api.docs_try)}
            </a>
            " · "
            <a href="/api/openapi.json" rel="external">
                {t!(l, api.docs_file)}
            </a>
        </p>
        <Part title=t!(l, api.docs_tokens) text=t!(l, api.docs_tokens_text) />
        <Part title=t!(l, api.docs_paging) text=t!(l, api.docs_paging_text) />
        <Part title=t!(l, api.docs_amounts) text=t!(l, api.docs_amounts_text) />
        <Part title=t!(l, api.docs_changes) text=t!(l, api.docs_changes_text) />
        <Errors />
        <section class="panel">
            <h2>{t!(l, api.docs_limits)}</h2>
            <ul>
                <li>{t!(l, api.docs_limit_rate, second = TOKEN_PER_SECOND, burst = TOKEN_BURST)}</li>
                <li>{t!(l, api.docs_limit_body)}</li>
                <li>{t!(l, api.docs_limit_page)}</li>
            </ul>
        </section>
        <section class="panel">
            <h2>{t!(l, api.docs_examples)}</h2>
            <Example title=t!(l, api.docs_example_read) text=READ />
            <Example title=t!(l, api.docs_example_sums) text=SUMS />
            <Example title=t!(l, api.docs_example_change) text=CHANGE />
        </section>
    }
    .into_any()
}

#[component]
fn Part(title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <p>{text}</p>
        </section>
    }
    .into_any()
}

#[component]
fn Errors() -> impl IntoView {
    let l = locale();
    view! {
        <section class="panel">
            <h2>{t!(l, api.docs_errors)}</h2>
            <p>{t!(l, api.docs_errors_text)}</p>
            <div class="table-scroll">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, api.docs_error_status)}</th>
                            <th scope="col">{t!(l, api.docs_error_type)}</th>
                            <th scope="col">{t!(l, api.docs_error_means)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {PROBLEMS
                            .into_iter()
                            .map(|(kind, status)| {
                                view! {
                                    <tr id=kind>
                                        <td>{status}</td>
                                        <td>
                                            <code>{format!("/api/docs#{kind}")}</code>
                                        </td>
                                        <td>{problem_title(l, kind)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Example(title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <h3>{title}</h3>
        <pre class="docs-example" tabindex="0" role="region" aria-label=title>
            <code>{text}</code>
        </pre>
    }
    .into_any()
}
