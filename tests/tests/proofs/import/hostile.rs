//! What bad files and strangers get through the router: a sentence, a state of refusal, nothing half saved.

use contract::error::{ApiError, Refusal};
use contract::import::ImportState;
use contract::workbook::{OtherFormat, ReadRefusal};
use domain::permission::Role;
use http::StatusCode;
use std::io::Write;
use tests::desk::{Desk, book};
use tests::world::World;
use words::Locale;

/// An archive that states another size than its entry has.
fn lying_zip() -> Vec<u8> {
    let mut bytes = book("一年期", &[&["项目名称", "总投资", "2026年", "县"], &["甲", "1", "1", "威宁县"]]);
    // The central directory says how large each entry is: 24 bytes after its mark.
    let mark = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[mark + 24..mark + 28].copy_from_slice(&7_u32.to_le_bytes());
    bytes
}

/// A sheet whose only cells are A1 and XFD1048576.
fn far_cell() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "项目名称").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    book.save_to_buffer().unwrap()
}

/// The first bytes of an OLE file that holds an encrypted package.
fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

#[tokio::test]
async fn bad_files_get_a_sentence_and_leave_nothing() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let empty = desk.send("空.xlsx", b"", "key-empty-1", "application/json").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let error: ApiError = serde_json::from_slice(&empty.body).unwrap();
        assert_eq!(error, ApiError::Refused { refusal: Refusal::File { refusal: ReadRefusal::Empty } });
        let large =
            desk.send("大.xlsx", &vec![b'a'; (40 << 20) + 1], "key-large-1", "application/json").await;
        assert!(large.text().contains("file_too_large"), "{} {}", large.status, large.text());
        let bad: [(&str, Vec<u8>); 5] = [
            ("谎.xlsx", lying_zip()),
            ("远.xlsx", far_cell()),
            ("旧.xlsx", ole("Workbook")),
            ("密.xlsx", ole("EncryptedPackage")),
            ("乱.xlsx", b"\x00\x01\x02nothing".to_vec()),
        ];
        for (name, bytes) in bad {
            let view = desk.upload(name, &bytes).await;
            assert_eq!(view.state, ImportState::Failed, "{name}: {:?}", view.findings);
            let refusal = view.refusal.clone().unwrap();
            assert!(!matches!(refusal, ReadRefusal::ReaderFailed { .. }), "{name}: {refusal:?}");
            for locale in [Locale::zh_CN, Locale::en] {
                assert!(words::explain::refusal_file(locale, &refusal).len() > 10, "{name}");
            }
            assert_eq!(view.counts.all(), 0, "{name}");
            let (status, _) = desk.refused("commit", &view, &[]).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let old = desk.upload("旧.xlsx", &ole("Workbook")).await.refusal;
        assert_eq!(old, Some(ReadRefusal::OldFormat { format: OtherFormat::Xls }));
        assert_eq!(world.get(&desk.cookie, "/healthz").await.status, StatusCode::OK, "the server lives");
    })
    .await;
}

#[tokio::test]
async fn a_text_table_in_the_old_encoding_reads() {
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        // 项目名称,县,总投资(万元),2026年 and one project, in GB18030.
        let mut bytes = Vec::new();
        let line = |bytes: &mut Vec<u8>, cells: &[&[u8]]| {
            bytes.write_all(&cells.join(&b","[..])).unwrap();
            bytes.write_all(b"\r\n").unwrap();
        };
        line(
            &mut bytes,
            &[b"\xcf\xee\xc4\xbf\xc3\xfb\xb3\xc6", b"\xcf\xd8", b"\xd7\xdc\xcd\xb6\xd7\xca", b"2026\xc4\xea"],
        );
        line(&mut bytes, &[b"\xb5\xc0\xc2\xb7", b"\xcd\xfe\xc4\xfe\xcf\xd8", b"12.5", b"12.5"]);
        let view = desk.upload("清单.csv", &bytes).await;
        assert_eq!(view.state, ImportState::Staged, "{:?}", view.refusal);
        assert_eq!(view.counts.new, 1, "{:?} {:?}", view.sheets, view.findings);
        assert_eq!(desk.rows(view.import, "").await[0].name, "道路");
    })
    .await;
}

#[tokio::test]
async fn another_persons_import_is_missing_everywhere() {
    let bytes = book("一年期", &[&["项目名称", "县", "总投资", "2026年"], &["甲", "威宁县", "1", "1"]]);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        world.person("gz2", Role::Planner, "520000").await;
        world.person("leader", Role::Leader, "520000").await;
        let (mine, other) = (Desk::of(world, "gz").await, Desk::of(world, "gz2").await);
        let view = mine.upload("a.xlsx", &bytes).await;
        let random = uuid::Uuid::from_u128(7);
        for door in ["one?import=", "rows?form[import]="] {
            let foreign = other.get(&format!("{door}{}", view.import)).await;
            let none = other.get(&format!("{door}{random}")).await;
            assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &none.body), "{door}");
        }
        for door in ["commit", "cancel", "undo", "whole", "mend", "choose", "read_as"] {
            let inputs = [
                ("what", "match_names"),
                ("sheet", "一年期"),
                ("row", "2"),
                ("field", "name"),
                ("text", "乙"),
            ];
            let (status, error) = other.refused(door, &view, &inputs).await;
            assert_eq!((status, error), (StatusCode::NOT_FOUND, ApiError::NotFound), "{door}");
        }
        let path = format!("/projects/import/{}/annotated/export", view.import);
        assert_eq!(world.get(&other.cookie, &path).await.status, StatusCode::NOT_FOUND);
        let own: contract::import::OwnImports = tests::desk::json(&other.get("list").await);
        assert!(own.lines.is_empty());
        let leader = Desk::of(world, "leader").await;
        let answer = leader.send("a.xlsx", &bytes, "key-leader-1", "application/json").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(mine.view(view.import).await.version, view.version, "nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_is_sent_on_and_a_double_click_is_one_import() {
    let bytes = book("一年期", &[&["项目名称", "县", "总投资", "2026年"], &["甲", "威宁县", "1", "1"]]);
    World::on_both(async |world| {
        world.person("gz", Role::Planner, "520000").await;
        let desk = Desk::of(world, "gz").await;
        let first = desk.send("a.xlsx", &bytes, "key-twice-1", "text/html").await;
        let second = desk.send("a.xlsx", &bytes, "key-twice-1", "text/html").await;
        assert_eq!(first.status, StatusCode::FOUND, "{}", first.text());
        let to = first.header(http::header::LOCATION).unwrap();
        assert!(to.contains("/projects/import/"), "{to}");
        assert_eq!(second.header(http::header::LOCATION), Some(to));
        let other = desk.send("b.xlsx", b"another body", "key-twice-1", "application/json").await;
        assert!(other.text().contains("key_reused"), "{}", other.text());
        let own: contract::import::OwnImports = tests::desk::json(&desk.get("list").await);
        assert_eq!(own.lines.len(), 1);
        let view = desk.view(own.lines[0].import).await;
        let gone = desk.done("cancel", &view, &[]).await;
        assert_eq!(gone.state, ImportState::Cancelled);
        assert!(!world.folder().join("imports").join(view.import.to_string()).exists());
    })
    .await;
}
