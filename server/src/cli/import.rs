//! `houfu import`: a workbook into the lists, or only checked. `--check` opens no database.

use super::{Fault, serve};
use crate::config::Config;
use contract::import::Counts;
use contract::workbook::ReadRefusal;
use domain::finding::{Finding, Severity};
use domain::id::ChangeSetId;
use domain::money::Unit;
use domain::period::{FiscalYear, Horizon};
use serde_json::json;
use service::Call;
use service::import::site::{self, SitesCommitted};
use service::import::{Choices, Committed, commit, is_of_sites, read_as};
use sheet::check::CheckReport;
use sheet::child::parent::{check_in_child, read_in_child};
use sheet::child::{Request, Task};
use sheet::column::Column;
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
    /// The sheet that the following options are about; every list of the file when absent
    #[arg(long, value_name = "NAME", conflicts_with = "mapping")]
    sheet: Option<String>,
    /// Unit of amounts whose heading names none
    #[arg(long, value_name = "yuan|wan|yi", value_parser = unit, conflicts_with = "mapping")]
    unit: Option<Unit>,
    /// Rows of the heading, from 1
    #[arg(long, value_name = "3-4", value_parser = rows, conflicts_with = "mapping")]
    header_rows: Option<(u32, u32)>,
    /// The list that the sheet is for
    #[arg(long, value_name = "1y|2y|5y", value_parser = horizon, conflicts_with = "mapping")]
    horizon: Option<Horizon>,
    /// A column and what it is; an empty key leaves it out. May stand several times
    #[arg(long, value_name = "L=total", value_parser = pair, conflicts_with = "mapping")]
    column: Vec<(String, String)>,
    /// A column and the unit of its amounts, whatever its heading says. May stand several times
    #[arg(long, value_name = "L=yuan", value_parser = column_unit, conflicts_with = "mapping")]
    column_unit: Vec<(String, Unit)>,
    /// What a blank cell does to the stored value; it clears in our own exports and keeps in other files when absent
    #[arg(long, value_name = "keep|clear", value_parser = blanks)]
    blank: Option<bool>,
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
    /// Make the communities that the file names and nobody knows, each in its county
    #[arg(long)]
    create_sites: bool,
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
    let call = super::person(&app, login).await?;
    let request = with_remembered(&call, request).await?;
    let parsed = read_in_child(&exe, request, |_, _| ()).await.map_err(said)?;
    let done = bring_in(&call, &args, parsed).await?;
    // The rules look at what came in before the program ends.
    app.drain().await;
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
        blank_clears: args.blank,
        make_sites: args.create_sites,
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
        None => Vec::from_iter(said_of_sheet(args)),
    };
    let path = std::path::absolute(&args.file)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Request { path, name, mappings, limits: Limits::default(), task: Task::Check })
}

/// The options about a sheet, as a mapping file would say them.
fn said_of_sheet(args: &Args) -> Option<Mapping> {
    let mapping = Mapping {
        sheet: args.sheet.clone(),
        header_rows: args.header_rows,
        unit: args.unit,
        horizon: args.horizon,
        letters: args.column.iter().cloned().collect(),
        units: args.column_unit.iter().cloned().collect(),
        ..Mapping::default()
    };
    (mapping != Mapping::default()).then_some(mapping)
}

fn unit(text: &str) -> Result<Unit, &'static str> {
    Unit::from_code(text).ok_or("yuan, wan or yi")
}

fn horizon(text: &str) -> Result<Horizon, &'static str> {
    Horizon::from_code(text).ok_or("1y, 2y or 5y")
}

fn blanks(text: &str) -> Result<bool, &'static str> {
    match text {
        "keep" => Ok(false),
        "clear" => Ok(true),
        _ => Err("keep or clear"),
    }
}

fn rows(text: &str) -> Result<(u32, u32), &'static str> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|row| *row > 0);
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        (_, _) => Err("a row such as 4, or rows such as 3-4"),
    }
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    let (letters, key) = text.split_once('=').ok_or("letters of a column, = and its key")?;
    if !key.is_empty() && Column::from_key(key).is_none() {
        return Err("no column has this key");
    }
    Ok((letters.trim().to_uppercase(), key.to_owned()))
}

fn column_unit(text: &str) -> Result<(String, Unit), &'static str> {
    let (letters, code) = text.split_once('=').ok_or("letters of a column, = and its unit")?;
    Ok((letters.trim().to_uppercase(), unit(code)?))
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn parsed(words: &[&str]) -> Result<Option<Mapping>, clap::Error> {
        let line = Line::try_parse_from(["import", "a.xlsx", "--check"].iter().chain(words))?;
        Ok(said_of_sheet(&line.args))
    }

    #[test]
    fn the_line_says_what_the_wizard_says() {
        let words = ["--sheet", "S", "--unit", "yuan", "--header-rows", "3-4", "--horizon", "2y"];
        let more = ["--column", "l=total", "--column", "M=", "--column-unit", "L=wan", "--blank", "clear"];
        let told = parsed(&[words.as_slice(), &more].concat()).unwrap().unwrap();
        assert_eq!(
            (told.sheet.as_deref(), told.unit, told.header_rows),
            (Some("S"), Some(Unit::Yuan), Some((3, 4)))
        );
        assert_eq!(told.horizon, Some(Horizon::Two));
        assert_eq!((told.key_at("L"), told.key_at("M")), (Some("total"), Some("")));
        assert_eq!(told.units.get("L"), Some(&Unit::Wan));
        assert_eq!(parsed(&[]).unwrap(), None);
        for wrong in
            [["--unit", "mile"], ["--header-rows", "4-3"], ["--column", "L=nothing"], ["--blank", "x"]]
        {
            assert!(parsed(&wrong).is_err(), "{wrong:?}");
        }
        assert!(parsed(&["--mapping", "m.toml", "--unit", "wan"]).is_err(), "one of the two");
    }
}
