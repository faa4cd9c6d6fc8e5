//! Faces of the machine for the letters of official papers: the named file or folder first, then what is installed; where the
//! proper face is missing, the nearest. Knows no layout.

use fontdb::{Database, Family, ID, Query, Weight};
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::path::Path;
use std::sync::Arc;

/// What letters are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// 小标宋: the title and the red head
    Title,
    /// 仿宋: the text
    Body,
    /// 黑体: chapters, heads of tables
    Section,
    /// 楷体: headings within a chapter
    Subsection,
    /// 宋体: page numbers, tables
    Small,
}

/// No face with Chinese letters was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no font with Chinese letters")]
pub struct NoFont;

/// Every use, in the order of [`Used`].
const ALL: [Used; 5] = [Used::Title, Used::Body, Used::Section, Used::Subsection, Used::Small];

/// A letter that any face for these papers must have.
const PROBE: char = '通';

/// One face as a file holds it.
struct File {
    bytes: Arc<Vec<u8>>,
    index: u32,
}

/// Files of the faces, by use.
pub struct Files(Vec<(Used, File)>);

/// A face ready to be measured and drawn.
pub struct Face<'a> {
    pub font: Font,
    metrics: FontRef<'a>,
}

/// Faces by use.
pub struct Faces<'a>(Vec<(Used, Face<'a>)>);

impl Used {
    /// Families in the order of preference, and how heavy.
    const fn families(self) -> (&'static [&'static str], Weight) {
        match self {
            Used::Title => (
                &[
                    "方正小标宋简体",
                    "方正小标宋_GBK",
                    "FZXiaoBiaoSong-B05S",
                    "FZXiaoBiaoSong-B05",
                    "Noto Serif CJK SC",
                    "Source Han Serif SC",
                    "思源宋体",
                    "SimSun",
                    "宋体",
                ],
                Weight::BOLD,
            ),
            Used::Body => (
                &[
                    "仿宋_GB2312",
                    "FangSong_GB2312",
                    "FangSong",
                    "仿宋",
                    "STFangsong",
                    "华文仿宋",
                    "Noto Serif CJK SC",
                    "Source Han Serif SC",
                    "SimSun",
                ],
                Weight::NORMAL,
            ),
            Used::Section => (
                &["SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"],
                Weight::NORMAL,
            ),
            Used::Subsection => (
                &["楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "Noto Serif CJK SC"],
                Weight::NORMAL,
            ),
            Used::Small => (
                &["SimSun", "宋体", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC"],
                Weight::NORMAL,
            ),
        }
    }
}

/// Finds a face for every use.
pub fn find(named: Option<&Path>) -> Result<Files, NoFont> {
    let mut own = Database::new();
    if let Some(path) = named {
        if path.is_dir() {
            own.load_fonts_dir(path);
        } else {
            // A file that cannot be read is as if it had not been named: the machine's fonts are asked.
            drop(own.load_font_file(path));
        }
    }
    let mut machine = Database::new();
    let mut is_loaded = false;
    let mut found = Vec::new();
    for used in ALL {
        let file = match chosen(&own, used).or_else(|| any(&own)) {
            Some(file) => file,
            None => {
                if !is_loaded {
                    machine.load_system_fonts();
                    is_loaded = true;
                }
                chosen(&machine, used).or_else(|| any(&machine)).ok_or(NoFont)?
            }
        };
        found.push((used, file));
    }
    Ok(Files(found))
}

fn chosen(faces: &Database, used: Used) -> Option<File> {
    let (families, weight) = used.families();
    families.iter().find_map(|family| {
        let query = Query { families: &[Family::Name(family)], weight, ..Query::default() };
        file(faces, faces.query(&query)?)
    })
}

/// The first face by name that has Chinese letters.
fn any(faces: &Database) -> Option<File> {
    let mut all: Vec<(&str, ID)> =
        faces.faces().map(|face| (face.post_script_name.as_str(), face.id)).collect();
    all.sort();
    all.into_iter().find_map(|(_, id)| file(faces, id))
}

/// The file of a face, when it has Chinese letters.
fn file(faces: &Database, id: ID) -> Option<File> {
    faces.with_face_data(id, |bytes, index| {
        FontRef::from_index(bytes, index).ok()?.charmap().map(PROBE)?;
        Some(File { bytes: Arc::new(bytes.to_vec()), index })
    })?
}

impl Faces<'_> {
    pub fn read(files: &Files) -> Result<Faces<'_>, NoFont> {
        let mut all = Vec::new();
        for (used, file) in &files.0 {
            let font = Font::new(file.bytes.clone().into(), file.index).ok_or(NoFont)?;
            let metrics = FontRef::from_index(&file.bytes, file.index).map_err(|_| NoFont)?;
            all.push((*used, Face { font, metrics }));
        }
        Ok(Faces(all))
    }
}

impl<'a> Faces<'a> {
    pub fn of(&self, used: Used) -> &Face<'a> {
        let own = self.0.iter().find(|(one, _)| *one == used);
        &own.expect("a face was read for every use").1
    }

    /// How wide a text is, in points.
    pub fn width(&self, used: Used, size: f32, text: &str) -> f32 {
        let face = &self.of(used).metrics;
        let (letters, widths) = (face.charmap(), face.glyph_metrics(Size::new(size), LocationRef::default()));
        // A letter that the face lacks is drawn as a square.
        let advance = |letter: char| letters.map(letter).and_then(|glyph| widths.advance_width(glyph));
        text.chars().map(|letter| advance(letter).unwrap_or(size)).sum()
    }
}
