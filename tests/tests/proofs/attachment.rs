//! Files of projects through the real router: what is taken, what is refused, who sees them. Both databases.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use contract::attachment::{FilesView, KeptView};
use contract::form::Form;
use contract::project::SaveForm;
use domain::permission::Role;
use http::{Request, StatusCode, header};
use service::project;
use std::io::{Cursor, Write};
use tests::world::{Answer, World};

const WEINING: &str = "520526";
const LIPING: &str = "522631";
const UPLOAD: &str = "/api/project/attachment/upload";

async fn make(world: &World, login: &str, area: &str) -> String {
    let call = world.call(login).await;
    let mut form = SaveForm { key: call.new_id().to_string(), ..SaveForm::default() };
    form.values.insert("name".into(), "冷链物流中心".into());
    form.values.insert("area".into(), area.into());
    project::save(&call, form.check().unwrap()).await.unwrap().project.to_string()
}

async fn people(world: &World) -> (String, String) {
    world.person("weining", Role::Planner, WEINING).await;
    world.person("treasurer", Role::Treasurer, WEINING).await;
    world.person("leader", Role::Leader, WEINING).await;
    world.person("liping", Role::Planner, LIPING).await;
    (make(world, "weining", WEINING).await, make(world, "liping", LIPING).await)
}

fn body(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, text) in fields {
        let part =
            format!("--frontier\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n");
        body.extend(part.as_bytes());
    }
    let part = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    body.extend(part.as_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--frontier--\r\n");
    body
}

async fn send(world: &World, cookie: &str, accept: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(UPLOAD)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, accept);
    world.send(request, body).await
}

async fn upload(world: &World, cookie: &str, project: &str, key: &str, name: &str, bytes: &[u8]) -> Answer {
    let fields = [("project", project), ("key", key), ("gate", "feasibility")];
    send(world, cookie, "application/json", body(&fields, name, bytes)).await
}

async fn files(world: &World, cookie: &str, project: &str) -> Answer {
    world.get(cookie, &format!("/api/project/files?project={project}")).await
}

fn docx(extra: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "word/document.xml", extra] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

#[tokio::test]
async fn a_file_goes_in_is_listed_and_comes_back_byte_for_byte() {
    World::on_both(async |world| {
        let (project, _) = people(world).await;
        let cookie = world.cookie("weining").await;
        let sent = upload(world, &cookie, &project, "key-00001", "可研 批复.pdf", PDF).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let kept: KeptView = serde_json::from_str(&sent.text()).unwrap();
        let again = upload(world, &cookie, &project, "key-00001", "可研 批复.pdf", PDF).await;
        assert_eq!(again.text(), sent.text(), "one key keeps one file");
        let other = upload(world, &cookie, &project, "key-00001", "别的.pdf", PDF).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "the key with another body");
        let view: FilesView = serde_json::from_str(&files(world, &cookie, &project).await.text()).unwrap();
        assert_eq!(view.files.len(), 1);
        assert_eq!(view.files[0].name, "可研 批复.pdf");
        assert_eq!(view.files[0].gate, Some(domain::project::Gate::Feasibility));
        let digest = &view.files[0].sha256;
        let path = world.folder().join("att").join(&digest[..2]).join(digest);
        assert_eq!(std::fs::read(path).unwrap(), PDF, "it lies under its digest");
        let address = format!("/projects/{project}/attachments/{}", kept.attachment);
        let got = world.get(&cookie, &address).await;
        assert_eq!((got.status, got.body.as_slice()), (StatusCode::OK, PDF));
        let disposition = got.header(header::CONTENT_DISPOSITION).unwrap();
        assert!(
            disposition.ends_with("filename*=UTF-8''%E5%8F%AF%E7%A0%94%20%E6%89%B9%E5%A4%8D.pdf"),
            "{disposition}"
        );
        assert!(disposition.starts_with("attachment;"));
        assert_eq!(got.header(header::X_CONTENT_TYPE_OPTIONS).as_deref(), Some("nosniff"));
        assert!(got.header(header::CONTENT_SECURITY_POLICY).unwrap().starts_with("sandbox"));
        assert_eq!(got.header(header::CONTENT_TYPE).as_deref(), Some("application/pdf"));
    })
    .await;
}

#[tokio::test]
async fn another_countys_file_is_as_missing_as_none() {
    World::on_both(async |world| {
        let (project, foreign) = people(world).await;
        let cookie = world.cookie("weining").await;
        let kept: KeptView =
            serde_json::from_str(&upload(world, &cookie, &project, "key-00001", "a.pdf", PDF).await.text())
                .unwrap();
        let stranger = world.cookie("liping").await;
        let nobody = "018f0000-0000-7000-8000-000000000001";
        let at = |project: &str, file: &str| format!("/projects/{project}/attachments/{file}");
        let file = kept.attachment.to_string();
        let random = world.get(&stranger, &at(nobody, nobody)).await;
        for address in [at(&project, &file), at(&foreign, &file), at(&project, nobody), at("x", "y")] {
            let answer = world.get(&stranger, &address).await;
            assert_eq!((answer.status, answer.text()), (StatusCode::NOT_FOUND, random.text()), "{address}");
        }
        assert_eq!(files(world, &stranger, &project).await.status, StatusCode::NOT_FOUND);
        let sent = upload(world, &stranger, &project, "key-00002", "a.pdf", PDF).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        let form = format!("project={project}&attachment={file}&key=key-00003");
        let removed = world.post(&stranger, "/api/project/attachment/remove", &form).await;
        assert_eq!(removed.status, StatusCode::NOT_FOUND);
        assert_eq!(world.get(&cookie, &at(&project, &file)).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_what_it_says_is_refused_and_leaves_nothing() {
    World::on_both(async |world| {
        let (project, _) = people(world).await;
        let cookie = world.cookie("weining").await;
        let zip = docx("word/vbaProject.bin");
        let cases: [(&str, &[u8]); 9] = [
            ("a.exe", b"MZ\x90\x00"),
            ("a.html", b"<script>alert(1)</script>"),
            ("a.svg", b"<svg onload='alert(1)'/>"),
            ("a.pdf", b"MZ\x90\x00 not a document"),
            ("a.png", PDF),
            ("a.docx", PDF),
            ("a.docx", &zip),
            ("a.docm", &docx("word/x.xml")),
            ("pdf", PDF),
        ];
        for (at, (name, bytes)) in cases.into_iter().enumerate() {
            let sent = upload(world, &cookie, &project, &format!("key-bad-{at}"), name, bytes).await;
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", sent.text());
        }
        let empty = upload(world, &cookie, &project, "key-empty", "a.pdf", b"").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let large = vec![b'x'; 41 * 1024 * 1024];
        let large = upload(world, &cookie, &project, "key-large", "a.pdf", &large).await;
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(!world.folder().join("att").exists(), "nothing was kept");
        let good = upload(world, &cookie, &project, "key-good", "../../批复.docx", &docx("word/x.xml")).await;
        assert_eq!(good.status, StatusCode::OK, "{}", good.text());
        let view: FilesView = serde_json::from_str(&files(world, &cookie, &project).await.text()).unwrap();
        assert_eq!(view.files[0].name, "批复.docx");
    })
    .await;
}

#[tokio::test]
async fn rights_decide_who_adds_and_who_takes_off() {
    World::on_both(async |world| {
        let (project, _) = people(world).await;
        let (planner, treasurer, leader) =
            (world.cookie("weining").await, world.cookie("treasurer").await, world.cookie("leader").await);
        let kept = async |cookie: &str, key: &str| -> KeptView {
            let sent = upload(world, cookie, &project, key, "a.pdf", PDF).await;
            serde_json::from_str(&sent.text()).unwrap_or_else(|_| panic!("{}", sent.text()))
        };
        let refused = upload(world, &leader, &project, "key-leader", "a.pdf", PDF).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let (first, second) = (kept(&planner, "key-one-1").await, kept(&treasurer, "key-two-1").await);
        let remove = async |cookie: &str, file: &KeptView, key: &str| {
            let form = format!("project={project}&attachment={}&key={key}", file.attachment);
            world.post(cookie, "/api/project/attachment/remove", &form).await.status
        };
        assert_eq!(remove(&treasurer, &first, "rm-000001").await, StatusCode::FORBIDDEN, "not her own");
        assert_eq!(remove(&treasurer, &second, "rm-000002").await, StatusCode::OK);
        assert_eq!(remove(&treasurer, &second, "rm-000003").await, StatusCode::NOT_FOUND, "gone");
        let view: FilesView = serde_json::from_str(&files(world, &leader, &project).await.text()).unwrap();
        assert_eq!(view.files.len(), 1);
        assert!(!view.files[0].removable);
        let address = format!("/projects/{project}/attachments/{}", second.attachment);
        assert_eq!(world.get(&planner, &address).await.status, StatusCode::NOT_FOUND);
        let call = world.call("weining").await;
        let conn = call.read().await.unwrap();
        let filter = store::audit::AuditFilter { object: Some("attachment".into()), ..Default::default() };
        let trail = store::audit::page(&conn, &call.scope(), &filter, None, 50).await.unwrap().rows;
        assert_eq!(trail.len(), 3, "two kept, one taken off");
    })
    .await;
}

#[tokio::test]
async fn a_plain_form_goes_to_the_list_of_files_or_back_with_the_reason() {
    let world = World::sqlite().await;
    let (project, _) = people(&world).await;
    let cookie = world.cookie("weining").await;
    let html = "text/html,application/xhtml+xml";
    let fields = [("project", project.as_str()), ("key", "key-plain"), ("gate", "")];
    let sent = send(&world, &cookie, html, body(&fields, "a.pdf", PDF)).await;
    assert_eq!(sent.status, StatusCode::FOUND, "{}", sent.text());
    assert_eq!(sent.header(header::LOCATION).unwrap(), format!("/projects/{project}/files?done=attached"));
    let refused = send(&world, &cookie, html, body(&fields, "a.exe", b"MZ")).await;
    assert_eq!(refused.status, StatusCode::FOUND);
    assert!(
        refused.header(header::LOCATION).unwrap().contains("__err="),
        "{refused:?}",
        refused = refused.headers
    );
    let page = world.get(&cookie, &format!("/projects/{project}/files")).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in ["multipart/form-data", "40.0 MiB", "a.pdf", "可研批复"] {
        assert!(page.text().contains(text), "{text}");
    }
}

#[tokio::test]
async fn verify_names_the_file_that_is_not_itself() {
    let world = World::sqlite().await;
    let (project, _) = people(&world).await;
    let cookie = world.cookie("weining").await;
    upload(&world, &cookie, &project, "key-00001", "a.pdf", PDF).await;
    let digests = store::attachment::digests(&world.app.db().read().await.unwrap()).await.unwrap();
    assert_eq!(digests.len(), 1);
    assert_eq!(service::attachment::first_breach(world.folder(), &digests), None);
    let sha = &digests[0].0;
    std::fs::write(world.folder().join("att").join(&sha[..2]).join(sha), b"%PDF-1.7 other").unwrap();
    let breach = service::attachment::first_breach(world.folder(), &digests).unwrap();
    assert!(breach.starts_with(sha.as_str()), "{breach}");
}
