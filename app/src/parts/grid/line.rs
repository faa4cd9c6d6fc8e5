//! One row as markup: its tick, its number with the link, its cells. Knows no selection; `marks` draws that over it.

use super::model::{Align, Cell, Column, Fate, Look, Row};
use super::range::Spot;
use crate::parts::markup::Markup;
use crate::parts::status;
use words::{Locale, t};

/// The id of the form that takes the ticks where scripts are off.
pub const TICKS_FORM: &str = "grid-ticks";

/// The id by which the input finds its cell.
pub fn cell_id(spot: Spot) -> String {
    format!("cell-{}-{}", spot.row, spot.column)
}

/// The cell that has this id.
pub fn spot_of(id: &str) -> Option<Spot> {
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some(Spot { row: row.parse().ok()?, column: column.parse().ok()? })
}

/// What never changes of a column's cells: their classes.
pub fn classes(columns: &[Column]) -> Vec<String> {
    let class = |about: &Column| {
        let text = if about.align == Align::Left { " grid-text" } else { "" };
        format!("grid-cell {}{text}", about.class()).trim_end().to_owned()
    };
    columns.iter().map(class).collect()
}

/// Everything within the `<tr>`.
pub fn markup(l: Locale, at: usize, row: &Row, classes: &[String]) -> String {
    let mut html = Markup::default();
    html.tag("<td class=\"grid-tick\"><label class=\"grid-box\"><input type=\"checkbox\" name=\"projects[]\" form=\"");
    html.tag(TICKS_FORM).tag("\" value=\"").text(&row.tick).tag("\" aria-label=\"");
    html.text(&t!(l, list.tick_row, name = row.title.clone()));
    html.tag("\"></label></td><td class=\"grid-number\">").text(&row.number).tag("</td>");
    for (column, (cell, class)) in row.cells.iter().zip(classes).enumerate() {
        html.tag("<td id=\"").text(&cell_id(Spot { row: at, column })).tag("\" class=\"").text(class);
        html.tag(extra(cell)).tag(if cell.locked.is_some() { "\" aria-readonly=\"true\"" } else { "\"" });
        // The first column names the row for people who hear the table.
        html.tag(if column == 0 { " role=\"rowheader\">" } else { ">" });
        push_content(l, &mut html, cell);
        html.tag("</td>");
    }
    html.tag("<td class=\"grid-acts\"><a href=\"").text(&row.href).tag("\" aria-label=\"");
    // Begins with the word that is seen, so that whoever speaks it finds the link.
    html.text(&t!(l, list.open_row, name = row.title.clone()))
        .tag("\">")
        .tag(t!(l, grid.open))
        .tag("</a></td>");
    html.finish()
}

/// Classes that come from what the cell is now, with a blank before them.
pub const fn extra(cell: &Cell) -> &'static str {
    match (&cell.fate, cell.locked.is_some()) {
        (Fate::Failed { .. }, false) => " grid-failed",
        (Fate::Failed { .. }, true) => " grid-failed grid-locked",
        (Fate::Quiet | Fate::Pending | Fate::Saved, true) => " grid-locked",
        (Fate::Quiet | Fate::Pending | Fate::Saved, false) => "",
    }
}

/// Everything within the `<td>` of a cell.
pub fn content(l: Locale, cell: &Cell) -> String {
    let mut html = Markup::default();
    push_content(l, &mut html, cell);
    html.finish()
}

fn push_content(l: Locale, html: &mut Markup, cell: &Cell) {
    match &cell.look {
        Look::Plain => html.text(&cell.shown),
        Look::Link(href) => {
            html.tag("<a class=\"grid-link\" tabindex=\"-1\" href=\"").text(href).tag("\" title=\"");
            html.text(&cell.shown).tag("\">").text(&cell.shown).tag("</a>")
        }
        Look::Stage(stage) => status::stage_markup(l, html, *stage),
        Look::Warn => html.tag("<span class=\"grid-warn\">").text(&cell.shown).tag("</span>"),
    };
    push_fate(l, html, &cell.fate);
}

/// ● on its way, ✓ written, ! not written; drawn, and said for readers who hear the page.
fn push_fate(l: Locale, html: &mut Markup, fate: &Fate) {
    let (class, drawing, word) = match fate {
        Fate::Quiet => return,
        Fate::Pending => ("grid-pending", "M6 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6z", t!(l, list.mark_pending)),
        Fate::Saved => ("grid-saved", "M1 6l2-2 2 2 4-4 2 2-6 6z", t!(l, list.mark_saved)),
        Fate::Failed { why } => ("grid-wrong", "M5 1h2v6H5zM5 9h2v2H5z", why.as_str()),
    };
    html.tag("<span class=\"grid-mark ").tag(class).tag("\" title=\"").text(word);
    html.tag(
        "\"><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\">",
    );
    html.tag("<path fill=\"currentColor\" d=\"").tag(drawing).tag("\"/></svg><span class=\"hidden\">");
    html.text(word).tag("</span></span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_cell() {
        let spot = Spot { row: 12, column: 30 };
        assert_eq!(spot_of(&cell_id(spot)), Some(spot));
        assert_eq!(spot_of("row-1"), None);
    }

    #[test]
    fn a_hostile_name_stays_text() {
        let hostile = "\"><img src=x onerror=alert(1)>";
        let row = Row {
            tick: hostile.into(),
            number: hostile.into(),
            href: hostile.into(),
            title: hostile.into(),
            cells: vec![
                Cell { look: Look::Link(hostile.into()), ..Cell::plain(hostile) },
                Cell { look: Look::Warn, fate: Fate::Failed { why: hostile.into() }, ..Cell::plain(hostile) },
            ],
        };
        let html = markup(Locale::zh_CN, 0, &row, &["grid-cell".to_owned(), String::new()]);
        assert!(!html.contains("<img") && !html.contains("\"\""), "{html}");
        assert!(html.contains("&quot;&gt;&lt;img"));
    }
}
