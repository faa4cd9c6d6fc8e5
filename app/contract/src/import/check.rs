//! How the raw texts of the wizard become commands, and the codes of its enums. Browser and door call the same checks.

mod read_as;

use super::command::{Choose, ImportQuery, Mend, NewImport, RowChoice, RowsQuery, Step, Whole, WholeChoice};
use super::{
    ChooseForm, Counts, ImportForm, ImportKind, ImportState, MendForm, RowOutcome, RowsForm, StepForm,
    UploadForm, WholeForm,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::id::ImportId;
use domain::text::clean;

/// Most characters of a mended cell, as many as a spreadsheet's cell holds.
const CELL_MOST: u32 = 32_767;
/// Most rows of a sheet.
const ROW_MOST: u32 = 1_048_576;

impl ImportKind {
    pub const ALL: [ImportKind; 2] = [ImportKind::Projects, ImportKind::Sites];

    /// As kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            ImportKind::Projects => "projects",
            ImportKind::Sites => "sites",
        }
    }

    pub fn from_code(code: &str) -> Option<ImportKind> {
        ImportKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl ImportState {
    pub const ALL: [ImportState; 6] = [
        ImportState::Reading,
        ImportState::Failed,
        ImportState::Staged,
        ImportState::Committed,
        ImportState::Undone,
        ImportState::Cancelled,
    ];

    /// As kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            ImportState::Reading => "reading",
            ImportState::Failed => "failed",
            ImportState::Staged => "staged",
            ImportState::Committed => "committed",
            ImportState::Undone => "undone",
            ImportState::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<ImportState> {
        ImportState::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl RowOutcome {
    pub const ALL: [RowOutcome; 7] = [
        RowOutcome::New,
        RowOutcome::Changed,
        RowOutcome::Same,
        RowOutcome::Faulty,
        RowOutcome::Unclear,
        RowOutcome::Conflict,
        RowOutcome::Skipped,
    ];

    /// In addresses and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            RowOutcome::New => "new",
            RowOutcome::Changed => "changed",
            RowOutcome::Same => "same",
            RowOutcome::Faulty => "faulty",
            RowOutcome::Unclear => "unclear",
            RowOutcome::Conflict => "conflict",
            RowOutcome::Skipped => "skipped",
        }
    }

    pub fn from_code(code: &str) -> Option<RowOutcome> {
        RowOutcome::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

impl Counts {
    /// Rows of one outcome.
    pub const fn of(&self, outcome: RowOutcome) -> u32 {
        match outcome {
            RowOutcome::New => self.new,
            RowOutcome::Changed => self.changed,
            RowOutcome::Same => self.same,
            RowOutcome::Faulty => self.faulty,
            RowOutcome::Unclear => self.unclear,
            RowOutcome::Conflict => self.conflict,
            RowOutcome::Skipped => self.skipped,
        }
    }

    /// One row more of this outcome.
    pub const fn add(&mut self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::New => self.new += 1,
            RowOutcome::Changed => self.changed += 1,
            RowOutcome::Same => self.same += 1,
            RowOutcome::Faulty => self.faulty += 1,
            RowOutcome::Unclear => self.unclear += 1,
            RowOutcome::Conflict => self.conflict += 1,
            RowOutcome::Skipped => self.skipped += 1,
        }
    }

    /// All rows.
    pub const fn all(&self) -> u32 {
        self.new + self.changed + self.same + self.faulty + self.unclear + self.conflict + self.skipped
    }

    /// Rows that a commit would write.
    pub const fn ready(&self) -> u32 {
        self.new + self.changed
    }

    /// Rows that a person must mend, decide or leave out.
    pub const fn open(&self) -> u32 {
        self.faulty + self.unclear + self.conflict
    }
}

impl RowChoice {
    /// `skip`, `new`, a project id; `None` when only cells are spoken of.
    pub fn code(&self) -> Option<String> {
        match self {
            RowChoice::None | RowChoice::Take(_) | RowChoice::Keep(_) => None,
            RowChoice::Skip => Some("skip".to_owned()),
            RowChoice::New => Some("new".to_owned()),
            RowChoice::Is(project) => Some(project.to_string()),
        }
    }
}

impl WholeChoice {
    /// As the inputs name it.
    pub const fn code(self) -> &'static str {
        match self {
            WholeChoice::MatchNames(true) => "match_names",
            WholeChoice::MatchNames(false) => "no_match_names",
            WholeChoice::MakeSites => "make_sites",
            WholeChoice::BlankClears(true) => "blank_clears",
            WholeChoice::BlankClears(false) => "blank_keeps",
        }
    }

    pub fn from_code(code: &str) -> Option<WholeChoice> {
        let both = [true, false];
        let names = both.map(WholeChoice::MatchNames);
        let blanks = both.map(WholeChoice::BlankClears);
        names.into_iter().chain(blanks).chain([WholeChoice::MakeSites]).find(|choice| choice.code() == code)
    }
}

/// Whether a text can be an idempotency key.
pub fn is_key(key: &str) -> bool {
    (8..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The inputs that every command carries.
struct Head {
    import: Option<ImportId>,
    version: Option<i64>,
    errors: FieldErrors,
}

impl Head {
    fn read(import: &str, version: &str, key: &str) -> Head {
        let mut head =
            Head { import: import.parse().ok(), version: version.parse().ok(), errors: FieldErrors::new() };
        let found =
            [("import", head.import.is_some()), ("version", head.version.is_some()), ("key", is_key(key))];
        for (name, _) in found.into_iter().filter(|(_, sound)| !sound) {
            head.errors.add(name, FieldFault::Wrong);
        }
        head
    }

    /// The command, made of the import and its version, when nothing is wrong.
    fn done<T>(self, make: impl FnOnce(ImportId, i64) -> T) -> Result<T, FieldErrors> {
        match (self.import, self.version) {
            (Some(import), Some(version)) if self.errors.is_empty() => Ok(make(import, version)),
            (_, _) => Err(self.errors),
        }
    }
}

fn row_number(text: &str, errors: &mut FieldErrors) -> u32 {
    let row = text.trim().parse().ok().filter(|row| (1..=ROW_MOST).contains(row));
    row.unwrap_or_else(|| {
        errors.add("row", FieldFault::Wrong);
        0
    })
}

/// A choice that may be left empty.
fn chosen<T>(
    name: &str,
    text: &str,
    errors: &mut FieldErrors,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = read(text);
    if found.is_none() {
        errors.add(name, FieldFault::NotAChoice);
    }
    found
}

impl Form for UploadForm {
    type Command = NewImport;

    fn check(&self) -> Result<NewImport, FieldErrors> {
        if !is_key(&self.key) {
            let mut errors = FieldErrors::new();
            errors.add("key", FieldFault::Wrong);
            return Err(errors);
        }
        let UploadForm { key, file_name, bytes } = self.clone();
        Ok(NewImport { key, file_name, bytes })
    }
}

impl Form for ImportForm {
    type Command = ImportQuery;

    /// Text that is no id is an id that nothing has; the use case answers `NotFound` to both.
    fn check(&self) -> Result<ImportQuery, FieldErrors> {
        Ok(ImportQuery { import: self.import.parse().unwrap_or(ImportId::NOTHING) })
    }
}

impl Form for RowsForm {
    type Command = RowsQuery;

    fn check(&self) -> Result<RowsQuery, FieldErrors> {
        let ImportQuery { import } = ImportForm { import: self.import.clone() }.check()?;
        let mut errors = FieldErrors::new();
        let outcome = chosen("outcome", &self.outcome, &mut errors, RowOutcome::from_code);
        errors.into_result()?;
        let page = (!self.page.is_empty()).then(|| self.page.clone());
        // A row that cannot be read is nowhere, so the first page is shown.
        let at =
            self.at.rsplit_once('!').and_then(|(sheet, row)| Some((sheet.to_owned(), row.parse().ok()?)));
        Ok(RowsQuery { import, outcome, page, at })
    }
}

impl Form for MendForm {
    type Command = Mend;

    fn check(&self) -> Result<Mend, FieldErrors> {
        let mut head = Head::read(&self.import, &self.version, &self.key);
        let row = row_number(&self.row, &mut head.errors);
        if self.field.is_empty() {
            head.errors.add("field", FieldFault::Missing);
        }
        if self.text.chars().count() > CELL_MOST as usize {
            head.errors.add("text", FieldFault::TooLong { most: CELL_MOST });
        }
        let (key, sheet) = (self.key.clone(), self.sheet.clone());
        let (field, text) = (self.field.clone(), clean(&self.text).trim().to_owned());
        head.done(|import, version| Mend { import, version, key, sheet, row, field, text })
    }
}

impl Form for ChooseForm {
    type Command = Choose;

    fn check(&self) -> Result<Choose, FieldErrors> {
        let mut head = Head::read(&self.import, &self.version, &self.key);
        let row = row_number(&self.row, &mut head.errors);
        let field = (!self.field.is_empty()).then(|| self.field.clone());
        let choice = match self.choice.as_str() {
            "" => RowChoice::None,
            "skip" => RowChoice::Skip,
            "new" => RowChoice::New,
            "take" => RowChoice::Take(field),
            "keep" => RowChoice::Keep(field),
            id => id.parse().map_or_else(
                |_| {
                    head.errors.add("choice", FieldFault::NotAChoice);
                    RowChoice::None
                },
                RowChoice::Is,
            ),
        };
        let (key, sheet) = (self.key.clone(), self.sheet.clone());
        head.done(|import, version| Choose { import, version, key, sheet, row, choice })
    }
}

impl Form for WholeForm {
    type Command = Whole;

    fn check(&self) -> Result<Whole, FieldErrors> {
        let mut head = Head::read(&self.import, &self.version, &self.key);
        let what = WholeChoice::from_code(&self.what);
        if what.is_none() {
            head.errors.add("what", FieldFault::NotAChoice);
        }
        let key = self.key.clone();
        let what = what.unwrap_or(WholeChoice::MatchNames(false));
        head.done(|import, version| Whole { import, version, key, what })
    }
}

impl Form for StepForm {
    type Command = Step;

    fn check(&self) -> Result<Step, FieldErrors> {
        let mut head = Head::read(&self.import, &self.version, &self.key);
        let row = if self.row.is_empty() {
            None
        } else {
            Some((self.sheet.clone(), row_number(&self.row, &mut head.errors)))
        };
        let (key, skip_faulty) = (self.key.clone(), self.skip_faulty == "on");
        head.done(|import, version| Step { import, version, key, skip_faulty, row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ReadAsForm;
    use domain::money::Unit;
    use std::collections::BTreeMap;

    const ID: &str = "018f0000-0000-7000-8000-000000000001";

    #[test]
    fn codes_read_back() {
        assert!(RowOutcome::ALL.into_iter().all(|one| RowOutcome::from_code(one.code()) == Some(one)));
        assert!(ImportState::ALL.into_iter().all(|one| ImportState::from_code(one.code()) == Some(one)));
        assert!(ImportKind::ALL.into_iter().all(|one| ImportKind::from_code(one.code()) == Some(one)));
        assert!(Unit::ALL.into_iter().all(|one| Unit::from_code(one.code()) == Some(one)));
    }

    #[test]
    fn every_wrong_input_is_named_at_once() {
        let form = ReadAsForm {
            import: "x".into(),
            unit: "mile".into(),
            header_first: "4".into(),
            header_last: "2".into(),
            columns: BTreeMap::from([("1".into(), "total".into())]),
            ..ReadAsForm::default()
        };
        let errors = form.check().unwrap_err();
        for name in ["import", "version", "key", "unit", "header_last", "columns[1]"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_choice_is_a_word_or_a_project() {
        let form = |choice: &str| ChooseForm {
            import: ID.into(),
            version: "1".into(),
            key: "k-1234567".into(),
            sheet: "S".into(),
            row: "7".into(),
            choice: choice.into(),
            field: String::new(),
        };
        assert_eq!(form("take").check().unwrap().choice, RowChoice::Take(None));
        assert!(matches!(form(ID).check().unwrap().choice, RowChoice::Is(_)));
        assert!(form("maybe").check().is_err());
    }
}
