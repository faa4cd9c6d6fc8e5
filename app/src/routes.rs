//! Every page's address. To add a page: its component in the slice's `page.rs`, and one line in the table below, under
//! `Pages`. Under `Lists` stands the page that is open all day and nothing that it could do without. A page is found by
//! the first line that fits, `Lists` before `Pages`.

use crate::account::admin::AdminPage;
use crate::account::login::LoginPage;
use crate::account::page::AccountPage;
use crate::account::setup::SetupPage;
use crate::area::import::AreaImportPage;
use crate::area::one::AreaPage;
use crate::area::tree::AreasPage;
use crate::audit::page::AuditPage;
use crate::bulletin::list::BulletinsPage;
use crate::bulletin::one::BulletinPage;
use crate::dashboard::page::DashboardPage;
use crate::dashboard::screen::ScreenPage;
use crate::dashboard::works::WorksPage;
use crate::dispatch::book::BookPage;
use crate::dispatch::import::ImportReturnPage;
use crate::dispatch::overview::DispatchPage;
use crate::docs::page::DocsPage;
use crate::fund::new::NewNoticePage;
use crate::fund::notice::NoticePage;
use crate::fund::notices::NoticesPage;
use crate::fund::source::SourcePage;
use crate::fund::sources::SourcesPage;
use crate::home::board::HomePage;
use crate::home::page::FindPage;
use crate::import::page::{ImportPage, WizardPage};
use crate::jobs::edition::list::EditionsPage;
use crate::jobs::edition::one::EditionPage;
use crate::jobs::portfolio::page::PortfolioPage;
use crate::jobs::record::calibrated::RecordPage;
use crate::jobs::record::compared::ComparedPage;
use crate::later::{self, Later, Missing, Part, Screen};
use crate::ledger::batch::BatchPage;
use crate::ledger::control::ControlsPage;
use crate::ledger::entries::EntriesPage;
use crate::ledger::import::ImportLedgerPage;
use crate::ledger::inverted::InvertedPage;
use crate::ledger::months::MonthsPage;
use crate::ledger::new::NewEntryPage;
use crate::ledger::one::EntryPage;
use crate::ledger::paper::LedgerPaperPage;
use crate::ledger::positions::PositionsPage;
use crate::ledger::reconcile::list::ReconciliationsPage;
use crate::ledger::reconcile::one::ReconciliationPage;
use crate::ledger::report::{ComparisonPage, ReportPage};
use crate::ledger::reports::ReportsPage;
use crate::ledger::requests::RequestsPage;
use crate::ledger::slip::{EntrySlipPage, RequestSlipPage};
use crate::ledger::standing::StandingPage;
use crate::list::page::ListPage;
use crate::list::print::PrintPage;
use crate::list::settings::SettingsPage;
use crate::parts::page_head::PageHead;
use crate::parts::toast::Toasts;
use crate::people::import::PeopleImportPage;
use crate::people::list::PeoplePage;
use crate::people::one::{NewPersonPage, PersonPage};
use crate::project::archive::ArchivePage;
use crate::project::new::NewPage;
use crate::project::page::{FactsPage, FilesPage, FundingPage, GatesPage, HistoryPage, JobsPage};
use crate::review::list::FindingsPage;
use crate::review::one::FindingPage;
use crate::review::print::FindingsPrintPage;
use crate::review::rule::RulePage;
use crate::review::rules::RulesPage;
use crate::session;
use crate::shell::Frame;
use crate::site::list::SitesPage;
use crate::site::one::{NewSitePage, SitePage};
use crate::site::print::{SitePaperPage, SitesPrintPage};
use crate::site::sizes::SizesPage;
use crate::statement::list::StatementsPage;
use crate::statement::one::StatementPage;
use crate::wall::admin::WallsPage;
use crate::wall::enter::EnterPage;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use words::locale::locale;
use words::t;

/// Writes out the table: the pages of each part, how they are loaded and shown, their routes, and `part_of`.
macro_rules! table {
    (
        Lists { $($list_path:tt $list:ident,)* }
        Pages { $($path:tt $page:ident,)* }
        Alone { $($alone_path:tt $alone:ident,)* }
    ) => {
        /// Pages of the part `lists`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Lists { $($list,)* }

        /// Pages of the part `pages`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Pages { $($page,)* $($alone,)* }

        #[wasm_split(lists, wasm_split_path = ::leptos::wasm_split, preload(load_lists), fallible)]
        fn show_lists(page: Lists) -> Result<AnyView, Missing> {
            Ok(match page { $(Lists::$list => $list().into_any(),)* })
        }

        #[wasm_split(pages, wasm_split_path = ::leptos::wasm_split, preload(load_pages), fallible)]
        fn show_pages(page: Pages) -> Result<AnyView, Missing> {
            Ok(match page {
                $(Pages::$page => $page().into_any(),)*
                $(Pages::$alone => $alone().into_any(),)*
            })
        }

        /// Addresses and parts, in the order in which they are looked through.
        const PARTS: &[(&str, Part)] = &[
            $(($list_path, Part::Lists),)*
            $(($path, Part::Pages),)*
            $(($alone_path, Part::Pages),)*
        ];

        /// The routes. Every one renders completely on the server, so that it can be read with scripts off.
        #[component]
        fn Table() -> impl IntoView {
            crate::parts::gone::provide_query();
            view! {
                <Routes fallback=NotFound>
                    $(<Route path=path!($alone_path) view=Later(Pages::$alone) ssr=SsrMode::Async />)*
                    <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                        $(<Route path=path!($list_path) view=Later(Lists::$list) ssr=SsrMode::Async />)*
                        $(<Route path=path!($path) view=Later(Pages::$page) ssr=SsrMode::Async />)*
                    </ParentRoute>
                </Routes>
            }
        }
    };
}

table! {
    Lists {
        "/projects" ListPage,
    }
    Pages {
        "" HomePage,
        "/dashboard" DashboardPage,
        "/dashboard/works" WorksPage,
        "/account" AccountPage,
        "/api/docs" DocsPage,
        "/projects/print" PrintPage,
        "/find" FindPage,
        "/projects/import" ImportPage,
        "/projects/import/:id" WizardPage,
        "/projects/columns" SettingsPage,
        "/projects/new" NewPage,
        "/projects/:id" FactsPage,
        "/projects/:id/funding" FundingPage,
        "/projects/:id/gates" GatesPage,
        "/projects/:id/jobs" JobsPage,
        "/projects/:id/files" FilesPage,
        "/projects/:id/print" ArchivePage,
        "/projects/:id/history" HistoryPage,
        "/dispatch" DispatchPage,
        "/dispatch/:id" BookPage,
        "/dispatch/:id/import" ImportReturnPage,
        "/communities" SitesPage,
        "/communities/new" NewSitePage,
        "/communities/print" SitesPrintPage,
        "/communities/sizes" SizesPage,
        "/communities/:id" SitePage,
        "/communities/:id/print" SitePaperPage,
        "/funds/ledger" EntriesPage,
        "/funds/ledger/positions" PositionsPage,
        "/funds/ledger/requests" RequestsPage,
        "/funds/ledger/inverted" InvertedPage,
        "/funds/ledger/months" MonthsPage,
        "/funds/ledger/new" NewEntryPage,
        "/funds/ledger/import" ImportLedgerPage,
        "/funds/ledger/import/:id" BatchPage,
        "/funds/ledger/entries/:id" EntryPage,
        "/findings" FindingsPage,
        "/findings/print" FindingsPrintPage,
        "/findings/rules" RulesPage,
        "/findings/rules/:rule" RulePage,
        "/findings/:id" FindingPage,
        "/funds/sources" SourcesPage,
        "/funds/sources/:source" SourcePage,
        "/funds/notices" NoticesPage,
        "/funds/notices/new" NewNoticePage,
        "/funds/notices/:id" NoticePage,
        "/funds/reconcile" ReconciliationsPage,
        "/funds/reconcile/:id" ReconciliationPage,
        "/jobs" ComparedPage,
        "/jobs/record" RecordPage,
        "/jobs/portfolio" PortfolioPage,
        "/coefficients" EditionsPage,
        "/coefficients/:number" EditionPage,
        "/admin/controls" ControlsPage,
        "/funds/ledger/entries/:id/print" EntrySlipPage,
        "/funds/ledger/requests/:id/print" RequestSlipPage,
        "/funds/ledger/print" LedgerPaperPage,
        "/funds/ledger/standing" StandingPage,
        "/funds/ledger/reports" ReportsPage,
        "/funds/ledger/reports/:id" ReportPage,
        "/funds/ledger/reports/:id/compare" ComparisonPage,
        "/bulletins" BulletinsPage,
        "/bulletins/:id" BulletinPage,
        "/statements" StatementsPage,
        "/statements/:id" StatementPage,
        "/admin" AdminPage,
        "/admin/walls" WallsPage,
        "/admin/users" PeoplePage,
        "/admin/users/new" NewPersonPage,
        "/admin/users/import" PeopleImportPage,
        "/admin/users/:id" PersonPage,
        "/admin/areas" AreasPage,
        "/admin/areas/import" AreaImportPage,
        "/admin/areas/:code" AreaPage,
        "/admin/audit" AuditPage,
    }
    // Pages outside of the frame: for people who are not signed in, and for a wall; they come with `Pages`.
    Alone {
        "/login" LoginPage,
        "/setup" SetupPage,
        "/screen" ScreenPage,
        "/screen/enter" EnterPage,
    }
}

impl Screen for Lists {
    async fn load() -> Result<(), Missing> {
        Ok(load_lists().await?)
    }

    async fn show(self) -> Result<AnyView, Missing> {
        show_lists(self).await
    }
}

impl Screen for Pages {
    async fn load() -> Result<(), Missing> {
        Ok(load_pages().await?)
    }

    async fn show(self) -> Result<AnyView, Missing> {
        show_pages(self).await
    }
}

/// The part that the page at this path needs; none for an address that has no page.
pub fn part_of(path: &str) -> Option<Part> {
    let asked = || path.split('/').filter(|piece| !piece.is_empty());
    let fits = |pattern: &str| {
        let pieces = || pattern.split('/').filter(|piece| !piece.is_empty());
        pieces().count() == asked().count()
            && pieces().zip(asked()).all(|(piece, asked)| piece.starts_with(':') || piece == asked)
    };
    PARTS.iter().find(|(pattern, _)| fits(pattern)).map(|(_, part)| *part)
}

/// Fetches the part of the page at hand by its name, before the page comes alive; no name is no part.
pub async fn load(part: &str) -> Result<(), Missing> {
    if part == Part::Lists.name() {
        later::load::<Lists>().await
    } else if part == Part::Pages.name() {
        later::load::<Pages>().await
    } else {
        Ok(())
    }
}

/// The whole screen side.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    session::provide();
    Toasts::provide();
    // Tests wait for this mark; without it a test could pass on plain forms alone.
    Effect::new(|| {
        if let Some(body) = document().body()
            && body.set_attribute("data-hydrated", "").is_err()
        {
            leptos::logging::warn!("the hydration mark could not be set");
        }
    });
    view! {
        <Router>
            <Table />
        </Router>
    }
}

/// What every unknown address shows, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    let l = locale();
    view! {
        <main id="main" class="alone">
            <PageHead title=t!(l, common.not_found_title) />
            <p>{t!(l, common.not_found_text)}</p>
            <p>
                <a href="/">{t!(l, common.not_found_back)}</a>
            </p>
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_part() {
        assert_eq!(part_of("/projects"), Some(Part::Lists));
        assert_eq!(part_of("/projects/"), Some(Part::Lists));
        assert_eq!(part_of("/projects/print"), Some(Part::Pages));
        assert_eq!(part_of("/projects/new"), Some(Part::Pages));
        assert_eq!(part_of("/projects/0198f1c4/funding"), Some(Part::Pages));
        assert_eq!(part_of("/"), Some(Part::Pages));
        assert_eq!(part_of("/login"), Some(Part::Pages));
        assert_eq!(part_of("/no/such/page/at/all"), None);
        assert_eq!(part_of("/projects/0198f1c4/nothing"), None);
    }

    /// A line that an earlier one hides would be rendered as one page and loaded as another.
    #[test]
    fn every_line_of_the_table_is_found() {
        for (pattern, part) in PARTS {
            let first = PARTS.iter().find(|(earlier, _)| earlier == pattern);
            assert_eq!(first, Some(&(*pattern, *part)), "{pattern} stands twice");
            assert_eq!(part_of(pattern), Some(*part), "{pattern}");
        }
    }
}
