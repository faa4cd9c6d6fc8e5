//! How the raw texts about documents become commands. The browser and the door call the same checks.

use super::{
    Basis, BeginBulletin, BeginForm, BulletinForm, BulletinQuery, Change, ChangeBulletin, IssueBulletin,
    IssueBulletinForm, LetterheadForm, RewordForm, WeightsForm,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::{Inputs, parsed};
use domain::area::AreaCode;
use domain::bulletin::draft::Part;
use domain::bulletin::period::Period;
use domain::bulletin::rank::Weights;
use domain::bulletin::rate::Indicator;
use domain::bulletin::wording::{LINE_MOST, Letterhead, PARAGRAPH_MOST};
use domain::id::BulletinId;
use domain::text::clean;
use std::collections::BTreeMap;

/// All weights together.
const WHOLE: u64 = 100;

impl Form for BulletinForm {
    type Command = BulletinQuery;

    /// Text that is no id is an id that nobody has.
    fn check(&self) -> Result<BulletinQuery, FieldErrors> {
        Ok(BulletinQuery { bulletin: parsed(&self.bulletin).unwrap_or(BulletinId::NOTHING) })
    }
}

impl Form for BeginForm {
    type Command = BeginBulletin;

    fn check(&self) -> Result<BeginBulletin, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let area = inputs.chosen("area", &self.area, AreaCode::new);
        let on = match inputs.chosen("like", &self.like, parsed) {
            Some(like) => Some(Basis::Like(like)),
            None => inputs.needed("period", &self.period, Period::parse).map(Basis::Now),
        };
        inputs.done()?;
        Ok(BeginBulletin { key, area, on: on.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for RewordForm {
    type Command = ChangeBulletin;

    fn check(&self) -> Result<ChangeBulletin, FieldErrors> {
        let mut inputs = Inputs::new();
        let part = inputs.needed("part", &self.part, Part::from_code);
        let text = line(&mut inputs, "text", &self.text, PARAGRAPH_MOST);
        let text = (!text.is_empty()).then_some(text);
        let change = part.map(|part| Change::Paragraph { part, text });
        of(inputs, &self.bulletin, &self.version, change)
    }
}

impl Form for LetterheadForm {
    type Command = ChangeBulletin;

    fn check(&self) -> Result<ChangeBulletin, FieldErrors> {
        let mut inputs = Inputs::new();
        let mut text = |name: &str, text: &str| line(&mut inputs, name, text, LINE_MOST);
        let head = Letterhead {
            organ: text("organ", &self.organ),
            number: text("number", &self.number),
            title: text("title", &self.title),
            addressee: text("addressee", &self.addressee),
            signer: text("signer", &self.signer),
            dated: text("dated", &self.dated),
        };
        of(inputs, &self.bulletin, &self.version, Some(Change::Head(head)))
    }
}

impl Form for WeightsForm {
    type Command = ChangeBulletin;

    fn check(&self) -> Result<ChangeBulletin, FieldErrors> {
        let mut inputs = Inputs::new();
        let mut weights: BTreeMap<Indicator, u32> = BTreeMap::new();
        for indicator in Indicator::ALL {
            let text = self.text(indicator).trim();
            let weight = if text.is_empty() { Some(0) } else { text.parse().ok() };
            match weight.filter(|weight| u64::from(*weight) <= WHOLE) {
                Some(weight) => drop(weights.insert(indicator, weight)),
                None => inputs.wrong(indicator.code(), FieldFault::Between { least: 0, most: WHOLE }),
            }
        }
        let weights = Weights::new(weights);
        if weights.is_none() {
            inputs.wrong("weights", FieldFault::Between { least: WHOLE, most: WHOLE });
        }
        of(inputs, &self.bulletin, &self.version, weights.map(Change::Weights))
    }
}

impl WeightsForm {
    /// What was typed for an indicator.
    pub fn text(&self, indicator: Indicator) -> &str {
        match indicator {
            Indicator::Started => &self.started,
            Indicator::Invested => &self.invested,
            Indicator::Disbursed => &self.disbursed,
            Indicator::Paid => &self.paid,
            Indicator::Jobs => &self.jobs,
            Indicator::Rectified => &self.rectified,
        }
    }
}

impl Form for IssueBulletinForm {
    type Command = IssueBulletin;

    fn check(&self) -> Result<IssueBulletin, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let bulletin = inputs.needed("bulletin", &self.bulletin, parsed);
        let version = inputs.needed("version", &self.version, parsed);
        inputs.done()?;
        let (bulletin, version) = bulletin.zip(version).ok_or_else(FieldErrors::new)?;
        Ok(IssueBulletin { bulletin, version, key })
    }
}

fn line(inputs: &mut Inputs, name: &str, text: &str, most: usize) -> String {
    let text = clean(text).replace('\r', "");
    let text = text.trim();
    if text.chars().count() > most {
        inputs.wrong(name, FieldFault::TooLong { most: u32::try_from(most).unwrap_or(u32::MAX) });
    }
    text.to_owned()
}

fn of(
    mut inputs: Inputs,
    bulletin: &str,
    version: &str,
    change: Option<Change>,
) -> Result<ChangeBulletin, FieldErrors> {
    let bulletin = inputs.needed("bulletin", bulletin, parsed);
    let version = inputs.needed("version", version, parsed);
    inputs.done()?;
    match (bulletin, version, change) {
        (Some(bulletin), Some(version), Some(change)) => Ok(ChangeBulletin { bulletin, version, change }),
        (_, _, _) => Err(FieldErrors::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(texts: [&str; 6]) -> String {
        let [started, invested, disbursed, paid, jobs, rectified] = texts.map(str::to_owned);
        let (bulletin, version) = ("018f0000-0000-7000-8000-00000000dead".into(), "1".into());
        let form = WeightsForm { bulletin, version, started, invested, disbursed, paid, jobs, rectified };
        match form.check() {
            Ok(command) => format!("{:?}", command.version),
            Err(errors) => errors.iter().map(|error| error.name.as_str()).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn weights_are_a_hundred_together() {
        assert_eq!(weights(["20", "20", "20", "20", "10", "10"]), "1");
        assert_eq!(weights(["50", "50", "", "", "", ""]), "1");
        assert_eq!(weights(["50", "40", "", "", "", ""]), "weights");
        assert_eq!(weights(["x", "101", "100", "", "", ""]), "started invested");
    }

    #[test]
    fn a_document_is_begun_for_a_period_or_like_another() {
        let begin = |period: &str, like: &str| {
            let form = BeginForm {
                key: "key-12345678".into(),
                period: period.into(),
                like: like.into(),
                ..BeginForm::default()
            };
            form.check().map(|command| command.on).map_err(|errors| errors.iter().count())
        };
        let october = Period::parse("2026-10").unwrap();
        assert_eq!(begin("2026-10", ""), Ok(Basis::Now(october)));
        assert!(matches!(begin("", "018f0000-0000-7000-8000-00000000dead"), Ok(Basis::Like(_))));
        assert_eq!(begin("2026-13", ""), Err(1));
        assert_eq!(begin("", ""), Err(1));
    }
}
