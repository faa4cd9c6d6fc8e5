//! What a person decided about a file's sheets and columns, kept as TOML. Knows no file.

use domain::money::Unit;
use domain::period::Horizon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How one sheet is to be read; whatever is left out is found. The same for the wizard and `--mapping`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The sheet it is about; every list of the file when absent.
    pub sheet: Option<String>,
    /// First and last row of the heading, from 1.
    pub header_rows: Option<(u32, u32)>,
    /// The unit of amounts whose heading names none.
    pub unit: Option<Unit>,
    pub horizon: Option<Horizon>,
    /// Heading as written (band and heading joined by `/`, or the heading alone) → column key; an empty key ignores the column.
    pub columns: BTreeMap<String, String>,
    /// Letters of a column (`L`) → column key, for headings that say the same twice; goes before `columns`.
    pub letters: BTreeMap<String, String>,
    /// Letters of a column → the unit of its amounts, whatever its heading says.
    pub units: BTreeMap<String, Unit>,
    /// Remembered headings of earlier files → column key.
    pub synonyms: BTreeMap<String, String>,
}

impl Mapping {
    pub fn parse(toml_text: &str) -> Result<Mapping, toml::de::Error> {
        toml::from_str(toml_text)
    }

    /// Whether it speaks about this sheet.
    pub fn covers(&self, sheet: &str) -> bool {
        self.sheet.as_deref().is_none_or(|name| name == sheet)
    }

    /// The key a person gave the column of these letters.
    pub fn key_at(&self, letters: &str) -> Option<&str> {
        self.letters.get(letters).map(String::as_str)
    }

    /// The key a person gave this heading: `columns` goes before `synonyms`.
    pub fn key_of(&self, band: &str, heading: &str) -> Option<&str> {
        let wanted = [domain::text::fold(&format!("{band}/{heading}")), domain::text::fold(heading)];
        [&self.columns, &self.synonyms].into_iter().find_map(|table| {
            wanted.iter().find_map(|wanted| {
                table
                    .iter()
                    .find(|(known, _)| domain::text::fold(known) == *wanted)
                    .map(|(_, key)| key.as_str())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_file_reads() {
        let mapping = Mapping::parse(
            "sheet = \"Sheet1\"\nunit = \"yuan\"\nheader_rows = [3, 4]\n[columns]\n\"资金来源/省补\" = \"source.PBI\"\n",
        )
        .unwrap();
        assert_eq!(mapping.key_of("资金来源", "省补"), Some("source.PBI"));
        assert_eq!(mapping.unit, Some(Unit::Yuan));
        assert!(Mapping::parse("colums = {}").is_err());
    }
}
