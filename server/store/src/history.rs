//! What changed, cell by cell, in sets that were made and can be undone together. Append only.

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::{ChangeSetId, ImportId, ProjectId};
use domain::permission::{Permit, Scope};
use domain::project::facts::Change;
use domain::project::{Field, Value};

/// Why a set of changes was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetKind {
    Edit,
    Bulk,
    Import,
    Undo,
    Move,
}

/// What happened to a project in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Created,
    Changed,
    Removed,
}

/// A set about to be made.
#[derive(Clone, Debug)]
pub struct NewSet {
    pub id: ChangeSetId,
    pub kind: SetKind,
    pub batch: Option<ImportId>,
    pub note: Option<String>,
    /// the set that this one takes back
    pub undoes: Option<ChangeSetId>,
}

/// One project's part of a set.
#[derive(Clone, Debug)]
pub struct Touched {
    pub project: ProjectId,
    pub effect: Effect,
    pub version_after: i64,
    pub changes: Vec<Change>,
}

/// One changed cell as a reader of the history sees it.
#[derive(Clone, Debug)]
pub struct Line {
    pub set: ChangeSetId,
    pub kind: SetKind,
    pub effect: Effect,
    /// version of the project after the set
    pub version_after: i64,
    /// projects that the set changed
    pub projects: i64,
    /// the set was taken back
    pub undone: bool,
    /// Unix milliseconds
    pub at: i64,
    /// display name of who did it
    pub by: Option<String>,
    pub note: Option<String>,
    pub change: Change,
}

/// A set as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub kind: SetKind,
    /// taken back by another set
    pub undone: bool,
}

impl SetKind {
    pub const fn code(self) -> &'static str {
        match self {
            SetKind::Edit => "edit",
            SetKind::Bulk => "bulk",
            SetKind::Import => "import",
            SetKind::Undo => "undo",
            SetKind::Move => "move",
        }
    }

    fn from_code(code: &str) -> Option<SetKind> {
        [SetKind::Edit, SetKind::Bulk, SetKind::Import, SetKind::Undo, SetKind::Move]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

impl Effect {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Effect::Created => "created",
            Effect::Changed => "changed",
            Effect::Removed => "removed",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Effect> {
        [Effect::Created, Effect::Changed, Effect::Removed].into_iter().find(|effect| effect.code() == code)
    }
}

/// Opens a set; the changes follow in the same transaction.
pub async fn open(tx: &Tx, permit: &Permit, set: &NewSet) -> Result<(), Fault> {
    let sql = Sql::new(
        "INSERT INTO change_set (id, kind, actor, at, batch_id, note, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .with(set.id.to_string())
    .with(set.kind.code().to_owned())
    .with(permit.actor().user().map(|user| user.to_string()))
    .with(tx.at())
    .with(set.batch.map(|batch| batch.to_string()))
    .with(set.note.clone())
    .with(set.undoes.map(|set| set.to_string()));
    tx.run(sql).await?;
    if let Some(undone) = set.undoes {
        let sql = Sql::new("UPDATE change_set SET undone_by = ? WHERE id = ? AND undone_by IS NULL")
            .with(set.id.to_string())
            .with(undone.to_string());
        if tx.run(sql).await? == 0 {
            return Err(Fault::Stale { table: "change_set" });
        }
    }
    Ok(())
}

/// Adds projects to a set; called by every write of projects.
pub(crate) async fn append(
    tx: &Tx,
    _permit: &Permit,
    set: ChangeSetId,
    touched: &[Touched],
) -> Result<(), Fault> {
    let (mut projects, mut changes) = (Vec::with_capacity(touched.len()), Vec::new());
    let set = set.to_string();
    for part in touched {
        let project = part.project.to_string();
        projects.push(vec![
            set.clone().into(),
            project.clone().into(),
            part.effect.code().to_owned().into(),
            part.version_after.into(),
        ]);
        for (change, seq) in part.changes.iter().zip(1_i64..) {
            changes.push(vec![
                set.clone().into(),
                project.clone().into(),
                change.field.key().into(),
                seq.into(),
                change.old.as_ref().map(Value::canonical).into(),
                change.new.as_ref().map(Value::canonical).into(),
            ]);
        }
    }
    tx.insert_many("INSERT INTO change_project (change_set_id, project_id, effect, version_after)", projects)
        .await?;
    tx.insert_many(
        "INSERT INTO change (change_set_id, project_id, field, seq, old_value, new_value)",
        changes,
    )
    .await
}

/// History of a project in the scope, newest first.
pub async fn of_project(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<Vec<Line>, Fault> {
    let mut sql = Sql::new(
        "SELECT s.id, s.kind, s.at, s.note, s.undone_by, a.name AS by_name, t.effect, t.version_after, (SELECT COUNT(*) FROM change_project x WHERE x.change_set_id = s.id) AS projects, c.field, c.old_value, c.new_value FROM change c JOIN change_set s ON s.id = c.change_set_id JOIN change_project t ON t.change_set_id = c.change_set_id AND t.project_id = c.project_id JOIN project p ON p.id = c.project_id LEFT JOIN account a ON a.id = s.actor WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND c.project_id = ? ORDER BY s.at DESC, s.id DESC, c.seq", project.to_string());
    let rows = conn.all(sql).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                set: row.parsed("change_set", "id", |id| id.parse().ok())?,
                kind: row.parsed("change_set", "kind", SetKind::from_code)?,
                effect: row.parsed("change_project", "effect", Effect::from_code)?,
                version_after: row.int("version_after")?,
                projects: row.int("projects")?,
                undone: row.maybe_text("undone_by")?.is_some(),
                at: row.int("at")?,
                by: row.maybe_text("by_name")?,
                note: row.maybe_text("note")?,
                change: change(row)?,
            })
        })
        .collect()
}

fn change(row: &crate::sql::Row) -> Result<Change, Fault> {
    let field: Field = row.parsed("change", "field", |key| key.parse().ok())?;
    let value = |column: &str| row.maybe_parsed("change", column, |text| Value::from_canonical(field, text));
    Ok(Change { field, old: value("old_value")?, new: value("new_value")? })
}

/// The last change of one column of a project in the scope.
pub async fn last_of(
    conn: &Conn,
    scope: &Scope,
    project: ProjectId,
    field: Field,
) -> Result<Option<Change>, Fault> {
    let mut sql = Sql::new(
        "SELECT c.field, c.old_value, c.new_value FROM change c JOIN change_project t ON t.change_set_id = c.change_set_id AND t.project_id = c.project_id JOIN project p ON p.id = c.project_id WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND c.project_id = ?", project.to_string());
    sql.bind(" AND c.field = ? ORDER BY t.version_after DESC LIMIT 1", field.key());
    conn.one(sql).await?.as_ref().map(change).transpose()
}

/// What kind of set it is; the caller loads its projects within the scope before he says anything of it.
pub async fn head(conn: &Conn, set: ChangeSetId) -> Result<Head, Fault> {
    let sql = Sql::new("SELECT kind, undone_by FROM change_set WHERE id = ?").with(set.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "change_set" })?;
    Ok(Head {
        kind: row.parsed("change_set", "kind", SetKind::from_code)?,
        undone: row.maybe_text("undone_by")?.is_some(),
    })
}

/// Everything of one set, for undoing it; the caller loads the projects within the scope.
pub async fn of_set(conn: &Conn, set: ChangeSetId) -> Result<Vec<Touched>, Fault> {
    let sql = Sql::new("SELECT project_id, effect, version_after FROM change_project WHERE change_set_id = ? ORDER BY project_id")
        .with(set.to_string());
    let mut touched = Vec::new();
    for row in conn.all(sql).await? {
        touched.push(Touched {
            project: row.parsed("change_project", "project_id", |id| id.parse().ok())?,
            effect: row.parsed("change_project", "effect", Effect::from_code)?,
            version_after: row.int("version_after")?,
            changes: Vec::new(),
        });
    }
    let sql = Sql::new("SELECT project_id, field, old_value, new_value FROM change WHERE change_set_id = ? ORDER BY project_id, seq")
        .with(set.to_string());
    for row in conn.all(sql).await? {
        let project: ProjectId = row.parsed("change", "project_id", |id| id.parse().ok())?;
        if let Ok(at) = touched.binary_search_by_key(&project.to_string(), |part| part.project.to_string()) {
            touched[at].changes.push(change(&row)?);
        }
    }
    Ok(touched)
}

/// How many projects of a set were changed or removed after it: the set can be undone as a whole when none was.
pub async fn changed_since(conn: &Conn, set: ChangeSetId) -> Result<i64, Fault> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM change_project t LEFT JOIN project p ON p.id = t.project_id WHERE t.change_set_id = ? AND t.effect <> 'removed' AND (p.id IS NULL OR p.version <> t.version_after)")
        .with(set.to_string());
    conn.one(sql).await?.map_or(Ok(0), |row| row.int("n"))
}

/// A set of changes in one line.
#[derive(Clone, Debug)]
pub struct Recent {
    pub kind: SetKind,
    /// Unix milliseconds
    pub at: i64,
    /// display name of who did it
    pub by: Option<String>,
    /// those in the scope
    pub projects: i64,
    /// one of them, with its name
    pub project: Option<(ProjectId, String)>,
}

/// The newest sets that touched projects of the scope, as far as those still exist.
pub async fn recent(conn: &Conn, scope: &Scope, most: u32) -> Result<Vec<Recent>, Fault> {
    let mut touched = Sql::new(
        "FROM change_project t JOIN project p ON p.id = t.project_id WHERE t.change_set_id = s.id AND ",
    );
    scope::under(&mut touched, "p.area_path", scope.area());
    let mut sql = Sql::new("SELECT s.kind, s.at, a.name AS by_name, (SELECT COUNT(*) ");
    sql.append(touched.clone()).push(") AS n, (SELECT MIN(p.id) ").append(touched.clone());
    sql.push(
        ") AS project_id FROM change_set s LEFT JOIN account a ON a.id = s.actor WHERE EXISTS (SELECT 1 ",
    );
    sql.append(touched).bind(") ORDER BY s.id DESC LIMIT ?", i64::from(most));
    let mut lines = Vec::new();
    for row in conn.all(sql).await? {
        let id: Option<ProjectId> = row.maybe_parsed("project", "project_id", |id| id.parse().ok())?;
        let mut project = None;
        if let Some(id) = id {
            let sql = Sql::new("SELECT name FROM project WHERE id = ?").with(id.to_string());
            project = conn.one(sql).await?.map(|row| row.text("name")).transpose()?.map(|name| (id, name));
        }
        lines.push(Recent {
            kind: row.parsed("change_set", "kind", SetKind::from_code)?,
            at: row.int("at")?,
            by: row.maybe_text("by_name")?,
            projects: row.int("n")?,
            project,
        });
    }
    Ok(lines)
}
