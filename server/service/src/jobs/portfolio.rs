//! 组合测算: sums of kept estimates over the projects of a filter. Knows no SQL and no arithmetic.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use crate::trail::taken;
use contract::jobs::portfolio::{PortfolioQuery, PortfolioView};
use domain::jobs::portfolio::Portfolio;
use domain::jobs::portfolio::draw::DRAWS;
use domain::jobs::portfolio::served::served;
use domain::permission::Action;
use store::dashboard;
use store::jobs::portfolio::{Among, count, lines, services};

/// The sums of a filter. The generator begins with the year of the lists, so that everybody reads the same range.
pub async fn sums(call: &Call, query: PortfolioQuery) -> Outcome<PortfolioView> {
    let conn = call.read().await?;
    let scope = super::record::narrowed(&conn, call, query.area).await?;
    call.permit(Action::ViewProjects, scope.area())?;
    let year = plan_year(call)?;
    let wanted = Among {
        listed: query.list.map(|horizon| (year, horizon)),
        of: dashboard::Among { category: query.category, source: query.source },
    };
    let place = store::area::load(&conn, &scope, scope.area().code()).await?;
    let projects = count(&conn, &scope, wanted).await?;
    let kept = lines(&conn, &scope, wanted).await?;
    let estimated = kept.len() as u64;
    let (services, residents) = services(&conn, &scope, wanted).await?;
    drop(conn);
    let seed = u64::try_from(year.get()).unwrap_or_default();
    // Thousands of draws of thousands of projects: not on a thread that others wait for.
    let totals = tokio::task::spawn_blocking(move || {
        let mut portfolio = Portfolio::default();
        for (project, lines) in kept {
            portfolio.add_lines(project, lines.into_iter().map(|line| line.quantity))?;
        }
        Ok(portfolio.totals(seed))
    })
    .await
    .map_err(|fault| Failure::Unexpected(fault.to_string()))?
    .map_err(|twice: domain::jobs::portfolio::Twice| Failure::Unexpected(twice.to_string()))?;
    Ok(PortfolioView {
        area: place.code,
        area_name: place.name,
        year,
        list: query.list,
        category: query.category,
        source: query.source,
        projects,
        missing: projects.saturating_sub(estimated),
        totals,
        draws: DRAWS as u64,
        seed,
        served: served(&services, &residents),
    })
}

/// The same as it goes out as a file.
pub async fn export(call: &Call, query: PortfolioQuery) -> Outcome<PortfolioView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = sums(call, query).await?;
    taken(call, &permit, "project", format!("what=portfolio area={} rows={}", view.area, view.totals.len()))
        .await?;
    Ok(view)
}
