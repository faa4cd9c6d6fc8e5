//! A whole server in one test, with people in it: the real router on a database of its own. Everything is done as
//! a person would do it; there is no back door.

use crate::postgres::OwnDatabase;
use axum::Router;
use axum::body::Body;
use contract::account::SetUp;
use domain::area::AreaCode;
use domain::permission::Role;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use server::config::Config;
use server::state::State;
use service::{App, Call, account, area};
use std::net::SocketAddr;
use std::path::PathBuf;
use store::account::{Account, AccountFacts};
use store::{Db, DbOptions};
use tempfile::TempDir;
use tower::ServiceExt;

/// Sign-in name of the administrator of the whole country.
pub const ADMIN: &str = "root";
/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";
/// Host that requests of tests name.
pub const HOST: &str = "houfu.test";

/// Which database stands under a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A server with an administrator and the area tree, nothing else.
pub struct World {
    pub kind: Kind,
    pub app: App,
    pub router: Router,
    pub state: State,
    folder: TempDir,
    _database: Option<OwnDatabase>,
}

impl World {
    pub async fn sqlite() -> World {
        World::on(Kind::Sqlite, None, 4).await
    }

    /// `None`, with a line that says so, when the run has no PostgreSQL.
    pub async fn postgres() -> Option<World> {
        World::postgres_of(4).await
    }

    /// The same with so many connections.
    pub async fn postgres_of(connections: u32) -> Option<World> {
        let Some(database) = OwnDatabase::create().await else {
            eprintln!("skipped on PostgreSQL: HOUFU_TEST_PG is not set (cargo xtask test sets it)");
            return None;
        };
        Some(World::on(Kind::Postgres, Some(database), connections).await)
    }

    /// Runs the same proof on both databases, one after the other.
    pub async fn on_both(proof: impl AsyncFn(&World)) {
        proof(&World::sqlite().await).await;
        if let Some(world) = World::postgres().await {
            proof(&world).await;
        }
    }

    async fn on(kind: Kind, database: Option<OwnDatabase>, connections: u32) -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = database.as_ref().map(OwnDatabase::url);
        let sqlite = DbOptions::sqlite(folder.path());
        let options = DbOptions { url: url.clone(), connections, allow_fsync_off: true, ..sqlite };
        let db = Db::open(&options).await.expect("a new database opens");
        db.migrate().await.expect("a new database migrates");
        let app = App::new(db, folder.path().to_owned(), false);
        if let Some(reader) = reader() {
            app.read_by(reader);
        }
        area::load_tree(&app).await.expect("the area tree loads");
        let state = State::new(app.clone(), config(folder.path().to_owned(), url));
        let world =
            World { kind, app, router: server::router(state.clone()), state, folder, _database: database };
        world.set_up().await;
        world
    }

    /// Ends the server and gives what it has written to another.
    pub async fn leave(self) -> Place {
        self.app.drain().await;
        self.app.db().close().await.expect("the database closes");
        let World { state, folder, _database, .. } = self;
        Place { database: state.config.database.clone(), folder, _database }
    }

    /// Address of the database for a connection beside the product.
    pub fn url(&self) -> String {
        url(self.state.config.database.as_deref(), self.folder())
    }

    async fn set_up(&self) {
        let code =
            account::setup_code(&self.app).await.expect("the store answers").expect("nobody is here yet");
        let (login, name) = (ADMIN.to_owned(), "Root".to_owned());
        let command = SetUp { code, login, name, password: PASSWORD.to_owned() };
        account::set_up(&self.app, None, command).await.expect("the first start works");
    }

    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Adds a person, as the administrator does. `area` is a six-digit code.
    pub async fn person(&self, login: &str, role: Role, area: &str) {
        let area = AreaCode::new(area).expect("a code of six digits");
        let facts =
            AccountFacts { login: login.to_owned(), name: login.to_owned(), role, area, disabled: false };
        let admin = self.call(ADMIN).await;
        account::people::add(&admin, facts, PASSWORD.to_owned())
            .await
            .expect("the administrator may add people");
    }

    /// What is kept of a person.
    pub async fn account(&self, login: &str) -> Account {
        let reader = self.app.db().read().await.expect("the store answers");
        let found = store::account::by_login(&reader, login).await.expect("the store answers");
        found.expect("this person exists").0
    }

    /// A person as use cases see them, without HTTP.
    pub async fn call(&self, login: &str) -> Call {
        account::call_as(&self.app, login).await.expect("this person exists")
    }

    /// Sends a request through the whole router, host and origin filled in.
    pub async fn send(&self, request: http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = request
            .header(header::HOST, HOST)
            .header(header::REFERER, format!("http://{HOST}/"))
            .body(body.into())
            .expect("a well-formed request");
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        Answer::read(response).await
    }

    /// Signs in through the door and returns the cookie to send along.
    pub async fn cookie(&self, login: &str) -> String {
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let answer = self.send(post("/api/account/sign_in"), form).await;
        let set = answer.header(header::SET_COOKIE).unwrap_or_default();
        assert!(set.contains("sid="), "{login} cannot sign in: {} {}", answer.status, answer.text());
        set.split(';').next().unwrap_or_default().to_owned()
    }

    /// A page or a reading door, as this person.
    pub async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie), Body::empty()).await
    }

    /// A writing door, as this person's own page would send it with scripts on.
    pub async fn post(&self, cookie: &str, path: &str, form: &str) -> Answer {
        let request = post(path).header(header::COOKIE, cookie).header(header::ACCEPT, "application/json");
        self.send(request, form.to_owned()).await
    }

    /// Listens on a free port of this machine; the server ends with the test.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        format!("http://{address}")
    }
}

/// Folder and database of a world that ended; they go with this value.
pub struct Place {
    pub folder: TempDir,
    pub database: Option<String>,
    _database: Option<OwnDatabase>,
}

impl Place {
    /// Address of the database for a connection beside the product.
    pub fn url(&self) -> String {
        url(self.database.as_deref(), self.folder.path())
    }
}

fn url(database: Option<&str>, folder: &std::path::Path) -> String {
    database.map_or_else(|| format!("sqlite://{}", folder.join("houfu.db").display()), str::to_owned)
}

/// A form from our own page.
pub fn post(path: &str) -> http::request::Builder {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
}

/// The program beside the tests that reads workbooks; cargo builds it with them.
fn reader() -> Option<PathBuf> {
    let tests = std::env::current_exe().ok()?;
    let reader = tests.parent()?.parent()?.join("reader");
    reader.exists().then_some(reader)
}

fn config(data: PathBuf, database: Option<String>) -> Config {
    Config {
        data,
        database,
        pkg: std::env::var_os("HOUFU_PKG_DIR").map(PathBuf::from),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        public_origin: None,
        trusted_proxy: Vec::new(),
        fonts: None,
        log_json: false,
        demo: false,
    }
}

/// A response, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    async fn read(response: Response<Body>) -> Answer {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body arrives").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// The body as text, for messages and searches.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The first header of this name.
    pub fn header(&self, name: header::HeaderName) -> Option<String> {
        Some(self.headers.get(name)?.to_str().ok()?.to_owned())
    }
}
