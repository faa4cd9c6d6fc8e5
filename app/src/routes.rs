//! Every page's address. To add a page: one `<Route>` here, its component in the slice's `page.rs`.

use crate::account::admin::AdminPage;
use crate::account::login::LoginPage;
use crate::account::page::AccountPage;
use crate::account::setup::SetupPage;
use crate::area::import::AreaImportPage;
use crate::area::one::AreaPage;
use crate::area::tree::AreasPage;
use crate::audit::page::AuditPage;
use crate::docs::page::DocsPage;
use crate::home::board::HomePage;
use crate::home::page::FindPage;
use crate::import::page::{ImportPage, WizardPage};
use crate::ledger::batch::BatchPage;
use crate::ledger::entries::EntriesPage;
use crate::ledger::import::ImportLedgerPage;
use crate::ledger::inverted::InvertedPage;
use crate::ledger::months::MonthsPage;
use crate::ledger::new::NewEntryPage;
use crate::ledger::one::EntryPage;
use crate::ledger::paper::LedgerPaperPage;
use crate::ledger::positions::PositionsPage;
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
use crate::project::page::{FactsPage, FilesPage, FundingPage, GatesPage, HistoryPage};
use crate::session;
use crate::shell::Frame;
use crate::site::list::SitesPage;
use crate::site::one::{NewSitePage, SitePage};
use crate::statement::list::StatementsPage;
use crate::statement::one::StatementPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use words::locale::locale;
use words::t;

/// The whole screen side. Every route renders completely on the server, so that it can be read with scripts off.
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
            <Routes fallback=NotFound>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                    <Route path=path!("/api/docs") view=DocsPage ssr=SsrMode::Async />
                    <Route path=path!("/projects") view=ListPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/print") view=PrintPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/import") view=ImportPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/import/:id") view=WizardPage ssr=SsrMode::Async />
                    <Route path=path!("/find") view=FindPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/columns") view=SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/new") view=NewPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id") view=FactsPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id/funding") view=FundingPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id/gates") view=GatesPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id/files") view=FilesPage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id/print") view=ArchivePage ssr=SsrMode::Async />
                    <Route path=path!("/projects/:id/history") view=HistoryPage ssr=SsrMode::Async />
                    <Route path=path!("/communities") view=SitesPage ssr=SsrMode::Async />
                    <Route path=path!("/communities/new") view=NewSitePage ssr=SsrMode::Async />
                    <Route path=path!("/communities/:id") view=SitePage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger") view=EntriesPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/positions") view=PositionsPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/requests") view=RequestsPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/inverted") view=InvertedPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/months") view=MonthsPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/new") view=NewEntryPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/import") view=ImportLedgerPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/import/:id") view=BatchPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/entries/:id") view=EntryPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/entries/:id/print") view=EntrySlipPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/requests/:id/print") view=RequestSlipPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/print") view=LedgerPaperPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/standing") view=StandingPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/reports") view=ReportsPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/reports/:id") view=ReportPage ssr=SsrMode::Async />
                    <Route path=path!("/funds/ledger/reports/:id/compare") view=ComparisonPage ssr=SsrMode::Async />
                    <Route path=path!("/statements") view=StatementsPage ssr=SsrMode::Async />
                    <Route path=path!("/statements/:id") view=StatementPage ssr=SsrMode::Async />
                    <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/users") view=PeoplePage ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/new") view=NewPersonPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/import") view=PeopleImportPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/users/:id") view=PersonPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/areas") view=AreasPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/areas/import") view=AreaImportPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/areas/:code") view=AreaPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/audit") view=AuditPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
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
