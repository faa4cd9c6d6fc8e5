//! Labels of our enums in both languages, by exhaustive match: a new variant stops the build until it has a name.

mod bulletin;
mod fund;
pub mod jobs;
pub mod need;
pub mod review;

pub use bulletin::indicator;
pub use fund::{mark, rule_kind, usage};

use crate::{Locale, t};
use contract::audit::AuditObject;
use domain::area::Level;
use domain::finding::Severity;
use domain::money::Unit;
use domain::period::Horizon;
use domain::permission::{Action, Role};
use domain::project::{Category, Field, Gate, Nature, Stage};
use domain::site::{SiteField, SizeClass};
use domain::source::Source;
use domain::statement::check::Verdict;

/// Kind of project (项目类型).
pub fn category(locale: Locale, value: Category) -> &'static str {
    match value {
        Category::ProductiveIndustry => t!(locale, name.category_productive_industry),
        Category::LivingIndustry => t!(locale, name.category_living_industry),
        Category::Employment => t!(locale, name.category_employment),
        Category::Infrastructure => t!(locale, name.category_infrastructure),
        Category::PublicService => t!(locale, name.category_public_service),
        Category::Governance => t!(locale, name.category_governance),
        Category::Housing => t!(locale, name.category_housing),
    }
}

/// Nature of construction (建设性质).
pub fn nature(locale: Locale, value: Nature) -> &'static str {
    match value {
        Nature::New => t!(locale, name.nature_new),
        Nature::Extension => t!(locale, name.nature_extension),
        Nature::Rebuilding => t!(locale, name.nature_rebuilding),
        Nature::Relocation => t!(locale, name.nature_relocation),
        Nature::Continuation => t!(locale, name.nature_continuation),
    }
}

/// How far a project is (项目状态).
pub fn stage(locale: Locale, value: Stage) -> &'static str {
    match value {
        Stage::Idea => t!(locale, name.stage_idea),
        Stage::Reserve => t!(locale, name.stage_reserve),
        Stage::Preparation => t!(locale, name.stage_preparation),
        Stage::Ready => t!(locale, name.stage_ready),
        Stage::Allocated => t!(locale, name.stage_allocated),
        Stage::Building => t!(locale, name.stage_building),
        Stage::Completed => t!(locale, name.stage_completed),
        Stage::Accepted => t!(locale, name.stage_accepted),
        Stage::Paused => t!(locale, name.stage_paused),
        Stage::Withdrawn => t!(locale, name.stage_withdrawn),
    }
}

/// One of the three lists.
pub fn horizon(locale: Locale, value: Horizon) -> &'static str {
    match value {
        Horizon::One => t!(locale, name.horizon_one),
        Horizon::Two => t!(locale, name.horizon_two),
        Horizon::Five => t!(locale, name.horizon_five),
    }
}

/// A dated step before construction (前期要件).
pub fn gate(locale: Locale, value: Gate) -> &'static str {
    match value {
        Gate::Proposal => t!(locale, name.gate_proposal),
        Gate::Feasibility => t!(locale, name.gate_feasibility),
        Gate::LandUse => t!(locale, name.gate_land_use),
        Gate::Environment => t!(locale, name.gate_environment),
        Gate::Design => t!(locale, name.gate_design),
        Gate::Funding => t!(locale, name.gate_funding),
        Gate::Budget => t!(locale, name.gate_budget),
        Gate::Tender => t!(locale, name.gate_tender),
        Gate::Operator => t!(locale, name.gate_operator),
    }
}

/// A funding source (资金来源).
pub fn source(locale: Locale, value: Source) -> &'static str {
    match value {
        Source::Cbi => t!(locale, name.source_cbi),
        Source::Brg => t!(locale, name.source_brg),
        Source::Wfr => t!(locale, name.source_wfr),
        Source::Pbi => t!(locale, name.source_pbi),
        Source::Pbr => t!(locale, name.source_pbr),
        Source::Prz => t!(locale, name.source_prz),
        Source::Gbg => t!(locale, name.source_gbg),
        Source::Gbs => t!(locale, name.source_gbs),
        Source::Fnd => t!(locale, name.source_fnd),
        Source::Ltl => t!(locale, name.source_ltl),
        Source::Int => t!(locale, name.source_int),
        Source::Loc => t!(locale, name.source_loc),
        Source::Ewc => t!(locale, name.source_ewc),
        Source::Lnd => t!(locale, name.source_lnd),
        Source::Soc => t!(locale, name.source_soc),
        Source::Oth => t!(locale, name.source_oth),
    }
}

/// Size class of a settlement by people moved.
pub fn size_class(locale: Locale, value: SizeClass) -> &'static str {
    match value {
        SizeClass::Micro => t!(locale, name.size_micro),
        SizeClass::Small => t!(locale, name.size_small),
        SizeClass::Medium => t!(locale, name.size_medium),
        SizeClass::Large => t!(locale, name.size_large),
        SizeClass::Huge => t!(locale, name.size_huge),
    }
}

/// How grave a finding is.
pub fn severity(locale: Locale, value: Severity) -> &'static str {
    match value {
        Severity::Error => t!(locale, name.severity_error),
        Severity::Warning => t!(locale, name.severity_warning),
        Severity::Note => t!(locale, name.severity_note),
    }
}

/// The unit of an amount.
pub fn unit(locale: Locale, value: Unit) -> &'static str {
    match value {
        Unit::Yuan => t!(locale, name.unit_yuan),
        Unit::Wan => t!(locale, name.unit_wan),
        Unit::Yi => t!(locale, name.unit_yi),
    }
}

/// What a person is employed to do.
pub fn role(locale: Locale, value: Role) -> &'static str {
    match value {
        Role::Planner => t!(locale, account.role_planner),
        Role::Treasurer => t!(locale, account.role_treasurer),
        Role::Reviewer => t!(locale, account.role_reviewer),
        Role::Leader => t!(locale, account.role_leader),
        Role::Administrator => t!(locale, account.role_administrator),
        Role::Auditor => t!(locale, account.role_auditor),
    }
}

/// What can be asked of the product, as a verb phrase.
pub fn action(locale: Locale, value: Action) -> &'static str {
    match value {
        Action::ViewProjects => t!(locale, account.action_view_projects),
        Action::EditProject => t!(locale, account.action_edit_project),
        Action::MoveBetweenLists => t!(locale, account.action_move_between_lists),
        Action::ExportList => t!(locale, account.action_export_list),
        Action::ViewSites => t!(locale, account.action_view_sites),
        Action::EditSite => t!(locale, account.action_edit_site),
        Action::ImportWorkbook => t!(locale, account.action_import_workbook),
        Action::UndoImport => t!(locale, account.action_undo_import),
        Action::TeachSynonym => t!(locale, account.action_teach_synonym),
        Action::AttachFile => t!(locale, account.action_attach_file),
        Action::ViewAreas => t!(locale, account.action_view_areas),
        Action::EditAreas => t!(locale, account.action_edit_areas),
        Action::ManageUsers => t!(locale, account.action_manage_users),
        Action::ViewAudit => t!(locale, account.action_view_audit),
        Action::ExportAudit => t!(locale, account.action_export_audit),
        Action::ViewMoney => t!(locale, account.action_view_money),
        Action::RegisterNotice => t!(locale, account.action_register_notice),
        Action::EnterMoney => t!(locale, account.action_enter_money),
        Action::ImportMoney => t!(locale, account.action_import_money),
        Action::ApproveMoney => t!(locale, account.action_approve_money),
        Action::CloseMonth => t!(locale, account.action_close_month),
        Action::EditControl => t!(locale, account.action_edit_control),
        Action::Reconcile => t!(locale, account.action_reconcile),
        Action::SignReconciliation => t!(locale, account.action_sign_reconciliation),
        Action::SignStatement => t!(locale, account.action_sign_statement),
        Action::JudgeFindings => t!(locale, account.action_judge_findings),
        Action::RectifyFinding => t!(locale, account.action_rectify_finding),
        Action::EditRules => t!(locale, account.action_edit_rules),
        Action::EditEstimate => t!(locale, account.action_edit_estimate),
        Action::EditCoefficients => t!(locale, account.action_edit_coefficients),
        Action::DecideCoefficients => t!(locale, account.action_decide_coefficients),
        Action::FillReturn => t!(locale, account.action_fill_return),
        Action::AcceptReturn => t!(locale, account.action_accept_return),
        Action::RecordNeed => t!(locale, account.action_record_need),
        Action::IssueBulletin => t!(locale, account.action_issue_bulletin),
        Action::ManageOwnAccount => t!(locale, account.action_manage_own_account),
    }
}

/// How far money has come.
pub fn fund_stage(locale: Locale, value: domain::ledger::Stage) -> &'static str {
    use domain::ledger::Stage as S;
    match value {
        S::Issued => t!(locale, ledger.stage_issued),
        S::Received => t!(locale, ledger.stage_received),
        S::Disbursed => t!(locale, ledger.stage_disbursed),
        S::Paid => t!(locale, ledger.stage_paid),
    }
}

/// What an entry of the ledger does.
pub fn fund_kind(locale: Locale, value: domain::ledger::Kind) -> &'static str {
    use domain::ledger::Kind as K;
    match value {
        K::Issue => t!(locale, ledger.kind_issue),
        K::Receive => t!(locale, ledger.kind_receive),
        K::Disburse => t!(locale, ledger.kind_disburse),
        K::Pay => t!(locale, ledger.kind_pay),
        K::Recover => t!(locale, ledger.kind_recover),
        K::Transfer => t!(locale, ledger.kind_transfer),
    }
}

/// What the control matrix answers to a breach.
pub fn response(locale: Locale, value: domain::ledger::Response) -> &'static str {
    use domain::ledger::Response as R;
    match value {
        R::Stop => t!(locale, control.stop),
        R::Warn => t!(locale, control.warn),
        R::Ignore => t!(locale, control.ignore),
    }
}

/// How a figure of a document stands to what it ought to be.
pub fn verdict(locale: Locale, value: &Verdict) -> &'static str {
    match value {
        Verdict::Equal => t!(locale, statement.verdict_equal),
        Verdict::EqualWithinRounding => t!(locale, statement.verdict_within),
        Verdict::Truncated { .. } => t!(locale, statement.verdict_truncated),
        Verdict::Holds => t!(locale, statement.verdict_holds),
        Verdict::PartExceedsWhole { .. } => t!(locale, statement.verdict_exceeds),
        Verdict::NoBaseFits { .. } => t!(locale, statement.verdict_no_base),
        Verdict::Differs { .. } => t!(locale, statement.verdict_differs),
        Verdict::Ambiguous => t!(locale, statement.verdict_ambiguous),
        Verdict::UnlikePeer { .. } => t!(locale, statement.verdict_unlike),
        Verdict::AboveUsual { .. } => t!(locale, statement.verdict_above),
    }
}

/// What a figure of a document counts.
pub fn figure_kind(locale: Locale, value: domain::statement::printed::Kind) -> &'static str {
    use domain::statement::printed::Kind as K;
    match value {
        K::Money => t!(locale, statement.kind_money),
        K::Persons => t!(locale, statement.kind_persons),
        K::Households => t!(locale, statement.kind_households),
        K::Percent => t!(locale, statement.kind_percent),
        K::Area => t!(locale, statement.kind_area),
        K::Number => t!(locale, statement.kind_number),
    }
}

/// The heading of a project's column.
pub fn field(locale: Locale, value: Field) -> String {
    let fixed = match value {
        Field::Source(item) => source(locale, item),
        Field::Gate(item) => gate(locale, item),
        Field::Year(year) => return t!(locale, name.field_year, year = year.to_string()),
        Field::Number => t!(locale, name.field_number),
        Field::Name => t!(locale, name.field_name),
        Field::Code => t!(locale, name.field_code),
        Field::Horizon => t!(locale, name.field_horizon),
        Field::Stage => t!(locale, name.field_stage),
        Field::Sites => t!(locale, name.field_sites),
        Field::Area => t!(locale, name.field_area),
        Field::Place => t!(locale, name.field_place),
        Field::Category => t!(locale, name.field_category),
        Field::Industry => t!(locale, name.field_industry),
        Field::Nature => t!(locale, name.field_nature),
        Field::Content => t!(locale, name.field_content),
        Field::Start => t!(locale, name.field_start),
        Field::Finish => t!(locale, name.field_finish),
        Field::TermYears => t!(locale, name.field_term_years),
        Field::Total => t!(locale, name.field_total),
        Field::StatedIssued => t!(locale, name.field_stated_issued),
        Field::StatedReceived => t!(locale, name.field_stated_received),
        Field::StatedPaid => t!(locale, name.field_stated_paid),
        Field::Maturity => t!(locale, name.field_maturity),
        Field::WorkRelief => t!(locale, name.field_work_relief),
        Field::LabourPay => t!(locale, name.field_labour_pay),
        Field::Households => t!(locale, name.field_households),
        Field::People => t!(locale, name.field_people),
        Field::JobsConstruction => t!(locale, name.field_jobs_construction),
        Field::JobsOperation => t!(locale, name.field_jobs_operation),
        Field::Posts => t!(locale, name.field_posts),
        Field::Goal => t!(locale, name.field_goal),
        Field::Link => t!(locale, name.field_link),
        Field::AssetOwner => t!(locale, name.field_asset_owner),
        Field::Maintainer => t!(locale, name.field_maintainer),
        Field::Unit => t!(locale, name.field_unit),
        Field::Person => t!(locale, name.field_person),
        Field::Reporter => t!(locale, name.field_reporter),
        Field::ReportedOn => t!(locale, name.field_reported_on),
        Field::Remark => t!(locale, name.field_remark),
    };
    fixed.to_owned()
}

/// A column of a settlement.
pub fn site_field(locale: Locale, value: SiteField) -> &'static str {
    match value {
        SiteField::Code => t!(locale, site.code),
        SiteField::Name => t!(locale, site.name),
        SiteField::Area => t!(locale, site.area),
        SiteField::Households => t!(locale, site.households),
        SiteField::People => t!(locale, site.people),
        SiteField::Labour => t!(locale, site.labour),
        SiteField::Employed => t!(locale, site.employed),
        SiteField::EmployedOutOfProvince => t!(locale, site.out_of_province),
        SiteField::EmployedInProvince => t!(locale, site.in_province),
        SiteField::EmployedInCounty => t!(locale, site.in_county),
        SiteField::ZeroEmploymentHouseholds => t!(locale, site.zero),
    }
}

/// Depth of an area in the tree.
pub fn level(locale: Locale, value: Level) -> &'static str {
    match value {
        Level::Nation => t!(locale, area.level_nation),
        Level::Province => t!(locale, area.level_province),
        Level::City => t!(locale, area.level_city),
        Level::County => t!(locale, area.level_county),
    }
}

/// Kind of thing that an act of the trail is about.
pub fn audit_object(locale: Locale, value: AuditObject) -> &'static str {
    match value {
        AuditObject::Project => t!(locale, audit.object_project),
        AuditObject::List => t!(locale, audit.object_list),
        AuditObject::Site => t!(locale, audit.object_site),
        AuditObject::Import => t!(locale, audit.object_import),
        AuditObject::Attachment => t!(locale, audit.object_attachment),
        AuditObject::Synonym => t!(locale, audit.object_synonym),
        AuditObject::Area => t!(locale, audit.object_area),
        AuditObject::Account => t!(locale, audit.object_account),
        AuditObject::Session => t!(locale, audit.object_session),
        AuditObject::ApiToken => t!(locale, audit.object_api_token),
        AuditObject::Audit => t!(locale, audit.object_audit),
        AuditObject::Setup => t!(locale, audit.object_setup),
        AuditObject::Statement => t!(locale, audit.object_statement),
        AuditObject::Finding => t!(locale, audit.object_finding),
        AuditObject::Rule => t!(locale, audit.object_rule),
        AuditObject::SourceEdition => t!(locale, audit.object_source_edition),
        AuditObject::Reconciliation => t!(locale, audit.object_reconciliation),
        AuditObject::Control => t!(locale, audit.object_control),
        AuditObject::ReturnBook => t!(locale, audit.object_return_book),
        AuditObject::ReturnRow => t!(locale, audit.object_return_row),
        AuditObject::Coefficients => t!(locale, audit.object_coefficients),
        AuditObject::Bulletin => t!(locale, audit.object_bulletin),
        AuditObject::Wall => t!(locale, audit.object_wall),
    }
}

/// The same for a code of the trail; one that this program does not know is shown as it is.
pub fn audit_object_code(locale: Locale, code: &str) -> String {
    AuditObject::from_code(code)
        .map_or_else(|| code.to_owned(), |object| audit_object(locale, object).to_owned())
}

/// A role by its code in the trail; the product itself has one too.
pub fn role_code(locale: Locale, code: &str) -> String {
    match Role::from_code(code) {
        Some(value) => role(locale, value).to_owned(),
        None if code == "system" => t!(locale, audit.role_system).to_owned(),
        None => code.to_owned(),
    }
}

/// An action by its code in the trail.
pub fn action_code(locale: Locale, code: &str) -> String {
    Action::from_code(code).map_or_else(|| code.to_owned(), |value| action(locale, value).to_owned())
}

/// What an act did, where the program has one word for it; facts with values stay as they were written.
pub fn audit_detail(locale: Locale, detail: &str) -> String {
    let word = match detail {
        "created" => t!(locale, audit.detail_created),
        "changed" => t!(locale, audit.detail_changed),
        "removed" => t!(locale, audit.detail_removed),
        "disabled" => t!(locale, audit.detail_disabled),
        "enabled" => t!(locale, audit.detail_enabled),
        "password" => t!(locale, audit.detail_password),
        "sign_in" => t!(locale, audit.detail_sign_in),
        "sign_out" => t!(locale, audit.detail_sign_out),
        "code" => t!(locale, audit.detail_code),
        "code_used" => t!(locale, audit.detail_code_used),
        other => other,
    };
    word.to_owned()
}
