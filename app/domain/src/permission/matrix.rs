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
            | A::ManageOwnAccount,
        ) => true,
        (R::Planner, A::EditAreas | A::ManageUsers | A::ViewAudit | A::ExportAudit) => false,
        (
            R::Treasurer | R::Reviewer,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::AttachFile
            | A::ViewAreas
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
            | A::ExportAudit,
        ) => false,
        (R::Leader, A::ViewProjects | A::ExportList | A::ViewSites | A::ViewAreas | A::ManageOwnAccount) => {
            true
        }
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
            | A::ExportAudit,
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
            | A::ManageOwnAccount,
        ) => true,
        (
            R::Administrator,
            A::EditProject
            | A::MoveBetweenLists
            | A::EditSite
            | A::ImportWorkbook
            | A::UndoImport
            | A::AttachFile,
        ) => false,
        (
            R::Auditor,
            A::ViewProjects
            | A::ExportList
            | A::ViewSites
            | A::ViewAreas
            | A::ViewAudit
            | A::ExportAudit
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
            | A::ManageUsers,
        ) => false,
    }
}

/// What the product does by itself: makes the first area tree and the first administrator, nothing else.
pub(super) const fn system_may(action: Action) -> bool {
    match action {
        Action::EditAreas
        | Action::ManageUsers
        | Action::ViewProjects
        | Action::ViewSites
        | Action::ViewAreas => true,
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
        | Action::ManageOwnAccount => false,
    }
}
