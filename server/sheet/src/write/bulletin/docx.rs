//! A document as .docx in the layout of GB/T 9704: A4, 仿宋 三号, 28 points a line, 22 lines a page. The same document gives
//! the same bytes: what the library takes from a counter is taken out, and the archive is packed anew without a clock.

use contract::bulletin::{Block, BlockKind, Paper};
use docx_rs::{
    AlignmentType, BorderType, Docx, FieldCharType, Footer, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, PageMargin, Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run,
    RunFonts, SpecialIndentType, Table, TableAlignmentType, TableCell, TableRow, WidthType,
};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Twips (1/20 point) of a millimetre, times ten.
const TWIPS_TEN_MM: i32 = 567;
/// Twips of a line of 28 points.
const LINE: i32 = 560;
/// Half points: 二号 22, 三号 16, 四号 14, 小五 9, and 小初 36 of the red head.
const TITLE: usize = 44;
const BODY: usize = 32;
const FOLIO: usize = 28;
const CELL: usize = 18;
const ORGAN: usize = 72;
/// Twips of two characters of the body.
const INDENT: i32 = 640;
/// 版心: 156 mm.
const TYPE_WIDTH: usize = 8845;
const RED: &str = "FF0000";

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("archive: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("archive: {0}")]
    Bytes(#[from] std::io::Error),
    #[error("docx: {0}")]
    Docx(String),
}

/// Faces by what they are for; where the first is missing, Word takes what stands for it.
fn fonts(face: &str) -> RunFonts {
    RunFonts::new().east_asia(face).ascii("Times New Roman").hi_ansi("Times New Roman")
}

const SONG_TITLE: &str = "方正小标宋简体";
const FANG_SONG: &str = "仿宋_GB2312";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";
const SONG: &str = "宋体";

/// The bytes of a .docx file.
pub fn document(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let margin = |mm: i32| mm * TWIPS_TEN_MM / 10;
    let made = paper.made.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut docx = Docx::new()
        .created_at(&made)
        .updated_at(&made)
        .page_size(11906, 16838)
        .page_margin(
            PageMargin::new()
                .top(margin(37))
                .bottom(margin(35))
                .left(margin(28))
                .right(margin(26))
                .header(margin(15))
                .footer(margin(28)),
        )
        .default_size(BODY)
        .default_fonts(fonts(FANG_SONG))
        .footer(folio(AlignmentType::Right))
        .even_footer(folio(AlignmentType::Left));
    for paragraph in head(paper) {
        docx = docx.add_paragraph(paragraph);
    }
    for block in &paper.blocks {
        docx = add(docx, block);
    }
    for paragraph in tail(paper) {
        docx = docx.add_paragraph(paragraph);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|fault| PaperError::Docx(fault.to_string()))?;
    again(&bytes.into_inner())
}

fn line() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(LINE)
}

fn text(text: &str, face: &str, size: usize) -> Run {
    Run::new().add_text(text).size(size).fonts(fonts(face))
}

/// — 1 —, outside on the page: odd numbers right, even ones left.
fn folio(side: AlignmentType) -> Footer {
    let number = Run::new()
        .add_text("— ")
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(InstrPAGE {}))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false)
        .add_text(" —")
        .size(FOLIO)
        .fonts(fonts(SONG));
    // One character of air towards the edge.
    let air = Some(280);
    let (left, right) = if matches!(side, AlignmentType::Left) { (air, None) } else { (None, air) };
    Footer::new().add_paragraph(Paragraph::new().align(side).indent(left, None, right, None).add_run(number))
}

/// 红头, 发文字号 over a red line, title, addressee.
fn head(paper: &Paper) -> Vec<Paragraph> {
    let head = &paper.head;
    let mut all = Vec::new();
    let centred = || Paragraph::new().align(AlignmentType::Center);
    if !head.organ.is_empty() {
        let organ = text(&head.organ, SONG_TITLE, ORGAN).color(RED);
        all.push(centred().add_run(organ));
    }
    if !head.number.is_empty() {
        all.push(centred().line_spacing(line()).add_run(text(&head.number, FANG_SONG, BODY)));
    }
    if !head.organ.is_empty() || !head.number.is_empty() {
        let rule =
            ParagraphBorder::new(ParagraphBorderPosition::Bottom).val(BorderType::Single).size(12).color(RED);
        let rule = Paragraph::new().set_borders(ParagraphBorders::with_empty().set(rule));
        all.push(rule.line_spacing(line()));
    }
    let title = text(&head.title, SONG_TITLE, TITLE);
    all.push(centred().line_spacing(line().before(560).after(560).line(700)).add_run(title));
    if !head.addressee.is_empty() {
        let addressee = format!("{}：", head.addressee.trim_end_matches(['：', ':']));
        all.push(Paragraph::new().line_spacing(line()).add_run(text(&addressee, FANG_SONG, BODY)));
    }
    all
}

fn add(docx: Docx, block: &Block) -> Docx {
    let indented = |face: &str| {
        Paragraph::new()
            .line_spacing(line())
            .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
            .add_run(text(&block.text, face, BODY))
    };
    match block.kind {
        BlockKind::Section => docx.add_paragraph(indented(HEI).outline_lvl(0).keep_next(true)),
        BlockKind::Subsection => docx.add_paragraph(indented(KAI).outline_lvl(1).keep_next(true)),
        BlockKind::Body => docx.add_paragraph(indented(FANG_SONG).align(AlignmentType::Both)),
        BlockKind::Table => {
            let caption = Paragraph::new()
                .align(AlignmentType::Center)
                .keep_next(true)
                .line_spacing(line())
                .add_run(text(&block.text, HEI, FOLIO));
            docx.add_paragraph(caption).add_table(table(&block.rows))
        }
    }
}

fn table(rows: &[Vec<String>]) -> Table {
    let columns = rows.first().map_or(1, Vec::len).max(1);
    let width = TYPE_WIDTH / columns;
    let cell = |at: usize, (column, value): (usize, &String)| {
        let face = if at == 0 { HEI } else { SONG };
        let align = if at == 0 || column < 2 { AlignmentType::Center } else { AlignmentType::Right };
        TableCell::new()
            .width(width, WidthType::Dxa)
            .add_paragraph(Paragraph::new().align(align).add_run(text(value, face, CELL)))
    };
    let row = |(at, cells): (usize, &Vec<String>)| {
        TableRow::new(cells.iter().enumerate().map(|one| cell(at, one)).collect()).cant_split()
    };
    Table::new(rows.iter().enumerate().map(row).collect())
        .set_grid(vec![width; columns])
        .width(TYPE_WIDTH, WidthType::Dxa)
        .align(TableAlignmentType::Center)
}

/// 落款 and 成文日期 at the right, then what the figures stand on.
fn tail(paper: &Paper) -> Vec<Paragraph> {
    let head = &paper.head;
    let mut all = vec![Paragraph::new().line_spacing(line())];
    for words in [&head.signer, &head.dated] {
        if !words.is_empty() {
            let signed =
                Paragraph::new().align(AlignmentType::Right).indent(None, None, Some(INDENT * 2), None);
            all.push(signed.line_spacing(line()).add_run(text(words, FANG_SONG, BODY)));
        }
    }
    let basis = Paragraph::new().line_spacing(LineSpacing::new().before(280));
    all.push(basis.add_run(text(&paper.basis, SONG, CELL)));
    all
}

/// The archive packed anew: every entry compressed, dated 1980-01-01, and without the counted ids of its paragraphs.
fn again(bytes: &[u8]) -> Result<Vec<u8>, PaperError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().to_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        out.start_file(name.as_str(), options)?;
        out.write_all(&without_ids(content))?;
    }
    Ok(out.finish()?.into_inner())
}

fn without_ids(content: Vec<u8>) -> Vec<u8> {
    const ID: &str = " w14:paraId=\"";
    let text = match String::from_utf8(content) {
        Ok(text) => text,
        Err(other) => return other.into_bytes(),
    };
    let mut parts = text.split(ID);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    kept.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use domain::bulletin::wording::Letterhead;

    fn paper() -> Paper {
        let block = |kind, text: &str| Block { kind, text: text.into(), rows: Vec::new() };
        let rows = vec![vec!["名次".to_owned(), "地区".to_owned()], vec!["1".to_owned(), "甲县".to_owned()]];
        Paper {
            head: Letterhead {
                organ: "某市发展和改革委员会".into(),
                number: "市发改〔2026〕1号".into(),
                title: "关于<甲>&乙的通报".into(),
                addressee: "各县".into(),
                ..Letterhead::default()
            },
            blocks: vec![
                block(BlockKind::Section, "一、项目储备情况"),
                block(BlockKind::Body, "正文。"),
                Block { kind: BlockKind::Table, text: "表".into(), rows },
            ],
            basis: "依据".into(),
            made: NaiveDate::from_ymd_opt(2026, 10, 31).unwrap().and_hms_opt(1, 2, 3).unwrap(),
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_same_document_gives_the_same_bytes_also_on_another_thread() {
        let first = document(&paper()).unwrap();
        assert_eq!(first, document(&paper()).unwrap());
        let other = std::thread::spawn(|| document(&paper()).unwrap()).join().unwrap();
        assert_eq!(first, other);
        assert!(!part(&first, "word/document.xml").contains("paraId"));
    }

    #[test]
    fn the_page_is_that_of_official_papers_and_texts_are_no_markup() {
        let body = part(&document(&paper()).unwrap(), "word/document.xml");
        for held in [
            "w:w=\"11906\"",
            "w:h=\"16838\"",
            "w:top=\"2097\"",
            "w:bottom=\"1984\"",
            "w:left=\"1587\"",
            "w:right=\"1474\"",
            "w:line=\"560\"",
            "方正小标宋简体",
            "仿宋_GB2312",
            "关于&lt;甲&gt;&amp;乙的通报",
            "市发改〔2026〕1号",
            "甲县",
        ] {
            assert!(body.contains(held), "{held}: {body}");
        }
    }
}
