//! THE policy: who may do what, where. One `match`, no wildcard; the table auditors read is printed from it.
//!
//! `Permit` and `Scope` have private fields and are made only here. Every write in the store takes a
//! `&Permit`, every read a `&Scope`: a use case that forgets to ask has nothing to pass.

mod matrix;

pub use matrix::role_may;
use matrix::{system_may, wall_may};

use crate::area::AreaPath;
use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// What a person is employed to do. One role a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 规划员: drafts the lists of the own area and below.
    Planner,
    /// 财务经办: enters money.
    Treasurer,
    /// 财务审核: reviews money.
    Reviewer,
    /// 领导: reads, decides.
    Leader,
    /// 系统管理员: people and places, never business facts.
    Administrator,
    /// 审计员: reads everything in the area, and the trail.
    Auditor,
}

/// What can be asked of the product. A new action does not compile until the policy decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    ViewProjects,
    EditProject,
    MoveBetweenLists,
    ExportList,
    ViewSites,
    EditSite,
    ImportWorkbook,
    UndoImport,
    TeachSynonym,
    AttachFile,
    ViewAreas,
    EditAreas,
    ManageUsers,
    ViewAudit,
    ExportAudit,
    /// Entries, positions, batches and months.
    ViewMoney,
    /// 下达文件
    RegisterNotice,
    /// Postings and reversals, as requests.
    EnterMoney,
    /// Batches of ledger lines, and their undoing, for somebody else to approve.
    ImportMoney,
    /// What somebody else entered or imported.
    ApproveMoney,
    /// Close and reopen months of the own area's books.
    CloseMonth,
    /// The control matrix.
    EditControl,
    /// A bank's export against the ledger: bring it, match it, hand it over.
    Reconcile,
    /// What somebody else matched: sign it or give it back.
    SignReconciliation,
    /// Figures that documents state: keep them, and sign which one is worked with.
    SignStatement,
    /// Run the review rules; verify, dismiss, order and close what they find.
    JudgeFindings,
    /// Report an ordered rectification done.
    RectifyFinding,
    /// Editions of the review rules: parameters from a day to come.
    EditRules,
    /// Overrides of a job estimate, with the reason; figures a method asks for.
    EditEstimate,
    /// Drafts of an edition of job coefficients, and handing them on.
    EditCoefficients,
    /// An edition of coefficients that somebody else made: put it into force or give it back.
    DecideCoefficients,
    /// 月调度填报: figures of a month, and handing the return in.
    FillReturn,
    /// Returns of the counties below: accept, give back, remind, close the month.
    AcceptReturn,
    /// 需求清单 of a community, and making a reserve project of one.
    RecordNeed,
    /// 调度汇总 and 通报: draft, edit, issue.
    IssueBulletin,
    /// One's own password, preferences and API tokens.
    ManageOwnAccount,
}

/// Who acts. Built once per request from the session, a token, or the command line's `--as`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Person {
        user: UserId,
        role: Role,
        area: AreaPath,
    },
    /// Nightly jobs and first start: a row of the matrix like any other.
    System,
    /// A wall screen: nobody signed in, one area's figures.
    Wall {
        area: AreaPath,
    },
}

/// Where the thing lies that is acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    area: AreaPath,
}

/// Proof that somebody was allowed to do one action in one area. The audit row is filled from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    actor: Actor,
    action: Action,
    area: AreaPath,
}

/// Which rows exist for a person: those of this area and below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    area: AreaPath,
}

/// The action is not allowed to this role here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{action:?} is not allowed")]
pub struct Forbidden {
    pub action: Action,
}

/// What the viewer may do with what is shown; buttons ask this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities(Vec<Action>);

/// The one decision. In scope and allowed gives a permit.
pub fn permit(actor: &Actor, action: Action, facts: &Facts) -> Result<Permit, Forbidden> {
    let inside = scope(actor).area.contains(&facts.area);
    let allowed = match actor {
        Actor::Person { role, .. } => inside && role_may(*role, action),
        Actor::System => system_may(action),
        Actor::Wall { .. } => inside && wall_may(action),
    };
    if !allowed {
        return Err(Forbidden { action });
    }
    Ok(Permit { actor: actor.clone(), action, area: facts.area.clone() })
}

/// Rows that exist for this actor.
pub fn scope(actor: &Actor) -> Scope {
    match actor {
        Actor::Person { area, .. } | Actor::Wall { area } => Scope { area: area.clone() },
        Actor::System => Scope { area: AreaPath::root() },
    }
}

/// Everything the actor may do in the area, for buttons and menus.
pub fn abilities(actor: &Actor, area: &AreaPath) -> Abilities {
    let facts = Facts::at(area.clone());
    Abilities(Action::ALL.into_iter().filter(|action| permit(actor, *action, &facts).is_ok()).collect())
}

impl Role {
    pub const ALL: [Role; 6] =
        [Role::Planner, Role::Treasurer, Role::Reviewer, Role::Leader, Role::Administrator, Role::Auditor];

    /// Stable code in files, the database and the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Planner => "planner",
            Role::Treasurer => "treasurer",
            Role::Reviewer => "reviewer",
            Role::Leader => "leader",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// As tables of people print it.
    pub const fn sign(self) -> &'static str {
        match self {
            Role::Planner => "规划员",
            Role::Treasurer => "财务经办",
            Role::Reviewer => "财务审核",
            Role::Leader => "领导",
            Role::Administrator => "系统管理员",
            Role::Auditor => "审计员",
        }
    }

    /// The role that a table means, by sign or by code.
    pub fn find(text: &str) -> Option<Role> {
        let folded = crate::text::fold(text);
        Role::ALL.into_iter().find(|role| role.code() == folded || role.sign() == folded)
    }
}

impl Action {
    /// The action of a code, as the trail keeps it.
    pub fn from_code(code: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.code() == code)
    }

    pub const ALL: [Action; 36] = [
        Action::ViewProjects,
        Action::EditProject,
        Action::MoveBetweenLists,
        Action::ExportList,
        Action::ViewSites,
        Action::EditSite,
        Action::ImportWorkbook,
        Action::UndoImport,
        Action::TeachSynonym,
        Action::AttachFile,
        Action::ViewAreas,
        Action::EditAreas,
        Action::ManageUsers,
        Action::ViewAudit,
        Action::ExportAudit,
        Action::ViewMoney,
        Action::RegisterNotice,
        Action::EnterMoney,
        Action::ImportMoney,
        Action::ApproveMoney,
        Action::CloseMonth,
        Action::EditControl,
        Action::Reconcile,
        Action::SignReconciliation,
        Action::SignStatement,
        Action::JudgeFindings,
        Action::RectifyFinding,
        Action::EditRules,
        Action::EditEstimate,
        Action::EditCoefficients,
        Action::DecideCoefficients,
        Action::FillReturn,
        Action::AcceptReturn,
        Action::RecordNeed,
        Action::IssueBulletin,
        Action::ManageOwnAccount,
    ];

    /// Stable code in the audit trail and the printed matrix.
    pub const fn code(self) -> &'static str {
        match self {
            Action::ViewProjects => "view_projects",
            Action::EditProject => "edit_project",
            Action::MoveBetweenLists => "move_between_lists",
            Action::ExportList => "export_list",
            Action::ViewSites => "view_sites",
            Action::EditSite => "edit_site",
            Action::ImportWorkbook => "import_workbook",
            Action::UndoImport => "undo_import",
            Action::TeachSynonym => "teach_synonym",
            Action::AttachFile => "attach_file",
            Action::ViewAreas => "view_areas",
            Action::EditAreas => "edit_areas",
            Action::ManageUsers => "manage_users",
            Action::ViewAudit => "view_audit",
            Action::ExportAudit => "export_audit",
            Action::ViewMoney => "view_money",
            Action::RegisterNotice => "register_notice",
            Action::EnterMoney => "enter_money",
            Action::ImportMoney => "import_money",
            Action::ApproveMoney => "approve_money",
            Action::CloseMonth => "close_month",
            Action::EditControl => "edit_control",
            Action::Reconcile => "reconcile",
            Action::SignReconciliation => "sign_reconciliation",
            Action::SignStatement => "sign_statement",
            Action::JudgeFindings => "judge_findings",
            Action::RectifyFinding => "rectify_finding",
            Action::EditRules => "edit_rules",
            Action::EditEstimate => "edit_estimate",
            Action::EditCoefficients => "edit_coefficients",
            Action::DecideCoefficients => "decide_coefficients",
            Action::FillReturn => "fill_return",
            Action::AcceptReturn => "accept_return",
            Action::RecordNeed => "record_need",
            Action::IssueBulletin => "issue_bulletin",
            Action::ManageOwnAccount => "manage_own_account",
        }
    }
}

impl Actor {
    /// The person, `None` for the product itself and for a wall screen.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Actor::Person { user, .. } => Some(*user),
            Actor::System | Actor::Wall { .. } => None,
        }
    }

    /// The code of the role, `system` for the product itself, `wall` for a wall screen.
    pub const fn role_code(&self) -> &'static str {
        match self {
            Actor::Person { role, .. } => role.code(),
            Actor::System => "system",
            Actor::Wall { .. } => "wall",
        }
    }
}

impl Facts {
    /// Facts of a thing that lies in `area`.
    pub const fn at(area: AreaPath) -> Facts {
        Facts { area }
    }
}

impl Permit {
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    pub const fn action(&self) -> Action {
        self.action
    }

    /// The area in which the act was allowed.
    pub const fn area(&self) -> &AreaPath {
        &self.area
    }
}

impl Scope {
    /// Rows under this path exist for the person.
    pub const fn area(&self) -> &AreaPath {
        &self.area
    }

    /// The same person, seen only from `area` down; `None` when that is not inside the scope.
    pub fn narrowed(&self, area: &AreaPath) -> Option<Scope> {
        self.area.contains(area).then(|| Scope { area: area.clone() })
    }
}

impl Abilities {
    pub fn includes(&self, action: Action) -> bool {
        self.0.contains(&action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn planner(area: &str) -> Actor {
        Actor::Person {
            user: UserId::new(Uuid::nil()),
            role: Role::Planner,
            area: AreaPath::new(area).unwrap(),
        }
    }

    #[test]
    fn outside_the_area_nothing_is_allowed() {
        let actor = planner("/100000/520000/520500/520526/");
        let elsewhere = Facts::at(AreaPath::new("/100000/520000/520500/520524/").unwrap());
        let above = Facts::at(AreaPath::new("/100000/520000/").unwrap());
        for action in Action::ALL {
            assert!(permit(&actor, action, &elsewhere).is_err());
            assert!(permit(&actor, action, &above).is_err());
        }
    }

    #[test]
    fn a_scope_only_narrows() {
        let scope = scope(&planner("/100000/520000/"));
        assert!(scope.narrowed(&AreaPath::new("/100000/520000/520500/").unwrap()).is_some());
        assert!(scope.narrowed(&AreaPath::root()).is_none());
    }
}
