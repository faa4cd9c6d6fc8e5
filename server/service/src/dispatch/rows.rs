//! The rows of a month with those around them, and what the checks say of each. Knows no book's state.

use super::view;
use crate::failure::Outcome;
use contract::dispatch::{ProjectLine, SiteLine, Sums};
use domain::area::AreaCode;
use domain::dispatch::check::{self, Around, Found, Subject};
use domain::dispatch::row::{ProjectRow, SiteRow, Totals};
use domain::id::{ProjectId, SiteId};
use domain::period::Month;
use std::collections::BTreeMap;
use store::Conn;
use store::dispatch::project::{self, Way};
use store::dispatch::{Of, site};

/// Rows of a month.
#[derive(Default)]
pub(super) struct Rows {
    pub projects: Vec<project::Line>,
    pub sites: Vec<site::Line>,
    before: BTreeMap<ProjectId, (Month, ProjectRow)>,
    after: BTreeMap<ProjectId, (Month, ProjectRow)>,
    sites_before: BTreeMap<SiteId, (Month, SiteRow)>,
}

impl Rows {
    pub async fn load(conn: &Conn, of: Of<'_>, month: Month) -> Outcome<Rows> {
        Ok(Rows {
            projects: project::rows(conn, of, month).await?,
            sites: site::rows(conn, of, month).await?,
            before: project::nearest(conn, of, month, Way::Before).await?,
            after: project::nearest(conn, of, month, Way::After).await?,
            sites_before: site::before(conn, of, month).await?,
        })
    }

    /// The rows of each area's book.
    pub fn by_area(mut self) -> BTreeMap<AreaCode, Rows> {
        let mut parts: BTreeMap<AreaCode, Rows> = BTreeMap::new();
        for line in std::mem::take(&mut self.projects) {
            let part = parts.entry(line.area).or_default();
            if let Some(before) = self.before.remove(&line.project) {
                part.before.insert(line.project, before);
            }
            if let Some(after) = self.after.remove(&line.project) {
                part.after.insert(line.project, after);
            }
            part.projects.push(line);
        }
        for line in std::mem::take(&mut self.sites) {
            let part = parts.entry(line.area).or_default();
            if let Some(before) = self.sites_before.remove(&line.site) {
                part.sites_before.insert(line.site, before);
            }
            part.sites.push(line);
        }
        parts
    }

    /// What the checks say of all rows.
    pub fn found(&self, month: Month) -> Vec<Found> {
        let mut all = Vec::new();
        for line in &self.projects {
            let around = |map: &'_ BTreeMap<ProjectId, (Month, ProjectRow)>| {
                map.get(&line.project).map(|(month, _)| *month)
            };
            let (before, after) = (around(&self.before), around(&self.after));
            let around = Around {
                before: before.zip(self.before.get(&line.project).map(|(_, row)| row)),
                after: after.zip(self.after.get(&line.project).map(|(_, row)| row)),
                planned: line.planned,
            };
            let subject = Subject::Project(line.project);
            let found = check::project(month, &line.row, around).into_iter();
            all.extend(found.map(|(severity, fault)| {
                let name = line.name.clone();
                Found { severity, subject, name, fault }
            }));
        }
        for line in &self.sites {
            let subject = Subject::Site(line.site);
            let found = check::site(&line.row).into_iter();
            all.extend(found.map(|(severity, fault)| {
                let name = line.name.clone();
                Found { severity, subject, name, fault }
            }));
        }
        all
    }

    pub fn totals(&self) -> Outcome<Totals> {
        Totals::of(self.projects.iter().map(|line| &line.row)).ok_or_else(view::too_much)
    }

    /// Sums of the rows, and of what counted before of the same projects.
    pub fn sums(&self) -> Outcome<Sums> {
        let before = self.projects.iter().filter_map(|line| self.before.get(&line.project));
        let before = Totals::of(before.map(|(_, row)| row)).ok_or_else(view::too_much)?;
        Ok(Sums { now: self.totals()?, before })
    }

    /// As they are shown.
    pub fn into_lines(mut self) -> (Vec<ProjectLine>, Vec<SiteLine>) {
        let projects = self.projects.into_iter().map(|line| ProjectLine {
            before: self.before.remove(&line.project),
            project: line.project,
            number: line.number,
            code: line.code,
            name: line.name,
            planned: line.planned,
            version: line.version,
            row: line.row,
        });
        let sites = self.sites.into_iter().map(|line| SiteLine {
            before: self.sites_before.remove(&line.site),
            site: line.site,
            code: line.code,
            name: line.name,
            version: line.version,
            row: line.row,
        });
        (projects.collect(), sites.collect())
    }
}
