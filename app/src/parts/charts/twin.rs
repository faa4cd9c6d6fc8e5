//! The table that says what a drawing says, every value with all its digits. Folded up on the screen, open on paper.

use crate::parts::markup::Markup;
use leptos::prelude::*;
use words::format::UNKNOWN;
use words::locale::locale;
use words::t;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// the unit of all figures, when they have one
    pub unit: Option<&'static str>,
    /// of the names, then of each column of figures
    pub heads: Vec<String>,
    pub lines: Vec<Line>,
    /// what must be known to read it
    pub note: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    pub href: Option<String>,
    pub cells: Vec<String>,
}

/// Head and body of the table as markup; an empty cell is an unknown value.
fn markup(sentence: &str, table: &Table) -> String {
    let mut html = Markup::default();
    html.tag("<caption class=\"hidden\">").text(sentence).tag("</caption><thead><tr>");
    for (at, head) in table.heads.iter().enumerate() {
        html.tag(if at == 0 { "<th scope=\"col\">" } else { "<th scope=\"col\" class=\"number\">" });
        html.text(head).tag("</th>");
    }
    html.tag("</tr></thead><tbody>");
    for line in &table.lines {
        html.tag("<tr><th scope=\"row\">");
        match &line.href {
            Some(href) => html.tag("<a href=\"").text(href).tag("\">").text(&line.label).tag("</a>"),
            None => html.text(&line.label),
        };
        html.tag("</th>");
        for cell in &line.cells {
            html.tag("<td class=\"number\">").text(if cell.is_empty() { UNKNOWN } else { cell }).tag("</td>");
        }
        html.tag("</tr>");
    }
    html.tag("</tbody>");
    html.finish()
}

#[component]
pub fn Twin(sentence: String, table: Table, is_open: bool) -> impl IntoView {
    let l = locale();
    let inside = markup(&sentence, &table);
    let unit =
        table.unit.map(|unit| view! { <p class="unit-note">{t!(l, common.unit_note, unit = unit)}</p> });
    let note = table.note.map(|note| view! { <p class="field-hint">{note}</p> });
    view! {
        <details class="charts-twin" open=is_open>
            <summary>{t!(l, chart.twin)}</summary>
            {unit}
            <div class="table-scroll" tabindex="0" role="region" aria-label=sentence>
                <table class="table" inner_html=inside></table>
            </div>
            {note}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_escaped_and_names_what_is_unknown() {
        let table = Table {
            heads: vec!["县".to_owned(), "率".to_owned()],
            lines: vec![Line {
                label: "<青川>".to_owned(),
                href: Some("/a?b&c".to_owned()),
                cells: vec![String::new()],
            }],
            ..Table::default()
        };
        assert_eq!(
            markup("一句", &table),
            "<caption class=\"hidden\">一句</caption><thead><tr><th scope=\"col\">县</th>\
             <th scope=\"col\" class=\"number\">率</th></tr></thead><tbody><tr><th scope=\"row\">\
             <a href=\"/a?b&amp;c\">&lt;青川&gt;</a></th><td class=\"number\">—</td></tr></tbody>"
        );
    }
}
