//! The table of the policy: a role, an action, yes or no. Knows no area.

use super::{Action, Role};

/// The matrix: role × action. `tests/policy/matrix.txt` is printed from here and reviewed as a diff.
#[expect(clippy::too_many_lines, reason = "one table: a role and an action a line")]
pub const fn role_may(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    match (role, action) {
        (
            R::Planner,
            A::ViewProjects
            | A::EditProject
            | A::MoveBetweenLists
            | A::ExportList
            | A::ViewSites
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::TeachSynonym
            | A::AttachFile
            | A::ViewAreas
            | A::ViewMoney
            | A::RectifyFinding
            | A::EditEstimate
            | A::EditCoefficients
            | A::DecideCoefficients
            | A::FillReturn
            | A::AcceptReturn
            | A::RecordNeed
            | A::IssueBulletin
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Planner,
            A::EditAreas
            | A::ManageUsers
            | A::ViewAudit
            | A::ExportAudit
            | A::RegisterNotice
            | A::EnterMoney
            | A::ImportMoney
            | A::ApproveMoney
            | A::CloseMonth
            | A::EditControl
            | A::Reconcile
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::EditRules,
        ) => false,
        // Who enters money does not approve it, and who approves does not enter.
        (
            R::Treasurer,
            A::RegisterNotice | A::EnterMoney | A::ImportMoney | A::Reconcile | A::RectifyFinding,
        ) => true,
        (
            R::Treasurer,
            A::ApproveMoney
            | A::CloseMonth
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::EditRules,
        ) => false,
        (
            R::Reviewer,
            A::ApproveMoney
            | A::CloseMonth
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::EditRules,
        ) => true,
        (
            R::Reviewer,
            A::RegisterNotice | A::EnterMoney | A::ImportMoney | A::Reconcile | A::RectifyFinding,
        ) => false,
        (
            R::Treasurer | R::Reviewer,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::AttachFile
            | A::ViewAreas
            | A::ViewMoney
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Treasurer | R::Reviewer,
            A::EditProject
            | A::MoveBetweenLists
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::TeachSynonym
            | A::EditAreas
            | A::ManageUsers
            | A::ViewAudit
            | A::ExportAudit
            | A::EditControl
            | A::EditEstimate
            | A::EditCoefficients
            | A::DecideCoefficients
            | A::FillReturn
            | A::AcceptReturn
            | A::RecordNeed
            | A::IssueBulletin,
        ) => false,
        (
            R::Leader,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::ViewAreas
            | A::ViewMoney
            | A::DecideCoefficients
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Leader,
            A::EditProject
            | A::MoveBetweenLists
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::TeachSynonym
            | A::AttachFile
            | A::EditAreas
            | A::ManageUsers
            | A::ViewAudit
            | A::ExportAudit
            | A::RegisterNotice
            | A::EnterMoney
            | A::ImportMoney
            | A::ApproveMoney
            | A::CloseMonth
            | A::EditControl
            | A::Reconcile
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::RectifyFinding
            | A::EditRules
            | A::EditEstimate
            | A::EditCoefficients
            | A::FillReturn
            | A::AcceptReturn
            | A::RecordNeed
            | A::IssueBulletin,
        ) => false,
        (
            R::Administrator,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::TeachSynonym
            | A::ViewAreas
            | A::EditAreas
            | A::ManageUsers
            | A::ViewAudit
            | A::ExportAudit
            | A::ViewMoney
            | A::EditControl
            | A::EditRules
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Administrator,
            A::EditProject
            | A::MoveBetweenLists
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::AttachFile
            | A::RegisterNotice
            | A::EnterMoney
            | A::ImportMoney
            | A::ApproveMoney
            | A::CloseMonth
            | A::Reconcile
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::RectifyFinding
            | A::EditEstimate
            | A::EditCoefficients
            | A::DecideCoefficients
            | A::FillReturn
            | A::AcceptReturn
            | A::RecordNeed
            | A::IssueBulletin,
        ) => false,
        (
            R::Auditor,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::ViewAreas
            | A::ViewAudit
            | A::ExportAudit
            | A::ViewMoney
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Auditor,
            A::EditProject
            | A::MoveBetweenLists
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::TeachSynonym
            | A::AttachFile
            | A::EditAreas
            | A::ManageUsers
            | A::RegisterNotice
            | A::EnterMoney
            | A::ImportMoney
            | A::ApproveMoney
            | A::CloseMonth
            | A::EditControl
            | A::Reconcile
            | A::SignReconciliation
            | A::SignStatement
            | A::JudgeFindings
            | A::RectifyFinding
            | A::EditRules
            | A::EditEstimate
            | A::EditCoefficients
            | A::DecideCoefficients
            | A::FillReturn
            | A::AcceptReturn
            | A::RecordNeed
            | A::IssueBulletin,
        ) => false,
    }
}

/// What a wall screen shows: the figures of its area. Nobody stands behind it, so that it may nothing else.
pub(super) const fn wall_may(action: Action) -> bool {
    match action {
        Action::ViewProjects | Action::ViewMoney => true,
        Action::EditProject
        | Action::MoveBetweenLists
        | Action::ExportList
        | Action::ViewSites
        | Action::EditSite
        | Action::ImportWorkbook
        | Action::UndoImport
        | Action::TeachSynonym
        | Action::AttachFile
        | Action::ViewAreas
        | Action::EditAreas
        | Action::ManageUsers
        | Action::ViewAudit
        | Action::ExportAudit
        | Action::RegisterNotice
        | Action::EnterMoney
        | Action::ImportMoney
        | Action::ApproveMoney
        | Action::CloseMonth
        | Action::EditControl
        | Action::Reconcile
        | Action::SignReconciliation
        | Action::SignStatement
        | Action::JudgeFindings
        | Action::RectifyFinding
        | Action::EditRules
        | Action::EditEstimate
        | Action::EditCoefficients
        | Action::DecideCoefficients
        | Action::FillReturn
        | Action::AcceptReturn
        | Action::RecordNeed
        | Action::IssueBulletin
        | Action::ManageOwnAccount => false,
    }
}

/// What the product does by itself: makes the first area tree and the first administrator, and runs the review rules.
pub(super) const fn system_may(action: Action) -> bool {
    match action {
        Action::EditAreas
        | Action::ManageUsers
        | Action::ViewProjects
        | Action::ViewSites
        | Action::ViewAreas
        // Estimates are made anew on the day on which another edition of coefficients comes into force.
        | Action::EditEstimate
        | Action::JudgeFindings => true,
        Action::EditProject
        | Action::MoveBetweenLists
        | Action::ExportList
        | Action::EditSite
        | Action::ImportWorkbook
        | Action::UndoImport
        | Action::TeachSynonym
        | Action::AttachFile
        | Action::ViewAudit
        | Action::ExportAudit
        | Action::ViewMoney
        | Action::RegisterNotice
        | Action::EnterMoney
        | Action::ImportMoney
        | Action::ApproveMoney
        | Action::CloseMonth
        | Action::EditControl
        | Action::Reconcile
        | Action::SignReconciliation
        | Action::SignStatement
        | Action::RectifyFinding
        | Action::EditRules
        | Action::EditCoefficients
        | Action::DecideCoefficients
        | Action::FillReturn
        | Action::AcceptReturn
        | Action::RecordNeed
        | Action::IssueBulletin
        | Action::ManageOwnAccount => false,
    }
}
