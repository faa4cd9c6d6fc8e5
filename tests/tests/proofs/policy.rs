//! The role × action table: printed from the program, kept beside a table written from the permission text.

use domain::area::AreaPath;
use domain::id::UserId;
use domain::permission::{Action, Actor, Facts, Role, permit, role_may};
use std::fmt::Write as _;

/// The matrix as an auditor reads it: one line an action, one column a role.
fn matrix() -> String {
    let mut table = format!("{:<22}", "action");
    for role in Role::ALL {
        write!(table, "{:<15}", role.code()).expect("writing to a string cannot fail");
    }
    table.push('\n');
    for action in Action::ALL {
        write!(table, "{:<22}", action.code()).expect("writing to a string cannot fail");
        for role in Role::ALL {
            let mark = if role_may(role, action) { "yes" } else { "-" };
            write!(table, "{mark:<15}").expect("writing to a string cannot fail");
        }
        table.push('\n');
    }
    table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn the_matrix_is_the_reviewed_one() {
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policy/matrix.txt"))
        .expect("tests/policy/matrix.txt is part of the repository");
    assert_eq!(
        matrix(),
        kept,
        "the policy changed: review the new table and keep it in tests/policy/matrix.txt"
    );
}

/// Written from the permission text, not from the code: who may change business facts, people, places.
#[test]
fn the_text_of_the_policy_holds() {
    let who = |action| Role::ALL.into_iter().filter(|role| role_may(*role, action)).collect::<Vec<_>>();
    // Only planners change projects, sites and lists, and import.
    for action in [
        Action::EditProject,
        Action::MoveBetweenLists,
        Action::EditSite,
        Action::ImportWorkbook,
        Action::UndoImport,
    ] {
        assert_eq!(who(action), [Role::Planner], "{action:?}");
    }
    // People and places belong to the administrator, who changes no business facts.
    for action in [Action::ManageUsers, Action::EditAreas] {
        assert_eq!(who(action), [Role::Administrator], "{action:?}");
    }
    // The trail is read by administrator and auditor.
    for action in [Action::ViewAudit, Action::ExportAudit] {
        assert_eq!(who(action), [Role::Administrator, Role::Auditor], "{action:?}");
    }
    // Everybody reads what lies in the own area and keeps the own account.
    for action in [
        Action::ViewProjects,
        Action::ViewSites,
        Action::ViewAreas,
        Action::ExportList,
        Action::ViewMoney,
        Action::ManageOwnAccount,
    ] {
        assert_eq!(who(action), Role::ALL, "{action:?}");
    }
    // Who enters money does not approve it; the matrix that judges both is the administrator's.
    for action in [Action::RegisterNotice, Action::EnterMoney, Action::ImportMoney, Action::Reconcile] {
        assert_eq!(who(action), [Role::Treasurer], "{action:?}");
    }
    for action in [
        Action::ApproveMoney,
        Action::CloseMonth,
        Action::SignReconciliation,
        Action::SignStatement,
        Action::JudgeFindings,
    ] {
        assert_eq!(who(action), [Role::Reviewer], "{action:?}");
    }
    assert_eq!(who(Action::RectifyFinding), [Role::Planner, Role::Treasurer]);
    // Counties fill in, the area above accepts: both are planners, and the use case asks for the area above.
    for action in [
        Action::EditEstimate,
        Action::EditCoefficients,
        Action::FillReturn,
        Action::AcceptReturn,
        Action::RecordNeed,
        Action::IssueBulletin,
    ] {
        assert_eq!(who(action), [Role::Planner], "{action:?}");
    }
    assert_eq!(who(Action::DecideCoefficients), [Role::Planner, Role::Leader]);
    assert_eq!(who(Action::EditControl), [Role::Administrator]);
    assert_eq!(who(Action::EditRules), [Role::Reviewer, Role::Administrator]);
    assert_eq!(who(Action::AttachFile), [Role::Planner, Role::Treasurer, Role::Reviewer]);
    assert_eq!(who(Action::TeachSynonym), [Role::Planner, Role::Administrator]);
}

/// Role × area relation: own area, below, above, beside.
#[test]
fn a_right_ends_at_the_border_of_the_area() {
    let path = |text: &str| AreaPath::new(text).expect("a path of the test");
    let own = path("/100000/520000/520500/");
    for role in Role::ALL {
        let actor = Actor::Person { user: UserId::new(uuid::Uuid::nil()), role, area: own.clone() };
        for action in Action::ALL {
            let may = |area: &str| permit(&actor, action, &Facts::at(path(area))).is_ok();
            assert_eq!(may("/100000/520000/520500/"), role_may(role, action));
            assert_eq!(may("/100000/520000/520500/520526/"), role_may(role, action));
            assert!(!may("/100000/520000/"), "above: {role:?} {action:?}");
            assert!(!may("/100000/520000/520300/"), "beside: {role:?} {action:?}");
        }
    }
}
