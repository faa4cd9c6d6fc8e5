//! Names for the codes and ids in a project's facts, so that the form reads as people write it and reads back as
//! what it was. Knows no file.

use crate::call::Call;
use crate::failure::Outcome;
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::text::fold;
use sheet::write::ListRow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Conn;
use store::area::Area;
use store::project::Project;

/// Names of the areas in a scope and of the sites met so far.
pub(super) struct Names {
    areas: BTreeMap<AreaCode, String>,
    /// how many areas of the scope a spelling may mean
    meanings: HashMap<String, usize>,
    sites: BTreeMap<SiteId, String>,
    asked: BTreeSet<AreaCode>,
}

impl Names {
    pub fn new(areas: &[Area]) -> Names {
        let mut meanings: HashMap<String, usize> = HashMap::new();
        for area in areas {
            let spellings: BTreeSet<String> = [fold(&area.name), fold(&area.short)].into();
            for spelling in spellings {
                *meanings.entry(spelling).or_default() += 1;
            }
        }
        Names {
            areas: areas.iter().map(|area| (area.code, area.name.clone())).collect(),
            meanings,
            sites: BTreeMap::new(),
            asked: BTreeSet::new(),
        }
    }

    /// The name as it stands, whether it is the only one or not.
    pub fn plain(&self, area: AreaCode) -> String {
        self.areas.get(&area).cloned().unwrap_or_else(|| area.to_string())
    }

    /// The name when it means one area only, else the code: the column takes both.
    fn of_area(&self, area: AreaCode) -> String {
        let name = self.areas.get(&area).filter(|name| self.meanings.get(&fold(name)) == Some(&1));
        name.cloned().unwrap_or_else(|| area.to_string())
    }

    /// Asks for the sites of counties that were not met before.
    pub async fn learn_sites(&mut self, conn: &Conn, call: &Call, projects: &[Project]) -> Outcome<()> {
        let linked = projects.iter().filter(|project| !project.facts.sites.is_empty());
        let places: BTreeSet<AreaCode> = linked.map(|project| project.facts.area).collect();
        let fresh: Vec<AreaCode> = places.into_iter().filter(|area| self.asked.insert(*area)).collect();
        if !fresh.is_empty() {
            let sites = store::site::of_areas(conn, &call.scope(), &fresh).await?;
            self.sites.extend(sites.into_iter().map(|site| (site.id, site.facts.name)));
        }
        Ok(())
    }

    pub fn row(&self, project: Project) -> ListRow {
        ListRow {
            number: project.number.to_string(),
            id: project.id.to_string(),
            version: project.version,
            area: self.of_area(project.facts.area),
            sites: project.facts.sites.iter().filter_map(|site| self.sites.get(site).cloned()).collect(),
            facts: project.facts,
        }
    }
}
