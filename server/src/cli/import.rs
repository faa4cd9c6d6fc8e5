//! `houfu import`: a workbook into the lists, or only checked. `--check` opens no database.

use super::{Fault, serve};
use crate::config::Config;
use contract::import::Counts;
use contract::workbook::ReadRefusal;
use domain::finding::{Finding, Severity};
use domain::id::ChangeSetId;
use domain::period::FiscalYear;
use serde_json::json;
use service::import::site::{self, SitesCommitted};
use service::import::{Choices, Committed, commit, is_of_sites, read_as};
use service::{Call, Failure, account};
use sheet::check::CheckReport;
use sheet::child::parent::{check_in_child, read_in_child};
use sheet::child::{Request, Task};
use sheet::limits::Limits;
use sheet::mapping::Mapping;
use sheet::staged::Parsed;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Workbook (.xlsx) or text table (.csv)
    file: PathBuf,
    /// How sheets and columns are to be read, as TOML
    #[arg(long, value_name = "MAP.toml")]
    mapping: Option<PathBuf>,
    /// Read and check only; needs no database
    #[arg(long)]
    check: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Sign-in name of the person who imports
    #[arg(long = "as", value_name = "LOGIN", required_unless_present = "check")]
    login: Option<String>,
    /// Plan year of the lists; found from the first yearly amount when absent
    #[arg(long, value_name = "YEAR")]
    plan_year: Option<i32>,
    /// Let good rows in although others are faulty
    #[arg(long)]
    skip_faulty: bool,
    /// A row without a code is the project of the same name, place and list, when there is just one
    #[arg(long)]
    match_names: bool,
    /// The same key is applied once only; a new one is made when absent
    #[arg(long)]
    key: Option<String>,
}

/// Exit code 0: nothing faulty, or applied; 1: held back because of errors.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let request = request(&args)?;
    let exe = std::env::current_exe()?;
    if args.check {
        let report = check_in_child(&exe, request, |_, _| ()).await.map_err(said)?;
        let faulty = report.findings.iter().any(|finding| finding.severity == Severity::Error);
        if args.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print_report(&report);
        }
        return Ok(ExitCode::from(u8::from(faulty)));
    }
    let login = args.login.as_deref().ok_or("--as names the person who imports")?;
    let app = serve::open(&config).await?;
    let call = account::call_as(&app, login).await.map_err(|fault| {
        if matches!(fault, Failure::NotFound) {
            Fault::from(format!("there is no active user {login}"))
        } else {
            fault.into()
        }
    })?;
    let request = with_remembered(&call, request).await?;
    let parsed = read_in_child(&exe, request, |_, _| ()).await.map_err(said)?;
    let done = bring_in(&call, &args, parsed).await?;
    print_done(&done, args.json);
    Ok(ExitCode::from(u8::from(done.state == "held")))
}

/// What came of an import, of projects or of communities.
struct Done {
    /// `done`, `held` or `repeated`
    state: &'static str,
    set: Option<ChangeSetId>,
    counts: Option<Counts>,
    findings: Vec<Finding>,
}

async fn bring_in(call: &Call, args: &Args, parsed: Parsed) -> Result<Done, Fault> {
    let key = args.key.clone().unwrap_or_else(|| call.new_id().to_string());
    if is_of_sites(&parsed) {
        let (state, comparison) = match site::commit(call, parsed, args.skip_faulty, key).await? {
            SitesCommitted::Done { comparison } => ("done", Some(comparison)),
            SitesCommitted::Held { comparison } => ("held", Some(comparison)),
            SitesCommitted::Repeated => ("repeated", None),
        };
        let counts = comparison.as_ref().map(site::SiteComparison::counts);
        let findings = comparison.map(|comparison| comparison.findings).unwrap_or_default();
        return Ok(Done { state, set: None, counts, findings });
    }
    let plan_year = args.plan_year.map(|year| FiscalYear::new(year).ok_or("plan year: 1990 to 2099"));
    let choices = Choices {
        plan_year: plan_year.transpose()?,
        skip_faulty: args.skip_faulty,
        match_names: args.match_names,
        ..Choices::default()
    };
    let (state, set, comparison) = match commit(call, parsed, choices, key).await? {
        Committed::Done { set, comparison } => ("done", set, Some(comparison)),
        Committed::Held { comparison } => ("held", None, Some(comparison)),
        Committed::Repeated => ("repeated", None, None),
    };
    let counts = comparison.as_ref().map(service::import::Comparison::counts);
    let findings = comparison.map(|comparison| comparison.findings).unwrap_or_default();
    Ok(Done { state, set, counts, findings })
}

/// Adds the headings that people of the area taught; what the mapping file says goes before.
async fn with_remembered(call: &Call, mut request: Request) -> Result<Request, Fault> {
    let remembered = read_as::remembered(call).await?;
    if request.mappings.is_empty() {
        request.mappings.push(Mapping::default());
    }
    for mapping in &mut request.mappings {
        for (heading, key) in &remembered {
            mapping.synonyms.entry(heading.clone()).or_insert_with(|| key.clone());
        }
    }
    Ok(request)
}

fn request(args: &Args) -> Result<Request, Fault> {
    let mappings = match &args.mapping {
        Some(path) => vec![Mapping::parse(&std::fs::read_to_string(path)?)?],
        None => Vec::new(),
    };
    let path = std::path::absolute(&args.file)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Request { path, name, mappings, limits: Limits::default(), task: Task::Check })
}

fn said(refusal: ReadRefusal) -> Fault {
    words::explain::refusal_file(words::Locale::en, &refusal).into()
}

fn print_report(report: &CheckReport) {
    for sheet in &report.sheets {
        println!("{}: {} rows", sheet.sheet, sheet.rows);
        sheet.totals.iter().for_each(|(key, fen)| println!("  {key} = {fen} fen"));
        sheet.counts.iter().for_each(|(key, count)| println!("  {key} = {count}"));
    }
    print_findings(&report.findings);
    if report.more_findings > 0 {
        println!("and {} findings more", report.more_findings);
    }
}

fn print_done(done: &Done, as_json: bool) {
    let Done { state, set, counts, findings } = done;
    if as_json {
        let set = set.map(|set| set.to_string());
        println!("{}", json!({ "state": state, "change_set": set, "counts": counts, "findings": findings }));
        return;
    }
    print_findings(findings);
    if let Some(counts) = counts {
        println!(
            "{state}: {} new, {} changed, {} unchanged, {} faulty, {} unclear, {} in conflict",
            counts.new, counts.changed, counts.same, counts.faulty, counts.unclear, counts.conflict
        );
    } else {
        println!("{state}: this key was used before; nothing was changed");
    }
}

fn print_findings(findings: &[Finding]) {
    for finding in findings {
        let place = &finding.place;
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let at = place.address.clone().unwrap_or_else(|| place.row.to_string());
        let sentence = words::explain::finding(words::Locale::en, &finding.kind);
        println!("{severity:<8}{} {at}: {sentence}", place.sheet);
    }
}
