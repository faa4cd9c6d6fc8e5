//! Files kept with projects: which kinds are taken, and what a file's name may be. Knows no bytes and no disk.

/// A kind of file that is taken, told by its extension and proved by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    Pdf,
    /// 版式文件 of GB/T 33190
    Ofd,
    Docx,
    Xlsx,
    Pptx,
    /// Word 97–2003, also written by WPS
    Doc,
    /// Excel 97–2003, also written by WPS
    Xls,
    Wps,
    Et,
    Jpeg,
    Png,
}

/// What a file of a kind must be inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// first bytes
    Magic(&'static [u8]),
    /// a zip archive with this entry
    Zip(&'static str),
    /// a compound file (OLE) with one of these streams
    Compound(&'static [&'static str]),
}

/// Longest name of a file, in characters.
pub const NAME_MOST: usize = 120;

impl FileKind {
    pub const ALL: [FileKind; 11] = [
        FileKind::Pdf,
        FileKind::Ofd,
        FileKind::Docx,
        FileKind::Xlsx,
        FileKind::Pptx,
        FileKind::Doc,
        FileKind::Xls,
        FileKind::Wps,
        FileKind::Et,
        FileKind::Jpeg,
        FileKind::Png,
    ];

    /// Extensions in lower case, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &["pdf"],
            FileKind::Ofd => &["ofd"],
            FileKind::Docx => &["docx"],
            FileKind::Xlsx => &["xlsx"],
            FileKind::Pptx => &["pptx"],
            FileKind::Doc => &["doc"],
            FileKind::Xls => &["xls"],
            FileKind::Wps => &["wps"],
            FileKind::Et => &["et"],
            FileKind::Jpeg => &["jpg", "jpeg"],
            FileKind::Png => &["png"],
        }
    }

    /// Stable code in the database: what the file is served as.
    pub const fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Ofd => "application/ofd",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            FileKind::Doc => "application/msword",
            FileKind::Xls => "application/vnd.ms-excel",
            FileKind::Wps => "application/vnd.ms-works",
            FileKind::Et => "application/x-et",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
        }
    }

    pub const fn proof(self) -> Proof {
        match self {
            FileKind::Pdf => Proof::Magic(b"%PDF-"),
            FileKind::Ofd => Proof::Zip("OFD.xml"),
            FileKind::Docx => Proof::Zip("word/document.xml"),
            FileKind::Xlsx => Proof::Zip("xl/workbook.xml"),
            FileKind::Pptx => Proof::Zip("ppt/presentation.xml"),
            FileKind::Doc | FileKind::Wps => Proof::Compound(&["WordDocument"]),
            FileKind::Xls | FileKind::Et => Proof::Compound(&["Workbook", "Book"]),
            FileKind::Jpeg => Proof::Magic(&[0xFF, 0xD8, 0xFF]),
            FileKind::Png => Proof::Magic(&[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        }
    }

    /// The kind that a name claims.
    pub fn of_name(name: &str) -> Option<FileKind> {
        let (_, extension) = name.rsplit_once('.')?;
        let extension = extension.to_lowercase();
        FileKind::ALL.into_iter().find(|kind| kind.extensions().contains(&extension.as_str()))
    }
}

/// The name to be kept: without folders, control characters and what file systems refuse; `None` when nothing but
/// the extension is left.
pub fn clean_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let sound = |c: &char| {
        !c.is_control()
            && !crate::text::is_direction(*c)
            && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
    };
    let clean: String = last.chars().filter(sound).collect();
    let (stem, extension) = clean.trim().rsplit_once('.')?;
    let stem = stem.trim().trim_start_matches('.');
    let room = NAME_MOST.saturating_sub(extension.chars().count() + 1);
    let stem: String = stem.chars().take(room).collect();
    (!stem.is_empty()).then(|| format!("{stem}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_extensions_are_a_kind() {
        assert_eq!(FileKind::of_name("批复.PDF"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of_name("a.jpeg"), Some(FileKind::Jpeg));
        for name in ["a.exe", "a.html", "a.svg", "a.docm", "a.pdf.exe", "pdf", ""] {
            assert_eq!(FileKind::of_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_is_a_name_and_no_path() {
        assert_eq!(clean_name("../../etc/可研批复.pdf").as_deref(), Some("可研批复.pdf"));
        assert_eq!(clean_name("C:\\x\\a\u{202e}b\r\n.pdf").as_deref(), Some("ab.pdf"));
        assert_eq!(clean_name(".pdf"), None);
        assert_eq!(clean_name("..."), None);
        let long = clean_name(&format!("{}.pdf", "长".repeat(500))).unwrap();
        assert_eq!(long.chars().count(), NAME_MOST);
    }
}
