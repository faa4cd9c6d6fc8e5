//! What the pages of documents show, from what is kept. Decides nothing.

use crate::call::Call;
use crate::ledger::view::instant;
use contract::bulletin::{BulletinHead, BulletinView, IssueLine};
use domain::bulletin::facts::Known;
use domain::bulletin::rank::ranking;
use sheet::write::bulletin::{paper, passages};
use store::bulletin::{Head, Issue, Kept};

pub fn head(head: &Head) -> BulletinHead {
    BulletinHead {
        bulletin: head.id,
        period: head.period,
        area: head.area.code(),
        area_name: head.area_name.clone(),
        known: Known { trail: head.known_at, ledger: head.ledger_at, at: head.known_ms },
        sha256: head.sha256.clone(),
        version: head.version,
        made_by: head.maker_name.clone(),
        made_at: instant(head.made_at),
        issues: u32::try_from(head.issues).unwrap_or(u32::MAX),
    }
}

/// The page of a document. Counts of people leave here only as they may be shown.
pub fn whole(call: &Call, kept: Kept, issues: Vec<Issue>, is_same: bool) -> BulletinView {
    let Kept { head: own, facts, wording } = kept;
    let places = facts.places();
    let issue = |issue: Issue| IssueLine {
        number: issue.number,
        sha256: issue.sha256,
        issuer: issue.issuer_name,
        at: instant(issue.at),
    };
    BulletinView {
        paper: paper(&facts, &wording, &own.sha256),
        passages: passages(&facts, &wording),
        ranking: ranking(&facts.ranked(), &wording.weights),
        whole: facts.whole(),
        places,
        letterhead: wording.head,
        weights: wording.weights,
        edition: facts.edition,
        issues: issues.into_iter().map(issue).collect(),
        is_same,
        key: call.new_id().to_string(),
        may: call.abilities(&own.area),
        head: BulletinHead { area_name: facts.name(own.area.code()).to_owned(), ..head(&own) },
    }
}
