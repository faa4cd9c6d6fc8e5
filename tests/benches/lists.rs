//! The list page through the whole router: 50 rows, count, sums and tabs, on 100,000 and on 1,000,000 projects; and how
//! soon text and range filters have their first rows.

use crate::seed::{self, LOGIN, PASSWORD};
use crate::{cpu, median, scaled};
use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

const HOST: &str = "houfu.test";
/// Requests of one figure; five figures are taken and their median shown.
const TURNS: u32 = 40;
const FIGURES: usize = 5;

/// Filters that the kept totals answer.
pub const KEPT: [&str; 4] = [
    "/projects?list=1y",
    "/projects?list=1y&area=520526",
    "/projects?list=5y&category=employment,housing&stage=ready",
    "/projects?list=pool",
];
/// Filters that need rows: a rare word, a common one, initials, a narrow and a wide range.
const ROWS: [&str; 5] = [
    "list=1y&q=%E5%86%B7%E9%93%BE",
    "list=1y&q=%E6%B1%A1%E6%B0%B4",
    "list=1y&q=llwl",
    "list=1y&least=90990",
    "list=1y&least=500",
];

pub fn run() {
    let runtime = cpu::runtime();
    let mut before: Vec<f64> = Vec::new();
    for projects in [scaled(100_000), scaled(1_000_000)] {
        let folder = runtime.block_on(seed::folder(projects));
        let app = runtime.block_on(seed::open(&folder));
        let router = server::router(seed::state(app, &folder));
        let cookie = runtime.block_on(cookie(&router));
        let mut figures = Vec::new();
        for path in KEPT {
            let (work, clock) = measured(&runtime, &router, &cookie, path);
            println!("{projects:>9}  {path:<60} {work:>7.2} ms CPU  {clock:>7.2} ms");
            figures.push(work);
        }
        for query in ROWS {
            // The door gives the rows alone, without the page around them.
            let path = format!(
                "/api/list/page?{}",
                query
                    .split('&')
                    .map(|pair| {
                        let (name, value) = pair.split_once('=').unwrap();
                        format!("form%5B{name}%5D={value}")
                    })
                    .collect::<Vec<_>>()
                    .join("&")
            );
            let (work, clock) = measured(&runtime, &router, &cookie, &path);
            println!("{projects:>9}  first rows {query:<49} {work:>7.2} ms CPU  {clock:>7.2} ms");
        }
        for (now, then) in figures.iter().zip(&before) {
            println!("           {:.2} times the smaller list's", now / then);
        }
        before = figures;
    }
}

fn measured(runtime: &tokio::runtime::Runtime, router: &Router, cookie: &str, path: &str) -> (f64, f64) {
    let ask = || runtime.block_on(get(router, cookie, path));
    (0..3).for_each(|_| drop(ask()));
    let (mut work, mut clock) = (Vec::new(), Vec::new());
    for _ in 0..FIGURES {
        let (cpu, wall) = cpu::per_turn(TURNS, || drop(ask()));
        work.push(cpu);
        clock.push(wall);
    }
    (median(work), median(clock))
}

pub async fn get(router: &Router, cookie: &str, path: &str) -> Vec<u8> {
    let request = Request::get(path)
        .header(header::HOST, HOST)
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, if path.starts_with("/api/") { "application/json" } else { "text/html" })
        .body(Body::empty())
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

pub async fn cookie(router: &Router) -> String {
    let request = Request::post("/api/account/sign_in")
        .header(header::HOST, HOST)
        .header(header::REFERER, format!("http://{HOST}/"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("login={LOGIN}&password={}", PASSWORD.replace(' ', "+"))))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let set = response.headers().get(header::SET_COOKIE).expect("a session").to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}
