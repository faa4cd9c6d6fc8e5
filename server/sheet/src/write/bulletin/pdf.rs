//! A document as PDF in the same layout as the .docx, with the letters of the machine's own fonts embedded. Knows no clock: the
//! same document and fonts give the same bytes.

pub mod fonts;
mod layout;

use contract::bulletin::Paper;
use fonts::{Faces, NoFont};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::TextDirection;
use layout::{Item, PAGE_HEIGHT, PAGE_WIDTH};
use std::path::Path;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error(transparent)]
    NoFont(#[from] NoFont),
    #[error("pdf: {0}")]
    Pdf(String),
}

/// The bytes of a PDF; `fonts` names a file or a folder of fonts to be taken before the machine's.
pub fn document(paper: &Paper, fonts: Option<&Path>) -> Result<Vec<u8>, PdfError> {
    let files = fonts::find(fonts)?;
    let faces = Faces::read(&files)?;
    let fault = |what: &str| PdfError::Pdf(what.to_owned());
    let mut document = Document::new();
    for items in layout::pages(paper, &faces) {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or_else(|| fault("page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        items.iter().for_each(|item| draw(&mut surface, &faces, item));
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(paper));
    document.finish().map_err(|fault| PdfError::Pdf(format!("{fault:?}")))
}

fn draw(surface: &mut Surface<'_>, faces: &Faces<'_>, item: &Item) {
    let colour = |is_red: bool| if is_red { rgb::Color::new(255, 0, 0) } else { rgb::Color::black() };
    match item {
        Item::Text { x, y, size, used, is_red, text } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: colour(*is_red).into(), ..Fill::default() }));
            let font = faces.of(*used).font.clone();
            surface.draw_text(Point::from_xy(*x, *y), font, *size, text, false, TextDirection::Auto);
        }
        Item::Rule { from, to, width, is_red } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            let Some(path) = path.finish() else { return };
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour(*is_red).into(),
                width: *width,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
    }
}

fn metadata(paper: &Paper) -> Metadata {
    use chrono::{Datelike, Timelike};
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let made = paper.made;
    let made = DateTime::new(u16::try_from(made.year()).unwrap_or(1980))
        .month(small(made.month()))
        .day(small(made.day()))
        .hour(small(made.hour()))
        .minute(small(made.minute()))
        .second(small(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new().title(paper.head.title.clone()).language("zh-CN".to_owned()).creation_date(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use contract::bulletin::{Block, BlockKind};
    use domain::bulletin::wording::Letterhead;

    fn paper(lines: usize) -> Paper {
        let body =
            |_| Block { kind: BlockKind::Body, text: "正文一二三，".repeat(30), rows: Vec::new() };
        Paper {
            head: Letterhead {
                organ: "某市".into(), title: "关于甲的通报".into(), ..Letterhead::default()
            },
            blocks: (0..lines).map(body).collect(),
            basis: "依据".into(),
            made: NaiveDate::from_ymd_opt(2026, 10, 31).unwrap().and_hms_opt(1, 2, 3).unwrap(),
        }
    }

    /// Where the machine has no Chinese font there is nothing to draw with, and the reason says so.
    #[test]
    fn the_same_document_gives_the_same_bytes_or_there_is_no_font() {
        match document(&paper(20), None) {
            Ok(first) => {
                assert!(first.starts_with(b"%PDF-"), "a PDF");
                assert_eq!(first, document(&paper(20), None).unwrap());
            }
            Err(PdfError::NoFont(_)) => {}
            Err(fault @ PdfError::Pdf(_)) => panic!("{fault}"),
        }
    }

    #[test]
    fn an_empty_folder_of_fonts_that_is_named_is_no_fault_while_the_machine_has_some() {
        let folder = tempfile::tempdir().unwrap();
        let named = document(&paper(1), Some(folder.path())).is_ok();
        assert_eq!(named, document(&paper(1), None).is_ok());
    }
}
