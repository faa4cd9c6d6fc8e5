//! Addresses of the review: the desk with its filter, one finding, the catalogue, the lists. Knows no component.

use crate::parts::address::{encode, write};
use crate::parts::retyped::back;
use contract::review::form::{DeskForm, EditRuleForm, PaperForm, StepForm};
use contract::review::{FindingView, Paper, RuleView, WalkView};
use domain::id::FindingId;
use domain::review::rule::RuleCode;
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/findings";
pub const RULES: &str = "/findings/rules";
pub const PRINT: &str = "/findings/print";
pub const EXPORT: &str = "/findings/export";
/// 规则目录 as a workbook.
pub const EXPORT_RULES: &str = "/findings/rules/export";

/// The filter as it stands in the address.
pub fn read(query: &ParamsMap) -> DeskForm {
    let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
    DeskForm {
        rule: text("rule"),
        level: text("level"),
        state: text("state"),
        area: text("area"),
        source: text("source"),
        category: text("category"),
        project: text("project"),
        group: text("group"),
        single: text("single"),
        page: text("page"),
    }
}

/// The list and its filter as they stand in the address.
pub fn read_paper(query: &ParamsMap) -> PaperForm {
    PaperForm { list: query.get("list").unwrap_or_default(), filter: read(query) }
}

/// The address of a filter.
pub fn desk(form: &DeskForm) -> String {
    write(PATH, &parts(form))
}

fn parts(form: &DeskForm) -> Vec<(&str, &str)> {
    vec![
        ("rule", form.rule.as_str()),
        ("level", &form.level),
        ("state", &form.state),
        ("area", &form.area),
        ("source", &form.source),
        ("category", &form.category),
        ("project", &form.project),
        ("group", &form.group),
        ("single", &form.single),
        ("page", &form.page),
    ]
}

/// One of the lists of a filter, at one of their paths.
pub fn paper(path: &str, paper: Paper, form: &DeskForm) -> String {
    let filter =
        DeskForm { state: String::new(), page: String::new(), single: String::new(), ..form.clone() };
    let mut all = vec![("list", paper.code())];
    all.extend(parts(&filter));
    write(path, &all)
}

/// The page of one finding.
pub fn one(finding: FindingId) -> String {
    format!("{PATH}/{finding}")
}

/// The page of one rule.
pub fn rule(rule: RuleCode) -> String {
    format!("{RULES}/{rule}")
}

/// After a step.
pub fn stepped(view: &FindingView) -> String {
    format!("{}?done=1", one(view.line.id))
}

/// Back to the finding with what was typed.
pub fn retyped(form: &StepForm) -> String {
    let parts = [
        ("unit", form.unit.as_str()),
        ("reason", &form.reason),
        ("responsible", &form.responsible),
        ("due", &form.due),
        ("measures", &form.measures),
        ("evidence", &form.evidence),
    ];
    back(&format!("{PATH}/{}", encode(&form.finding)), &parts)
}

/// After a new edition.
pub fn adopted(view: &RuleView) -> String {
    format!("{}?done=1", rule(view.line.rule))
}

/// Back to the rule with what was typed and chosen.
pub fn refused_edition(form: &EditRuleForm) -> String {
    let values: Vec<(String, &str)> =
        form.values.iter().map(|(code, text)| (format!("values[{code}]"), text.as_str())).collect();
    let mut typed: Vec<(&str, &str)> = vec![
        ("valid_from", form.valid_from.as_str()),
        ("level", &form.level),
        ("basis", &form.basis),
        ("confirmed", &form.confirmed),
    ];
    typed.extend(values.iter().map(|(name, text)| (name.as_str(), *text)));
    back(&format!("{RULES}/{}", encode(&form.rule)), &typed)
}

/// After a walk was begun.
pub fn begun(_: &WalkView) -> String {
    write(PATH, &[("done", "begun")])
}

/// After a walk was asked to stop.
pub fn stopped(_: &WalkView) -> String {
    write(PATH, &[("done", "stopped")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let form = DeskForm { rule: "R46".into(), state: "closed".into(), ..DeskForm::default() };
        assert_eq!(desk(&form), "/findings?rule=R46&state=closed");
        assert_eq!(paper(PRINT, Paper::Duties, &form), "/findings/print?list=duties&rule=R46");
        assert_eq!(desk(&DeskForm::default()), PATH);
    }

    #[test]
    fn a_step_comes_back_whole_and_bounded() {
        let form = StepForm { finding: "f".into(), evidence: "5%20".into(), ..StepForm::default() };
        assert!(
            retyped(&form).ends_with("&evidence=5%252520"),
            "the router decodes it twice: {}",
            retyped(&form)
        );
        let form = StepForm { measures: "长".repeat(9000), ..form };
        assert!(retyped(&form).len() < 7000, "{}", retyped(&form).len());
    }

    #[test]
    fn an_edition_comes_back_with_its_values() {
        let form = EditRuleForm {
            rule: "R46".into(),
            level: "red".into(),
            values: [("share".to_owned(), "0.5".to_owned())].into(),
            ..EditRuleForm::default()
        };
        let back = "/findings/rules/R46?valid_from=&level=red&basis=&confirmed=&values%5Bshare%5D=0.5";
        assert_eq!(refused_edition(&form), back);
    }
}
