//! Sentences about rules of funding sources: what each asks, what breaks it, what is missing to judge it, and refusals.

use crate::{Locale, format, name, t};
use domain::fund::{self, BasisPoints, Breach, Broken, Rule, Unjudged};
use domain::id::ProjectId;
use domain::usage::Use;

/// What a rule asks.
pub fn fund_rule(locale: Locale, rule: &Rule) -> String {
    match rule {
        Rule::Allows { uses } => t!(locale, fund.rule_allows, uses = listed(locale, uses)),
        Rule::Forbids { uses } => t!(locale, fund.rule_forbids, uses = listed(locale, uses)),
        Rule::IndustryShare { at_least } => {
            t!(locale, fund.rule_industry_share, percent = percent(*at_least))
        }
        Rule::LabourShare { at_least } => t!(locale, fund.rule_labour_share, percent = percent(*at_least)),
        Rule::ManagementShare { at_most } => {
            t!(locale, fund.rule_management_share, percent = percent(*at_most))
        }
        Rule::CapPerProject { at_most } => {
            t!(locale, fund.rule_cap, amount = format::money(locale, *at_most))
        }
        Rule::Revenue => t!(locale, fund.rule_revenue).to_owned(),
        Rule::PassOn { within_days } => t!(locale, fund.rule_pass_on, days = *within_days),
        Rule::SpendWithin { years } => t!(locale, fund.rule_spend_within, years = *years),
        Rule::Publish { within_working_days } => t!(locale, fund.rule_publish, days = *within_working_days),
        Rule::NoDemandedMatching => t!(locale, fund.rule_no_matching).to_owned(),
        Rule::OwnDocument => t!(locale, fund.rule_own_document).to_owned(),
        Rule::Traceable => t!(locale, fund.rule_traceable).to_owned(),
        Rule::Stated => t!(locale, fund.rule_stated).to_owned(),
    }
}

/// What is broken; `named` knows the names of projects.
pub fn fund_breach<'a>(
    locale: Locale,
    breach: &Breach,
    named: impl Fn(ProjectId) -> Option<&'a str>,
) -> String {
    let who = |project: &ProjectId| named(*project).unwrap_or(t!(locale, fund.a_project)).to_owned();
    let money = |amount| format::money(locale, amount);
    match breach {
        Breach::NotInLife { on, .. } => t!(locale, fund.breach_not_in_life, on = format::date(*on)),
        Breach::ForbiddenUse { project, usage } => {
            t!(locale, fund.breach_forbidden_use, project = who(project), usage = name::usage(locale, *usage))
        }
        Breach::UnlistedUse { project, usage } => {
            t!(locale, fund.breach_unlisted_use, project = who(project), usage = name::usage(locale, *usage))
        }
        Breach::IndustryShare { industry, all, at_least } => t!(
            locale,
            fund.breach_industry_share,
            industry = money(*industry),
            all = money(*all),
            percent = percent(*at_least)
        ),
        Breach::LabourShare { project, labour_pay, amount, at_least } => t!(
            locale,
            fund.breach_labour_share,
            project = who(project),
            pay = money(*labour_pay),
            amount = money(*amount),
            percent = percent(*at_least)
        ),
        Breach::ManagementShare { management, all, at_most } => t!(
            locale,
            fund.breach_management_share,
            management = money(*management),
            all = money(*all),
            percent = percent(*at_most)
        ),
        Breach::OverCap { project, amount, at_most } => t!(
            locale,
            fund.breach_over_cap,
            project = who(project),
            amount = money(*amount),
            most = money(*at_most)
        ),
        Breach::NoRevenue { project } => t!(locale, fund.breach_no_revenue, project = who(project)),
        Breach::PassedOnLate { days, within } => {
            t!(locale, fund.breach_passed_on_late, days = *days, within = *within)
        }
    }
}

/// What is missing to judge a rule.
pub fn fund_unjudged<'a>(
    locale: Locale,
    unjudged: &Unjudged,
    named: impl Fn(ProjectId) -> Option<&'a str>,
) -> String {
    let who = |project: &ProjectId| named(*project).unwrap_or(t!(locale, fund.a_project)).to_owned();
    match unjudged {
        Unjudged::Uses { project } => t!(locale, fund.unjudged_uses, project = who(project)),
        Unjudged::Category { project } => t!(locale, fund.unjudged_category, project = who(project)),
        Unjudged::LabourPay { project } => t!(locale, fund.unjudged_labour_pay, project = who(project)),
        Unjudged::Revenue { project } => t!(locale, fund.unjudged_revenue, project = who(project)),
    }
}

/// A notice or its split cannot be.
pub fn fund_refusal(locale: Locale, refusal: &fund::Refusal) -> String {
    use fund::Refusal as R;
    match refusal {
        R::DocumentMissing => t!(locale, ledger.fund_document_missing).to_owned(),
        R::ZeroAmount => t!(locale, ledger.fund_zero_amount).to_owned(),
        R::ZeroShare { .. } => t!(locale, ledger.fund_zero_share).to_owned(),
        R::RepeatedProject { .. } => t!(locale, ledger.fund_repeated_project).to_owned(),
        R::OverNotice { over, left, .. } => t!(
            locale,
            ledger.fund_over_notice,
            over = format::money(locale, *over),
            left = format::money(locale, *left)
        ),
        R::TooLarge => t!(locale, ledger.fund_too_large).to_owned(),
        R::NoProject => t!(locale, ledger.fund_no_project).to_owned(),
        R::ProjectOutside { .. } => t!(locale, fund.refused_project_outside).to_owned(),
        R::Arranged => t!(locale, fund.refused_arranged).to_owned(),
        R::RulesBroken { broken } => {
            let one = |broken: &Broken| {
                let breach = fund_breach(locale, &broken.breach, |_| None);
                t!(locale, fund.with_basis, breach = breach, basis = broken.basis.text.clone())
            };
            let all = broken.iter().map(one).collect::<Vec<_>>().join(" · ");
            t!(locale, fund.refused_rules_broken, broken = all)
        }
    }
}

fn listed(locale: Locale, uses: &[Use]) -> String {
    let words: Vec<&str> = uses.iter().map(|usage| name::usage(locale, *usage)).collect();
    words.join(t!(locale, fund.between_uses))
}

fn percent(points: BasisPoints) -> String {
    format::percent(i64::from(points.get() / 10))
}
