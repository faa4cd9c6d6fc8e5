//! How the raw texts about findings become queries and commands. The browser and the door call the same checks.

use super::form::{DeskForm, EditRuleForm, FindingForm, PaperForm, RuleForm, StepForm, WalkForm};
use super::{EditRule, FindingQuery, Paper, PaperQuery, Standing, Step, TakeStep};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::id::{FindingId, RunId};
use domain::project::Category;
use domain::review::rule::{Level, RuleCode};
use domain::source::Source;

/// Most characters of a group's text and of a page's place.
const PLACE_MOST: usize = 2_000;

impl Form for DeskForm {
    type Command = FindingQuery;

    fn check(&self) -> Result<FindingQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let short = |text: &str| (text.len() <= PLACE_MOST).then(|| text.to_owned());
        let rule = inputs.chosen("rule", &self.rule, RuleCode::from_code);
        let level = inputs.chosen("level", &self.level, Level::from_code);
        let area = inputs.chosen("area", &self.area, short);
        let source = inputs.chosen("source", &self.source, Source::from_code);
        let category = inputs.chosen("category", &self.category, Category::from_code);
        let project = inputs.chosen("project", &self.project, |text| text.parse().ok());
        let state = inputs.chosen("state", &self.state, Standing::find);
        let group = inputs.chosen("group", &self.group, short);
        let page = inputs.chosen("page", &self.page, short);
        inputs.done()?;
        Ok(FindingQuery {
            rule,
            level,
            area,
            source,
            category,
            project,
            standing: state.unwrap_or_default(),
            group,
            single: self.single == "1",
            page,
        })
    }
}

impl Form for FindingForm {
    type Command = Option<FindingId>;

    /// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<Option<FindingId>, FieldErrors> {
        Ok(self.finding.parse().ok())
    }
}

impl Form for RuleForm {
    type Command = Option<RuleCode>;

    fn check(&self) -> Result<Option<RuleCode>, FieldErrors> {
        Ok(RuleCode::from_code(&self.rule))
    }
}

impl Form for WalkForm {
    type Command = Option<RunId>;

    fn check(&self) -> Result<Option<RunId>, FieldErrors> {
        Ok(self.run.parse().ok())
    }
}

impl Form for PaperForm {
    type Command = PaperQuery;

    fn check(&self) -> Result<PaperQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let paper = inputs.chosen("list", &self.list, Paper::from_code);
        inputs.done()?;
        // The list says which states belong on it.
        let filter = DeskForm { state: String::new(), page: String::new(), ..self.filter.clone() };
        Ok(PaperQuery { paper: paper.unwrap_or(Paper::Problems), filter: filter.check()? })
    }
}

/// What a form may ask for, by the value of its button.
#[derive(Clone, Copy)]
enum Asked {
    Verify,
    Dismiss,
    Order,
    Report,
    SendBack,
    Close,
}

impl Asked {
    fn find(code: &str) -> Option<Asked> {
        Some(match code {
            "verify" => Asked::Verify,
            "dismiss" => Asked::Dismiss,
            "order" => Asked::Order,
            "report" => Asked::Report,
            "send_back" => Asked::SendBack,
            "close" => Asked::Close,
            _ => return None,
        })
    }
}

impl Form for StepForm {
    type Command = TakeStep;

    fn check(&self) -> Result<TakeStep, FieldErrors> {
        let mut inputs = Inputs::new();
        let finding = inputs.needed("finding", &self.finding, |text| text.parse().ok());
        let version = inputs.needed("version", &self.version, |text| text.parse().ok());
        let key = inputs.key(&self.key);
        let asked = inputs.needed("step", &self.step, Asked::find);
        let unit = inputs.needed_text("unit", &self.unit);
        let step = asked.and_then(|asked| {
            Some(match asked {
                Asked::Verify => Step::Verify,
                Asked::Dismiss => Step::Dismiss { reason: inputs.needed_text("reason", &self.reason) },
                Asked::Order => {
                    let responsible = inputs.needed_text("responsible", &self.responsible);
                    let due = inputs.date("due", &self.due);
                    let measures = inputs.needed_text("measures", &self.measures);
                    Step::Order { unit: responsible, due: due?, measures }
                }
                Asked::Report => Step::Report { evidence: inputs.needed_text("evidence", &self.evidence) },
                Asked::SendBack => Step::SendBack,
                Asked::Close => Step::Close,
            })
        });
        inputs.done()?;
        match (finding, version, step) {
            (Some(finding), Some(version), Some(step)) => Ok(TakeStep { finding, version, key, unit, step }),
            (_, _, _) => Err(wrong("step")),
        }
    }
}

impl Form for EditRuleForm {
    type Command = EditRule;

    fn check(&self) -> Result<EditRule, FieldErrors> {
        let mut inputs = Inputs::new();
        let rule = inputs.needed("rule", &self.rule, RuleCode::from_code);
        let number = inputs.needed("number", &self.number, |text| text.parse().ok());
        let key = inputs.key(&self.key);
        let valid_from = inputs.date("valid_from", &self.valid_from);
        let level = inputs.needed("level", &self.level, Level::from_code);
        let basis = inputs.needed_text("basis", &self.basis);
        inputs.done()?;
        match (rule, number, valid_from, level) {
            (Some(rule), Some(number), Some(valid_from), Some(level)) => Ok(EditRule {
                rule,
                number,
                key,
                valid_from,
                level,
                basis,
                confirmed: self.confirmed == "1",
                values: self.values.clone(),
            }),
            (_, _, _, _) => Err(wrong("rule")),
        }
    }
}

fn wrong(name: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add(name, FieldFault::Wrong);
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::review::workflow::StateName;

    fn names(errors: &FieldErrors) -> String {
        errors.iter().map(|error| error.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_step_needs_what_it_says() {
        let check = |step: &str| {
            let form = StepForm {
                finding: "018f0000-0000-7000-8000-00000000dead".into(),
                version: "1".into(),
                key: "key-12345678".into(),
                step: step.into(),
                unit: "财政厅".into(),
                ..StepForm::default()
            };
            form.check().map_or_else(|errors| names(&errors), |command| format!("{:?}", command.step))
        };
        assert_eq!(check("verify"), "Verify");
        assert_eq!(check("dismiss"), "reason");
        assert_eq!(check("order"), "responsible due measures");
        assert_eq!(check("report"), "evidence");
        assert_eq!(check("forget"), "step");
        assert_eq!(names(&StepForm::default().check().unwrap_err()), "finding version key step unit");
    }

    #[test]
    fn a_filter_is_read_and_its_faults_are_named() {
        let form = DeskForm { rule: "R46".into(), state: "closed".into(), ..DeskForm::default() };
        let query = form.check().unwrap();
        assert_eq!((query.rule, query.standing), (Some(RuleCode::R46), Standing::In(StateName::Closed)));
        let form = DeskForm { rule: "R99".into(), state: "moon".into(), ..DeskForm::default() };
        assert_eq!(names(&form.check().unwrap_err()), "rule state");
        let paper = PaperForm { list: "duties".into(), filter: form };
        assert_eq!(names(&paper.check().unwrap_err()), "rule");
    }
}
