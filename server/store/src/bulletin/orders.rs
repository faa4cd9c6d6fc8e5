//! Orders to rectify for documents, as they stood on a day, from the steps that are kept. Judges nothing.

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::bulletin::facts::Review;
use domain::bulletin::orders;
use domain::permission::Scope;
use domain::review::workflow::State;
use std::collections::BTreeMap;

const TABLE: &str = "finding";
/// Findings that somebody was ever ordered to rectify; what a person typed holds no bare quotation mark.
const ORDERED: &str = "(f.state IN ('rectifying', 'rectified', 'closed') OR EXISTS (SELECT 1 FROM finding_step o WHERE o.finding_id = f.id AND o.state_body LIKE '%\"ordered\":%'))";

/// Findings by area: ordered to be rectified, closed after that, and late, all on a day.
pub async fn reviews(conn: &Conn, scope: &Scope, day: NaiveDate) -> Result<Vec<(AreaPath, Review)>, Fault> {
    // What a finding is now follows its steps, and stands for them where none were kept.
    let mut sql = Sql::new(
        "SELECT f.id AS id, f.area_path AS area_path, s.state_body AS state_body, s.number AS number, 0 AS is_now FROM finding f JOIN finding_step s ON s.finding_id = f.id WHERE ",
    );
    scope::under(&mut sql, "f.area_path", scope.area());
    sql.push(" AND ").push(ORDERED);
    sql.push(" UNION ALL SELECT f.id, f.area_path, f.state_body, f.version, 1 FROM finding f WHERE ");
    scope::under(&mut sql, "f.area_path", scope.area());
    sql.push(" AND ").push(ORDERED).push(" ORDER BY area_path, id, is_now, number");
    let mut found: BTreeMap<(String, String), Vec<State>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let (area, id) = (row.text("area_path")?, row.text("id")?);
        let state = serde_json::from_str(&row.text("state_body")?)
            .map_err(|_| Fault::Corrupt { table: TABLE, id: id.clone() })?;
        found.entry((area, id)).or_default().push(state);
    }
    let one = |((area, id), states): ((String, String), Vec<State>)| {
        let area = AreaPath::new(&area).ok_or(Fault::Corrupt { table: TABLE, id })?;
        Ok((area, orders::on(&states, day)))
    };
    found.into_iter().map(one).collect()
}
