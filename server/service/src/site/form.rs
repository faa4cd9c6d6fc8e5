//! The form of a community: made or changed once under its key; the second of two people is told both values. Knows no SQL.

use crate::area;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::StaleField;
use contract::site::{SaveSite, SavedSite};
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::permission::{Action, Permit};
use domain::site::{SiteFacts, SiteField};
use store::Tx;
use store::idempotency::{Claim, claim, keep};

const ROUTE: &str = "site/save";

pub(super) async fn store_form(call: &Call, command: SaveSite) -> Outcome<SavedSite> {
    let permit = call.permit(Action::EditSite, &call.area())?;
    let tx = call.begin().await?;
    let body = format!("{command:?}");
    if let Claim::Done { answer } = claim(&tx, &permit, ROUTE, &command.key, body.as_bytes()).await? {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let saved = match command.site {
        Some((site, version)) => change(&tx, call, &command, site, version).await?,
        None => make(&tx, call, &command).await?,
    };
    let answer = serde_json::to_string(&saved).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(saved)
}

async fn make(tx: &Tx, call: &Call, command: &SaveSite) -> Outcome<SavedSite> {
    let facts = SiteFacts {
        code: None,
        name: String::new(),
        area: call.area().code(),
        households: None,
        people: None,
        labour: None,
        employed: None,
        employed_out_of_province: None,
        employed_in_province: None,
        employed_in_county: None,
        zero_employment_households: None,
    };
    let (facts, permit) = filled(call, &facts, None, command).await?;
    let site = SiteId::new(call.new_id());
    store::site::insert_many(tx, &permit, &[(site, facts)]).await?;
    Ok(SavedSite { site, version: 1 })
}

async fn change(tx: &Tx, call: &Call, command: &SaveSite, site: SiteId, version: i64) -> Outcome<SavedSite> {
    let before = store::site::load_for_update(tx, &call.scope(), site).await?;
    call.permit(Action::EditSite, &before.area_path)?;
    let (after, permit) = filled(call, &before.facts, Some(before.facts.area), command).await?;
    if before.version != version {
        return Err(Failure::Stale(conflicts(&before.facts, &after)));
    }
    if after == before.facts {
        return Ok(SavedSite { site, version });
    }
    store::site::update(tx, &permit, site, &after, version).await?;
    Ok(SavedSite { site, version: version + 1 })
}

fn conflicts(theirs: &SiteFacts, yours: &SiteFacts) -> Vec<StaleField> {
    let conflict = |field: SiteField| {
        let (yours, theirs) = (yours.text(field), theirs.text(field));
        (yours != theirs).then(|| StaleField {
            field: field.key().to_owned(),
            yours,
            theirs,
            only_yours: false,
        })
    };
    SiteField::ALL.into_iter().filter_map(conflict).collect()
}

/// The facts with the columns of the form put in, and the right to keep them where they then lie.
async fn filled(
    call: &Call,
    before: &SiteFacts,
    lies_in: Option<AreaCode>,
    command: &SaveSite,
) -> Outcome<(SiteFacts, Permit)> {
    let mut facts = before.clone();
    let mut path = None;
    for (field, text) in &command.values {
        let count = || text.as_ref().and_then(|text| text.parse().ok());
        match field {
            SiteField::Code => facts.code.clone_from(text),
            SiteField::Name => facts.name = text.clone().unwrap_or_default(),
            SiteField::Area => {
                let text = text.as_deref().unwrap_or_default();
                let area = area::choose(call, text, lies_in).await?;
                let area = area.ok_or_else(|| area::unknown(text))?;
                facts.area = area.code;
                path = Some(area.path);
            }
            SiteField::Households => facts.households = count(),
            SiteField::People => facts.people = count(),
            SiteField::Labour => facts.labour = count(),
            SiteField::Employed => facts.employed = count(),
            SiteField::EmployedOutOfProvince => facts.employed_out_of_province = count(),
            SiteField::EmployedInProvince => facts.employed_in_province = count(),
            SiteField::EmployedInCounty => facts.employed_in_county = count(),
            SiteField::ZeroEmploymentHouseholds => facts.zero_employment_households = count(),
        }
    }
    let path = match path {
        Some(path) => path,
        None => store::area::load(&*call.read().await?, &call.scope(), facts.area).await?.path,
    };
    let permit = call.permit(Action::EditSite, &path)?;
    Ok((facts, permit))
}
