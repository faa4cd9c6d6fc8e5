//! Which communities need projects most, over everything the person may see: the money of every project is split over its
//! communities, and each of them is held against the median. Knows no SQL; the order is the domain's.

use crate::failure::{Failure, Outcome};
use contract::site::standing::{Medians, SiteStanding};
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::permission::Scope;
use domain::site::standing::{Figures, Quotient, Served, median, parts, places, served};
use std::collections::BTreeMap;
use store::Conn;
use store::site::standing::{Bare, Link, all, links};

/// Fen of 一万元.
const WAN: u64 = 1_000_000;
/// People at work are said in hundredths.
const HUNDREDTHS: u64 = 100;

/// A project as it serves one community.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub issued: Money,
    /// this community's
    pub money: Money,
    /// this community's, where the project says how many
    pub people: Option<u64>,
    /// of the whole project
    pub jobs: Option<u32>,
    /// communities that it serves
    pub serves: u32,
}

/// All communities of a scope beside each other.
pub(super) struct Standings {
    standings: BTreeMap<SiteId, SiteStanding>,
    parts: BTreeMap<SiteId, BTreeMap<ProjectId, Part>>,
    pub medians: Medians,
}

impl Standings {
    pub async fn load(conn: &Conn, scope: &Scope) -> Outcome<Standings> {
        let sites = all(conn, scope).await?;
        let parts = split(&sites, &links(conn, scope).await?)?;
        let none = BTreeMap::new();
        let of = |site: &Bare| parts.get(&site.site).unwrap_or(&none);
        let figures: Vec<Figures> =
            sites.iter().map(|site| figures(site, of(site))).collect::<Outcome<_>>()?;
        let heads: Vec<Option<Quotient>> = figures.iter().map(Figures::per_head).collect();
        let jobs: Vec<Option<Quotient>> = sites.iter().map(|site| jobs(of(site))).collect();
        let (middle, middle_jobs) = (middle(&heads), middle(&jobs));
        let below = |own: Option<Quotient>, middle: Option<Quotient>| {
            own.zip(middle).is_some_and(|(own, middle)| own < middle)
        };
        let mut standings = BTreeMap::new();
        for (at, places) in places(&figures).into_iter().enumerate() {
            let standing = SiteStanding {
                without_work: figures[at].without_work,
                money: figures[at].money,
                per_head: heads[at].and_then(fen),
                is_below_median: below(heads[at], middle),
                jobs_per_wan: jobs[at].and_then(|jobs| jobs.times(WAN * HUNDREDTHS)),
                are_jobs_below_median: below(jobs[at], middle_jobs),
                places,
            };
            standings.insert(sites[at].site, standing);
        }
        let medians = Medians {
            sites: sites.len() as u64,
            per_head: middle.and_then(fen),
            jobs_per_wan: middle_jobs.and_then(|jobs| jobs.times(WAN * HUNDREDTHS)),
        };
        Ok(Standings { standings, parts, medians })
    }

    /// How one stands; a community that came after the others were read is missing.
    pub fn of(&self, site: SiteId) -> Outcome<SiteStanding> {
        self.standings.get(&site).copied().ok_or(Failure::NotFound)
    }

    /// These communities, the neediest first.
    pub fn by_need(&self, sites: &mut [SiteId]) {
        sites.sort_by_key(|site| self.standings.get(site).map_or(u32::MAX, |standing| standing.places.place));
    }

    /// These communities, the least money per head first; who has no figure comes last.
    pub fn by_money(&self, sites: &mut [SiteId]) {
        let place = |site: &SiteId| {
            let found = self.standings.get(site);
            found.map_or((u32::MAX, u32::MAX), |standing| (standing.places.money, standing.places.place))
        };
        sites.sort_by_key(place);
    }

    pub fn part(&self, site: SiteId, project: ProjectId) -> Option<Part> {
        self.parts.get(&site)?.get(&project).copied()
    }

    /// People whom the projects at a community serve.
    pub fn served(&self, site: SiteId, people: Option<u32>) -> Option<Served> {
        let counts: Vec<u64> = self.parts.get(&site)?.values().filter_map(|part| part.people).collect();
        served(&counts, people)
    }
}

/// Money and people of every project, parted over the communities that it serves.
fn split(sites: &[Bare], links: &[Link]) -> Outcome<BTreeMap<SiteId, BTreeMap<ProjectId, Part>>> {
    let known: BTreeMap<SiteId, &Bare> = sites.iter().map(|site| (site.site, site)).collect();
    let mut found: BTreeMap<SiteId, BTreeMap<ProjectId, Part>> = BTreeMap::new();
    for of_project in links.chunk_by(|one, two| one.project == two.project) {
        let weight = |link: &Link| {
            let site = known.get(&link.site);
            (site.and_then(|site| site.people), site.and_then(|site| site.households))
        };
        let weights: Vec<(Option<u32>, Option<u32>)> = of_project.iter().map(weight).collect();
        let issued = of_project[0].issued;
        let money = parts(u64::try_from(issued.fen()).map_err(|_| too_large())?, &weights);
        let people = of_project[0].people.map(|people| parts(people.into(), &weights));
        for (at, link) in of_project.iter().enumerate() {
            let part = Part {
                issued,
                money: i64::try_from(money[at]).ok().and_then(Money::from_fen).ok_or_else(too_large)?,
                people: people.as_ref().map(|people| people[at]),
                jobs: link.jobs,
                serves: u32::try_from(of_project.len()).unwrap_or(u32::MAX),
            };
            found.entry(link.site).or_default().insert(link.project, part);
        }
    }
    Ok(found)
}

fn figures(site: &Bare, parts: &BTreeMap<ProjectId, Part>) -> Outcome<Figures> {
    Ok(Figures {
        people: site.people,
        without_work: site
            .labour
            .zip(site.employed)
            .map(|(labour, employed)| labour.saturating_sub(employed)),
        zero_employment_households: site.zero_employment_households,
        money: Money::sum(parts.values().map(|part| part.money)).ok_or_else(too_large)?,
    })
}

/// People at work for each fen, over the projects here whose jobs and money are both known. Whole projects stand above
/// and below, so that nobody's job is cut in two.
fn jobs(parts: &BTreeMap<ProjectId, Part>) -> Option<Quotient> {
    let known = || {
        parts
            .values()
            .filter(|part| !part.issued.is_zero())
            .filter_map(|part| Some((part.issued, part.jobs?)))
    };
    let money = Money::sum(known().map(|(issued, _)| issued))?;
    Quotient::new(known().map(|(_, jobs)| u64::from(jobs)).sum(), u64::try_from(money.fen()).ok()?)
}

fn middle(all: &[Option<Quotient>]) -> Option<Quotient> {
    median(all.iter().copied().flatten().collect())
}

fn fen(quotient: Quotient) -> Option<Money> {
    Money::from_fen(i64::try_from(quotient.times(1)?).ok()?)
}

fn too_large() -> Failure {
    Failure::Unexpected("a sum is beyond the range of amounts".to_owned())
}
