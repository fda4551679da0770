//! Limits, and faults of cases that have only the three lists.

#[path = "faults/sheets_text.rs"]
mod sheets_text;

use sandan::intake::{Sheet, SheetRow, Sheets, understand};
use sandan::lists::Table;
use sandan::problem::Problem;

const LISTS: &str = "# needs
    id, place, services, periods
    N1, C1, s, PERIODS
    # projects
    id, services
    P1, s
    # resources
    id, roles
    R1, a";

fn problems(sheets: &Sheets) -> Vec<Problem> {
    understand(sheets).expect_err("a fault").list
}

fn first(sheets: &Sheets) -> (String, Option<u32>, Option<String>) {
    let list = problems(sheets);
    let error = list.iter().find(|p| p.is_error()).expect("an error");
    (error.code.name().to_owned(), error.row, error.column.clone())
}

fn with_periods(periods: &str) -> Sheets {
    sheets_text::sheets(&LISTS.replace("PERIODS", periods))
}

#[test]
fn ranges_without_a_table_are_months_or_days() {
    let at = |code: &str| (code.to_owned(), Some(2), Some("periods".to_owned()));
    assert_eq!(first(&with_periods("W1..W3")), at("E215"));
    assert_eq!(first(&with_periods("2025-01..2025-01-31")), at("E215"));
    assert_eq!(first(&with_periods("2025-03..2025-02")), at("E214"));
    assert_eq!(first(&with_periods("quarter:Q3")), at("E307"));
    let case = understand(&with_periods("2025-11..2026-02")).expect("sound").case;
    assert_eq!(case.periods.len(), 4);
    let case = understand(&with_periods("")).expect("sound").case;
    assert_eq!(case.periods[0].id, "all");
}

#[test]
fn a_range_of_centuries_is_refused_rather_than_filled_in() {
    assert_eq!(first(&with_periods("0001-01-01..9999-12-31")).0, "E502");
}

#[test]
fn the_previous_plan_is_no_sheet() {
    let mut sheets = with_periods("");
    sheets.sheets.push(Sheet { table: Table::Previous, header: vec!["id".into()], rows: Vec::new() });
    assert_eq!(first(&sheets).0, "E105");
}

#[test]
fn more_than_a_million_combinations_are_refused() {
    let mut sheets = with_periods("2000-01-01..2003-12-31");
    let rows = (0..1000).map(|i| SheetRow { number: i + 2, cells: vec![format!("C{i}")] }).collect();
    sheets.sheets.push(Sheet { table: Table::Places, header: vec!["id".into()], rows });
    let rule = ["Q1", "sessions", "place;period", "1"].map(str::to_owned).to_vec();
    let header = ["id", "rule", "per", "min"].map(str::to_owned).to_vec();
    sheets.sheets.push(Sheet { table: Table::Rules, header, rows: vec![SheetRow { number: 2, cells: rule }] });
    assert_eq!(first(&sheets), ("E413".to_owned(), Some(2), Some("per".to_owned())));
}

#[test]
fn only_the_first_two_hundred_problems_are_listed_and_the_rest_counted() {
    let mut sheets = with_periods("");
    let row = |i: u32| SheetRow { number: i, cells: vec![format!("N{i}"), "C1".into(), "s".into(), "M9..".into()] };
    sheets.sheets[0].rows = (2..1002).rev().map(row).collect();
    let problems = understand(&sheets).expect_err("faults");
    assert_eq!((problems.list.len(), problems.more), (200, 800));
    let rows: Vec<Option<u32>> = problems.list.iter().map(|p| p.row).collect();
    assert_eq!(rows, (2..202).map(Some).collect::<Vec<_>>());
}

#[test]
fn personal_numbers_are_never_repeated() {
    let mut sheets = with_periods("");
    sheets.sheets[0].rows[0].cells[1] = "13812345678;C2".into();
    for problem in problems(&sheets) {
        assert!(!format!("{problem:?}").contains("138123"), "{problem:?}");
    }
    let allow = Sheet {
        table: Table::Settings,
        header: vec!["key".into(), "value".into()],
        rows: vec![SheetRow { number: 2, cells: vec!["允许列".into(), "地点".into()] }],
    };
    sheets.sheets[0].rows[0].cells[1] = "13812345678".into();
    sheets.sheets.push(allow);
    assert!(understand(&sheets).is_ok());
}
