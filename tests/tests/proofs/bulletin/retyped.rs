//! A form about a document that is refused comes back as it was typed.

use super::{begin, one, people};
use http::{StatusCode, header};
use tests::world::{World, post};

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let world = World::sqlite().await;
    people(&world).await;
    let made = begin(&world.call("gh").await, "", "2025-Q3", "").await.unwrap();
    let cookie = world.cookie("gh").await;
    let request =
        post("/api/bulletin/weigh").header(header::COOKIE, &cookie).header(header::ACCEPT, "text/html");
    let id = made.head.bulletin;
    let form = format!("form%5Bbulletin%5D={id}&form%5Bversion%5D=1&form%5Bpaid%5D=61&form%5Bjobs%5D=27");
    let answer = world.send(request, form).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
    let back = answer.header(header::LOCATION).unwrap();
    assert!(back.starts_with(&format!("/bulletins/{id}?")), "{back}");
    let page = world.get(&cookie, &back).await.text();
    assert!(page.contains("value=\"61\"") && page.contains("value=\"27\""), "{page}");
    assert_eq!(
        one(&world.call("gh").await, &id.to_string()).await.unwrap().head.version,
        1,
        "nothing was kept"
    );
}
