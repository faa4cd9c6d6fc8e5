//! People served (受益人数) by several projects at one community: gross, overlap, net. Heads are not known, so the net is
//! a bound by a stated rule. Knows no name of anybody.
//!
//! Projects that share a community, directly or through others, serve one circle of people. The gross is the sum of
//! what they state. The net is never more than the people who live in the communities of the circle; where one of those
//! is not known, it is the largest single statement. The overlap is the difference.

use crate::id::{ProjectId, SiteId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one project states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub project: ProjectId,
    pub sites: Vec<SiteId>,
    pub people: u32,
}

/// Sums over projects, people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    pub gross: u64,
    pub overlap: u64,
    pub net: u64,
}

/// Gross, overlap and net; `residents` are the people of each community where they are known.
pub fn served(services: &[Service], residents: &BTreeMap<SiteId, u32>) -> Served {
    let mut sum = Served::default();
    for circle in circles(services) {
        let members: Vec<&Service> = circle.iter().map(|at| &services[*at]).collect();
        let gross: u64 = members.iter().map(|service| u64::from(service.people)).sum();
        let largest = members.iter().map(|service| u64::from(service.people)).max().unwrap_or(0);
        let mut sites: Vec<SiteId> = members.iter().flat_map(|service| service.sites.clone()).collect();
        sites.sort_unstable();
        sites.dedup();
        let living: Option<u64> =
            sites.iter().map(|site| residents.get(site).map(|people| u64::from(*people))).sum();
        // A project that names no community, or is the only one there, has nobody to share people with.
        let net = if members.len() == 1 {
            gross
        } else {
            // One project cannot serve fewer people than it states; more than live there is a doubt of its own.
            living.map_or(largest, |living| gross.min(living.max(largest)))
        };
        sum.gross += gross;
        sum.net += net;
        sum.overlap += gross - net;
    }
    sum
}

/// Projects by the communities that tie them together, in the order of their first.
fn circles(services: &[Service]) -> Vec<Vec<usize>> {
    let mut first_of: Vec<usize> = (0..services.len()).collect();
    let mut by_site: BTreeMap<SiteId, usize> = BTreeMap::new();
    for (at, service) in services.iter().enumerate() {
        for site in &service.sites {
            let other = *by_site.entry(*site).or_insert(at);
            let (one, two) = (root(&first_of, at), root(&first_of, other));
            let (first, later) = (one.min(two), one.max(two));
            first_of[later] = first;
        }
    }
    let mut circles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..services.len() {
        circles.entry(root(&first_of, at)).or_default().push(at);
    }
    circles.into_values().collect()
}

fn root(first_of: &[usize], mut at: usize) -> usize {
    while first_of[at] != at {
        at = first_of[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn site(number: u128) -> SiteId {
        SiteId::new(Uuid::from_u128(number))
    }

    fn service(number: u128, sites: &[u128], people: u32) -> Service {
        Service {
            project: ProjectId::new(Uuid::from_u128(number)),
            sites: sites.iter().map(|number| site(*number)).collect(),
            people,
        }
    }

    #[test]
    fn a_community_is_not_served_more_than_it_has_people() {
        let residents = BTreeMap::from([(site(1), 1208), (site(2), 500)]);
        let both = [service(1, &[1], 1000), service(2, &[1], 900)];
        assert_eq!(served(&both, &residents), Served { gross: 1900, overlap: 692, net: 1208 });
        let apart = [service(1, &[1], 1000), service(2, &[2], 400)];
        assert_eq!(served(&apart, &residents), Served { gross: 1400, overlap: 0, net: 1400 });
        let tied = [service(1, &[1], 1000), service(2, &[2], 400), service(3, &[1, 2], 1500)];
        assert_eq!(served(&tied, &residents), Served { gross: 2900, overlap: 1192, net: 1708 });
    }

    #[test]
    fn where_nobody_knows_who_lives_there_the_largest_counts() {
        let none = BTreeMap::new();
        let both = [service(1, &[1], 1000), service(2, &[1], 900)];
        assert_eq!(served(&both, &none), Served { gross: 1900, overlap: 900, net: 1000 });
        let nowhere = [service(1, &[], 10), service(2, &[], 20)];
        assert_eq!(served(&nowhere, &none), Served { gross: 30, overlap: 0, net: 30 });
    }
}
