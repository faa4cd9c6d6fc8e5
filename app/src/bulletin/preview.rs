//! The document as it will print: on the screen as a sheet of paper, on paper with the margins of official papers. Its words
//! are Chinese in every language of the screens.

use contract::bulletin::{Block, BlockKind, Paper};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn Preview(paper: Paper) -> impl IntoView {
    let l = locale();
    let Paper { head, blocks, basis, made: _ } = paper;
    let has_head = !head.organ.is_empty() || !head.number.is_empty();
    let organ = (!head.organ.is_empty()).then(|| view! { <p class="bulletin-organ">{head.organ}</p> });
    let number = (!head.number.is_empty()).then(|| view! { <p class="bulletin-number">{head.number}</p> });
    let addressee = (!head.addressee.is_empty()).then(|| {
        let text = format!("{}\u{ff1a}", head.addressee.trim_end_matches(['\u{ff1a}', ':']));
        view! { <p class="bulletin-addressee">{text}</p> }
    });
    let signed = [head.signer, head.dated]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="bulletin-signer">{text}</p> })
        .collect_view();
    view! {
        <section class="bulletin-sheet prose" lang="zh-CN" aria-label=t!(l, bulletin.preview)>
            {organ}
            {number}
            {has_head.then(|| view! { <hr class="bulletin-rule" /> })}
            <h2 class="bulletin-title">{head.title}</h2>
            {addressee}
            {blocks.into_iter().map(block).collect_view()}
            {signed}
            <p class="bulletin-basis">{basis}</p>
        </section>
    }
    .into_any()
}

fn block(block: Block) -> AnyView {
    match block.kind {
        BlockKind::Section => view! { <h3 class="bulletin-chapter">{block.text}</h3> }.into_any(),
        BlockKind::Subsection => view! { <h4 class="bulletin-heading">{block.text}</h4> }.into_any(),
        BlockKind::Body => view! { <p class="bulletin-text">{block.text}</p> }.into_any(),
        BlockKind::Table => table(block),
    }
}

fn table(block: Block) -> AnyView {
    let (name, caption) = (block.text.clone(), block.text);
    let mut rows = block.rows.into_iter();
    let heads = rows
        .next()
        .unwrap_or_default()
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> })
        .collect_view();
    let rows = rows
        .map(|cells| {
            let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=name>
            <table class="bulletin-table">
                <caption>{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
