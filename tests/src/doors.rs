//! The table of doors, read from `policy/doors.txt`, and what the text of the policy expects of each. Opens doors as a browser or a
//! program would.

pub mod things;

use crate::world::{Answer, World};
use axum::body::Body;
use domain::permission::Role;
use http::{Method, Request, StatusCode, header};
use server::routes::Kind;
use std::collections::BTreeMap;

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    pub method: String,
    pub path: String,
    pub who: Who,
    pub thing: Thing,
    pub sample: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Public,
    SignedIn,
    /// code of an action in the matrix
    Action(String),
}

/// What a door is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    None,
    Project,
    Site,
    Area,
    User,
    Import,
    File,
    Statement,
    Finding,
    Notice,
    Reconciliation,
    Bulletin,
    /// A county's book of a month; the own one lies in a county, since only who is above it decides.
    Return,
    /// What holds for the whole country: whoever is tried here works for a city and changes nothing of it.
    Country,
}

/// Where a thing lies, seen from the person's area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Own,
    Below,
    Above,
    Beside,
}

impl Relation {
    pub const ALL: [Relation; 4] = [Relation::Own, Relation::Below, Relation::Above, Relation::Beside];

    pub const fn is_inside(self) -> bool {
        matches!(self, Relation::Own | Relation::Below)
    }
}

impl Door {
    /// Sends a sample; `key` is a cookie, or a token for the interface.
    pub async fn open(&self, world: &World, kind: Kind, path: &str, sample: &str, key: &str) -> Answer {
        let is_get = self.method == "GET";
        let uri = if is_get && !sample.is_empty() { format!("{path}?{sample}") } else { path.to_owned() };
        let method = Method::from_bytes(self.method.as_bytes()).expect("a method of HTTP");
        let mut request = Request::builder().method(method).uri(uri);
        if kind == Kind::Api {
            request = request.header("idempotency-key", things::key());
            if !key.is_empty() {
                request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
            }
        } else {
            let accept = if kind == Kind::Page { "text/html" } else { "application/json" };
            request = request
                .header(header::COOKIE, key)
                .header(header::ACCEPT, accept)
                .header("sec-fetch-site", "same-origin");
        }
        if is_get {
            return world.send(request, Body::empty()).await;
        }
        if let Some(file) = sample.strip_prefix("file ") {
            let (name, fields) = file.split_once(' ').unwrap_or((file, ""));
            let kind = "multipart/form-data; boundary=line";
            return world
                .send(request.header(header::CONTENT_TYPE, kind), form_with_file(name, fields))
                .await;
        }
        let json = sample.starts_with('{');
        let form = "application/x-www-form-urlencoded";
        request = request.header(header::CONTENT_TYPE, if json { "application/json" } else { form });
        world.send(request, sample.to_owned()).await
    }
}

/// A form with a key, the fields, and a small file of the kind that its name says.
fn form_with_file(name: &str, fields: &str) -> String {
    let key = format!("key={}", things::key());
    let head = "--line\r\ncontent-disposition: form-data; name=";
    let mut form = String::new();
    for (field, value) in fields.split('&').chain([key.as_str()]).filter_map(|field| field.split_once('=')) {
        form.push_str(&format!("{head}\"{field}\"\r\n\r\n{value}\r\n"));
    }
    let content = match name {
        "a.pdf" => format!("%PDF-1.4\n{key}\n%%EOF\n"),
        "book.csv" => format!("日期,资金来源,类型,项目名称,金额（万元）\n2026-01-05,CBI,到位,{key},1\n"),
        "bank.csv" => format!("日期,凭证号,金额（元）,收支\n2026-01-05,{key},7.00,支出\n"),
        "areas.csv" => "code,name,level,parent\n520597,n,county,520500\n".to_owned(),
        _ => format!("a,b\r\n1,{key}\r\n"),
    };
    form.push_str(&format!("{head}\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--line--\r\n"));
    form
}

/// Every row, in order.
pub fn table() -> Vec<Door> {
    let text = include_str!("../policy/doors.txt");
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|line| door(line).unwrap_or_else(|| panic!("doors.txt: {line}"))).collect()
}

fn door(line: &str) -> Option<Door> {
    let mut parts = line.splitn(5, '|').map(str::trim);
    let (method, path, who, thing) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(Door {
        method: method.to_owned(),
        path: path.to_owned(),
        who: match who {
            "public" => Who::Public,
            "signed_in" => Who::SignedIn,
            action => Who::Action(action.to_owned()),
        },
        thing: match thing {
            "none" => Thing::None,
            "project" => Thing::Project,
            "site" => Thing::Site,
            "area" => Thing::Area,
            "user" => Thing::User,
            "import" => Thing::Import,
            "file" => Thing::File,
            "statement" => Thing::Statement,
            "finding" => Thing::Finding,
            "notice" => Thing::Notice,
            "reconciliation" => Thing::Reconciliation,
            "bulletin" => Thing::Bulletin,
            "return" => Thing::Return,
            "country" => Thing::Country,
            _ => return None,
        },
        sample: parts.next().unwrap_or_default().to_owned(),
    })
}

/// The matrix as it is printed and reviewed: roles by action.
pub fn matrix() -> BTreeMap<String, Vec<String>> {
    let text = include_str!("../policy/matrix.txt");
    let mut lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let roles = lines.next().unwrap_or_default();
    lines
        .map(|line| {
            let given = line.iter().zip(&roles).skip(1).filter(|(mark, _)| **mark == "yes");
            (line[0].to_owned(), given.map(|(_, role)| (*role).to_owned()).collect())
        })
        .collect()
}

/// Whether an answer is what the table promises.
pub fn fits(status: StatusCode, given: bool, thing: Thing, relation: Relation) -> bool {
    if thing == Thing::Country {
        return status == StatusCode::FORBIDDEN;
    }
    match (given, relation.is_inside()) {
        (true, true) if thing == Thing::Import => status == StatusCode::NOT_FOUND,
        (true, true) => status.is_success() || status.is_redirection(),
        (true, false) => matches!(status, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY),
        (false, true) => status == StatusCode::FORBIDDEN,
        (false, false) => {
            matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// Whether the role is given what the door asks.
pub fn is_given(who: &Who, role: Role, matrix: &BTreeMap<String, Vec<String>>) -> bool {
    match who {
        Who::Public | Who::SignedIn => true,
        Who::Action(action) => matrix
            .get(action)
            .unwrap_or_else(|| panic!("{action} is not in the matrix"))
            .iter()
            .any(|given| given == role.code()),
    }
}
