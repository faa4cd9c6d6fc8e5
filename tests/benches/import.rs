//! `houfu import FILE --check` of a 100,000 × 30 workbook beside openpyxl (read-only) and fastexcel: processor time of
//! whole processes, and the most memory ours had.

use crate::{cache, cpu, median, peer, scaled};
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const OPENPYXL: &str = "import sys, openpyxl\nfor sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):\n    for row in sheet.iter_rows(values_only=True): pass";
const FASTEXCEL: &str = "import sys, fastexcel\nbook = fastexcel.read_excel(sys.argv[1])\nfor name in book.sheet_names: book.load_sheet(name).to_arrow()";
/// Headings of the recommended list; the years and sources are those of the form.
const HEADINGS: [&str; 30] = [
    "项目名称",
    "县（市、区）",
    "建设地点",
    "项目类型",
    "建设性质",
    "建设内容及规模",
    "项目单位",
    "责任人",
    "备注",
    "开工年月",
    "完工年月",
    "总投资",
    "中央预算内投资",
    "中央财政衔接推进乡村振兴补助资金",
    "省预算内投资",
    "省级财政衔接资金",
    "地方政府专项债券",
    "2026年",
    "2027年",
    "2028年",
    "2029年",
    "2030年",
    "受益户数",
    "受益人数",
    "建设期带动就业",
    "运营期带动就业",
    "就业岗位",
    "绩效目标",
    "资产归属",
    "管护单位",
];

pub fn run() {
    let rows = scaled(100_000);
    let file = workbook(rows);
    let ours = std::env::current_exe().unwrap();
    let mut most = 0.0_f64;
    let mut check = || {
        let mut command = Command::new(&ours);
        command.args(["houfu", "import"]).arg(&file).args(["--check", "--json"]);
        let (work, memory) = measured(&mut command);
        most = most.max(memory);
        work
    };
    let own = median((0..5).map(|_| check()).collect());
    println!("houfu import --check of {rows} × 30: {own:.2} s CPU, most memory {most:.0} MB");
    let python = peer::python(&["openpyxl", "fastexcel", "pyarrow"]);
    for (name, script) in [("openpyxl", OPENPYXL), ("fastexcel", FASTEXCEL)] {
        let turn = || measured(Command::new(&python).args(["-c", script]).arg(&file)).0;
        let theirs = median((0..5).map(|_| turn()).collect());
        println!("{name}: {theirs:.2} s CPU, ratio {:.3}", own / theirs);
    }
}

/// Processor time of a command with its children, and the most memory of its family at one time, in MB.
pub fn measured(command: &mut Command) -> (f64, f64) {
    let before = children();
    let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut most = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let family = cpu::family(child.id());
        most = most.max(family.iter().map(|id| cpu::megabytes(&id.to_string(), "VmHWM")).sum());
        std::thread::sleep(Duration::from_millis(20));
    };
    // A check that found something ends with another code than one that could not read at all.
    assert!(status.code().is_some_and(|code| code < 2), "{command:?}: {status}");
    (children() - before, most)
}

fn children() -> f64 {
    cpu::seconds("self", true) - cpu::seconds("self", false)
}

fn workbook(rows: usize) -> PathBuf {
    let file = cache().join(format!("book-{rows}.xlsx"));
    if !file.exists() {
        write(&file, rows);
    }
    file
}

fn write(file: &Path, rows: usize) {
    println!("writing a workbook of {rows} rows");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("一年期").unwrap();
    for (at, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(0, at, heading).unwrap();
    }
    for row in 1..=u32::try_from(rows).unwrap() {
        for (at, heading) in (0_u16..).zip(HEADINGS) {
            match heading {
                "项目名称" => sheet.write_string(row, at, format!("项目{row}号")).unwrap(),
                "县（市、区）" => sheet.write_string(row, at, "威宁彝族回族苗族自治县").unwrap(),
                "项目类型" => sheet.write_string(row, at, "就业").unwrap(),
                "建设性质" => sheet.write_string(row, at, "新建").unwrap(),
                "开工年月" => sheet.write_string(row, at, "2026-05").unwrap(),
                "完工年月" => sheet.write_string(row, at, "2027-10").unwrap(),
                "总投资" => sheet.write_number(row, at, f64::from(row % 900 + 5)).unwrap(),
                "中央预算内投资" | "2026年" => {
                    sheet.write_number(row, at, f64::from(row % 900)).unwrap()
                }
                "省预算内投资" | "2027年" => sheet.write_number(row, at, 5.0).unwrap(),
                other if other.ends_with('户') || (12..27).contains(&at) => {
                    sheet.write_number(row, at, 0.0).unwrap()
                }
                _ => sheet.write_string(row, at, "某单位某事项说明").unwrap(),
            };
        }
    }
    book.save(file).unwrap();
}
