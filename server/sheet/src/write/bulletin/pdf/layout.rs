//! Where every letter of a document stands: A4 with the margins of GB/T 9704, 28 points a line, breaks that leave no full stop
//! at the beginning of a line. Draws nothing.

use super::fonts::{Faces, Used};
use contract::bulletin::{Block, BlockKind, Paper};

const POINTS_PER_MM: f32 = 72.0 / 25.4;
pub const PAGE_WIDTH: f32 = 210.0 * POINTS_PER_MM;
pub const PAGE_HEIGHT: f32 = 297.0 * POINTS_PER_MM;
const TOP: f32 = 37.0 * POINTS_PER_MM;
const BOTTOM: f32 = PAGE_HEIGHT - 35.0 * POINTS_PER_MM;
const LEFT: f32 = 28.0 * POINTS_PER_MM;
const RIGHT: f32 = PAGE_WIDTH - 26.0 * POINTS_PER_MM;
const WIDTH: f32 = RIGHT - LEFT;
/// Points of a line of the text.
const LINE: f32 = 28.0;
/// 三号, 二号, 四号, 小五 and the red head.
const BODY: f32 = 16.0;
const TITLE: f32 = 22.0;
const FOLIO: f32 = 14.0;
const SMALL: f32 = 9.0;
const ORGAN: f32 = 36.0;
/// Lines of a table and of the small print.
const SMALL_LINE: f32 = 13.0;

/// Something on a page, measured in points from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Text { x: f32, y: f32, size: f32, used: Used, is_red: bool, text: String },
    Rule { from: (f32, f32), to: (f32, f32), width: f32, is_red: bool },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Centre,
    Right,
}

/// How a paragraph is set.
#[derive(Clone, Copy)]
struct Setting {
    used: Used,
    size: f32,
    line: f32,
    /// of the first line
    indent: f32,
    side: Side,
    is_red: bool,
}

impl Setting {
    const fn body(used: Used) -> Setting {
        Setting { used, size: BODY, line: LINE, indent: BODY * 2.0, side: Side::Left, is_red: false }
    }

    const fn flat(used: Used, side: Side) -> Setting {
        Setting { used, size: BODY, line: LINE, indent: 0.0, side, is_red: false }
    }
}

struct Pages<'a> {
    faces: &'a Faces<'a>,
    pages: Vec<Vec<Item>>,
    y: f32,
}

/// The pages of a document.
pub fn pages(paper: &Paper, faces: &Faces<'_>) -> Vec<Vec<Item>> {
    let mut out = Pages { faces, pages: vec![Vec::new()], y: TOP };
    out.head(paper);
    for block in &paper.blocks {
        out.block(block);
    }
    out.tail(paper);
    out.number();
    out.pages
}

impl Pages<'_> {
    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    /// Makes room for so many points, on the next page when this one is full.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    fn head(&mut self, paper: &Paper) {
        let head = &paper.head;
        let centred = Setting::flat(Used::Body, Side::Centre);
        if !head.organ.is_empty() {
            let organ =
                Setting { used: Used::Title, size: ORGAN, line: ORGAN * 1.4, is_red: true, ..centred };
            self.paragraph(&head.organ, organ);
        }
        if !head.number.is_empty() {
            self.paragraph(&head.number, centred);
        }
        if !head.organ.is_empty() || !head.number.is_empty() {
            let y = self.y + LINE / 3.0;
            self.put(Item::Rule { from: (LEFT, y), to: (RIGHT, y), width: 1.5, is_red: true });
            self.y += LINE;
        }
        self.y += LINE / 2.0;
        self.paragraph(&head.title, Setting { used: Used::Title, size: TITLE, line: 35.0, ..centred });
        self.y += LINE / 2.0;
        if !head.addressee.is_empty() {
            let text = format!("{}：", head.addressee.trim_end_matches(['：', ':']));
            self.paragraph(&text, Setting::flat(Used::Body, Side::Left));
        }
    }

    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Section => {
                // A heading is not left alone at the foot of a page.
                self.room(LINE * 2.0);
                self.paragraph(&block.text, Setting::body(Used::Section));
            }
            BlockKind::Subsection => {
                self.room(LINE * 2.0);
                self.paragraph(&block.text, Setting::body(Used::Subsection));
            }
            BlockKind::Body => self.paragraph(&block.text, Setting::body(Used::Body)),
            BlockKind::Table => {
                self.room(LINE + SMALL_LINE * 5.0);
                let caption = Setting { size: FOLIO, ..Setting::flat(Used::Section, Side::Centre) };
                self.paragraph(&block.text, caption);
                self.table(&block.rows);
            }
        }
    }

    fn paragraph(&mut self, text: &str, set: Setting) {
        for (at, line) in self.broken(text, set, WIDTH).into_iter().enumerate() {
            self.room(set.line);
            let width = self.faces.width(set.used, set.size, &line);
            let x = match set.side {
                Side::Left if at == 0 => LEFT + set.indent,
                Side::Left => LEFT,
                Side::Centre => LEFT + (WIDTH - width) / 2.0,
                Side::Right => RIGHT - width - BODY * 2.0,
            };
            // The letters stand in the middle of their line.
            let y = self.y + set.line / 2.0 + set.size * 0.36;
            let (size, used, is_red) = (set.size, set.used, set.is_red);
            self.put(Item::Text { x, y, size, used, is_red, text: line });
            self.y += set.line;
        }
    }

    /// Lines of a text: numbers and words stay whole, closing marks stay with what they close.
    fn broken(&self, text: &str, set: Setting, width: f32) -> Vec<String> {
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), set.indent);
        for piece in pieces(text) {
            let own = self.faces.width(set.used, set.size, piece);
            if used + own > width && !line.is_empty() && !is_closing(piece) {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push_str(piece);
            used += own;
        }
        lines.push(line);
        lines
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.first().map_or(1, Vec::len).max(1);
        let width = WIDTH / columns as f32;
        for (at, cells) in rows.iter().enumerate() {
            let used = if at == 0 { Used::Section } else { Used::Small };
            let set = Setting { size: SMALL, line: SMALL_LINE, ..Setting::flat(used, Side::Centre) };
            let broken: Vec<Vec<String>> =
                cells.iter().map(|cell| self.broken(cell, set, width - 4.0)).collect();
            let height = broken.iter().map(Vec::len).max().unwrap_or(1) as f32 * SMALL_LINE + 5.0;
            self.room(height);
            for (column, lines) in broken.into_iter().enumerate() {
                self.cell(LEFT + width * column as f32, width, height, lines, set);
            }
            self.y += height;
        }
        self.y += LINE / 2.0;
    }

    fn cell(&mut self, x: f32, width: f32, height: f32, lines: Vec<String>, set: Setting) {
        let top = self.y;
        let corners = [(x, top), (x + width, top), (x + width, top + height), (x, top + height)];
        for at in 0..4 {
            let (from, to) = (corners[at], corners[(at + 1) % 4]);
            self.put(Item::Rule { from, to, width: 0.5, is_red: false });
        }
        let mut y = top + (height - lines.len() as f32 * set.line) / 2.0;
        for line in lines {
            let own = self.faces.width(set.used, set.size, &line);
            let at = (x + (width - own) / 2.0, y + set.line / 2.0 + set.size * 0.36);
            let (size, used) = (set.size, set.used);
            self.put(Item::Text { x: at.0, y: at.1, size, used, is_red: false, text: line });
            y += set.line;
        }
    }

    fn tail(&mut self, paper: &Paper) {
        self.y += LINE;
        for words in [&paper.head.signer, &paper.head.dated] {
            if !words.is_empty() {
                self.paragraph(words, Setting::flat(Used::Body, Side::Right));
            }
        }
        self.y += LINE / 2.0;
        let small = Setting { size: SMALL, line: SMALL_LINE, ..Setting::flat(Used::Small, Side::Left) };
        self.paragraph(&paper.basis, small);
    }

    /// — 1 —, outside on the page: odd numbers right, even ones left.
    fn number(&mut self) {
        let faces = self.faces;
        for (number, page) in (1_usize..).zip(&mut self.pages) {
            let text = format!("— {number} —");
            let width = faces.width(Used::Small, FOLIO, &text);
            let x = if number % 2 == 1 { RIGHT - FOLIO - width } else { LEFT + FOLIO };
            let y = BOTTOM + 7.0 * POINTS_PER_MM + FOLIO;
            page.push(Item::Text { x, y, size: FOLIO, used: Used::Small, is_red: false, text });
        }
    }
}

/// What may not be parted: runs of plain letters and digits, every other letter by itself, and an opening mark with what it
/// opens, since it does not end a line.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let opening = rest.find(|letter| !OPENING.contains(&letter)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(opening + run(&rest[opening..]));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

const OPENING: [char; 4] = ['（', '《', '〔', '“'];

/// Bytes of what stands together at the beginning.
fn run(text: &str) -> usize {
    let is_plain = |letter: char| letter.is_ascii_graphic();
    match text.chars().next() {
        Some(first) if is_plain(first) => text.find(|letter: char| !is_plain(letter)).unwrap_or(text.len()),
        first => first.map_or(0, char::len_utf8),
    }
}

/// Marks that do not begin a line.
fn is_closing(piece: &str) -> bool {
    piece.starts_with(['，', '。', '、', '；', '：', '？', '！', '）', '》', '〕', '”', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_whole_and_no_line_begins_with_a_full_stop() {
        assert_eq!(pieces("完成629.0亿元。"), ["完", "成", "629.0", "亿", "元", "。"]);
        assert!(is_closing("。") && is_closing("%") && !is_closing("亿"));
        assert_eq!(pieces("黎平县（14个）"), ["黎", "平", "县", "（14", "个", "）"]);
        assert!(pieces("").is_empty());
    }
}
