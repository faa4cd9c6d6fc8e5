//! Addresses of documents, and where each form leads. Knows no component.

use crate::parts::address::{encode, write};
use crate::parts::retyped::back;
use contract::bulletin::{
    BeginForm, BulletinView, IssueBulletinForm, LetterheadForm, RewordForm, WeightsForm,
};
use domain::bulletin::rate::Indicator;
use domain::id::BulletinId;

/// All documents.
pub const PATH: &str = "/bulletins";
/// One document as each kind of file.
pub const EXPORT_XLSX: &str = "/bulletins/{id}/xlsx/export";
pub const EXPORT_DOCX: &str = "/bulletins/{id}/docx/export";
pub const EXPORT_PDF: &str = "/bulletins/{id}/pdf/export";

/// The page of one document, and below it.
pub fn bulletin(bulletin: BulletinId, below: &str) -> String {
    format!("{PATH}/{bulletin}{below}")
}

/// One of its files.
pub fn file(path: &str, bulletin: BulletinId) -> String {
    path.replace("{id}", &bulletin.to_string())
}

pub fn begun(view: &BulletinView) -> String {
    write(&bulletin(view.head.bulletin, ""), &[("done", "begun")])
}

pub fn changed(view: &BulletinView) -> String {
    write(&bulletin(view.head.bulletin, ""), &[("done", "changed")])
}

pub fn issued(view: &BulletinView) -> String {
    write(&bulletin(view.head.bulletin, ""), &[("done", "issued")])
}

fn own(bulletin: &str) -> String {
    format!("{PATH}/{}", encode(bulletin))
}

/// Back to the form with what was chosen: to the document that another was begun like, or to the list.
pub fn begin_again(form: &BeginForm) -> String {
    if form.like.is_empty() { back(PATH, &[("period", &form.period)]) } else { own(&form.like) }
}

pub fn reword_again(form: &RewordForm) -> String {
    back(&own(&form.bulletin), &[("part", &form.part), ("text", &form.text)])
}

pub fn head_again(form: &LetterheadForm) -> String {
    let typed = [
        ("organ", form.organ.as_str()),
        ("number", &form.number),
        ("title", &form.title),
        ("addressee", &form.addressee),
        ("signer", &form.signer),
        ("dated", &form.dated),
    ];
    back(&own(&form.bulletin), &typed)
}

pub fn weigh_again(form: &WeightsForm) -> String {
    let typed = Indicator::ALL.map(|indicator| (indicator.code(), form.text(indicator)));
    back(&own(&form.bulletin), &typed)
}

pub fn issue_again(form: &IssueBulletinForm) -> String {
    own(&form.bulletin)
}
