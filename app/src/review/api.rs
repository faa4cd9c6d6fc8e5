//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::review::form::{DeskForm, EditRuleForm, PaperForm, StepForm};
use contract::review::{DeskView, FindingView, PaperView, RuleView, RulesView, WalkView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// One page of the desk.
#[server(prefix = "/api", endpoint = "review/findings", input = GetUrl)]
pub async fn findings(#[server(default)] form: DeskForm) -> Result<DeskView, ApiError> {
    crate::bridge::read(&form, service::review::desk).await
}

/// One finding.
#[server(prefix = "/api", endpoint = "review/finding", input = GetUrl)]
pub async fn finding(finding: String) -> Result<FindingView, ApiError> {
    crate::bridge::read(&contract::review::form::FindingForm { finding }, service::review::one).await
}

/// Takes one step with a finding.
#[server(prefix = "/api", endpoint = "review/step")]
pub async fn take_step(form: StepForm) -> Result<FindingView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::review::step::take_and_show,
        super::address::stepped,
        super::address::retyped,
    )
    .await
}

/// Every rule with its editions.
#[server(prefix = "/api", endpoint = "review/rules", input = GetUrl)]
pub async fn rules() -> Result<RulesView, ApiError> {
    crate::bridge::ask(service::review::rules::rules).await
}

/// One rule.
#[server(prefix = "/api", endpoint = "review/rule", input = GetUrl)]
pub async fn rule(rule: String) -> Result<RuleView, ApiError> {
    crate::bridge::read(&contract::review::form::RuleForm { rule }, service::review::rules::rule).await
}

/// Makes the next edition of a rule.
#[server(prefix = "/api", endpoint = "review/edit_rule")]
pub async fn edit_rule(form: EditRuleForm) -> Result<RuleView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::review::rules::edit,
        super::address::adopted,
        super::address::refused_edition,
    )
    .await
}

/// The last walk of the rules.
#[server(prefix = "/api", endpoint = "review/walk", input = GetUrl)]
pub async fn walk() -> Result<Option<WalkView>, ApiError> {
    crate::bridge::ask(service::review::walk::state).await
}

/// Begins a walk over the person's area.
#[server(prefix = "/api", endpoint = "review/begin_walk")]
pub async fn begin_walk() -> Result<WalkView, ApiError> {
    crate::bridge::act_then(service::review::walk::begin, super::address::begun).await
}

/// Asks a walk to stop.
#[server(prefix = "/api", endpoint = "review/stop_walk")]
pub async fn stop_walk(run: String) -> Result<WalkView, ApiError> {
    crate::bridge::write_then(
        &contract::review::form::WalkForm { run },
        service::review::walk::stop,
        super::address::stopped,
    )
    .await
}

/// One of the three lists, whole.
#[server(prefix = "/api", endpoint = "review/paper", input = GetUrl)]
pub async fn paper(#[server(default)] form: PaperForm) -> Result<PaperView, ApiError> {
    crate::bridge::read(&form, service::review::paper::printed).await
}
