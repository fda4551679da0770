//! Every fault of the table of faults is found alike in all three forms, and so is the sound case.
#![cfg(feature = "spreadsheets")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod faults;

use faults::{Fault, base, faults};
use sandan::export::case::{csv_files, document, template, workbook};
use sandan::intake::sheets::{Reading, from_csv_files, from_json, from_xlsx};
use sandan::intake::{Sheet, SheetRow, Sheets, columns, understand};
use sandan::lists::{Lang, Table};

/// A case written to a form and read from it again; `None` where the form cannot hold it.
type Form = (&'static str, fn(&Sheets, Lang) -> Option<Reading>);

const FORMS: [Form; 3] = [
    ("csv", |sheets, lang| {
        let files = csv_files(sheets, lang).ok()?;
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        Some(from_csv_files(&files))
    }),
    ("xlsx", |sheets, lang| Some(from_xlsx(&workbook(sheets, lang).ok()?))),
    ("json", |sheets, lang| Some(from_json(&document(sheets, lang).ok()?))),
];

/// Whether a form can carry the fault to the meaning: readers themselves refuse two tables or columns of one name,
/// values without a header, and a `previous` that is no JSON object.
fn survives(fault: &Fault) -> bool {
    let is_object = |text: &String| serde_json::from_str::<serde_json::Map<_, _>>(text).is_ok();
    let sound_previous = fault.sheets.previous.as_ref().is_none_or(is_object);
    fault.change != "twice" && !["E104", "W102"].contains(&fault.code.as_str()) && sound_previous
}

#[test]
fn the_sound_case_is_the_same_case_in_every_form_and_language() {
    let expected = understand(&base()).unwrap();
    for (form, through) in FORMS {
        for lang in [Lang::Zh, Lang::En] {
            let intake = through(&base(), lang).unwrap().understand().unwrap();
            assert_eq!(format!("{:?}", intake.case), format!("{:?}", expected.case), "{form} {lang:?}");
        }
    }
}

#[test]
fn every_fault_is_found_in_every_form() {
    let mut wrong = Vec::new();
    let mut judged = [0; 3];
    for fault in faults().iter().filter(|f| survives(f)) {
        for (position, (form, through)) in FORMS.iter().enumerate() {
            let Some(reading) = through(&fault.sheets, Lang::En) else { continue };
            judged[position] += 1;
            if let Err(why) = fault.judge(&reading.understand()) {
                wrong.push(format!("{form}: {why}"));
            }
        }
    }
    println!("faults judged as csv, xlsx, json: {judged:?}");
    assert!(wrong.is_empty(), "{} of {judged:?}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(judged.iter().all(|n| *n >= 150), "{judged:?}");
}

#[test]
fn faults_of_reading_and_of_meaning_are_told_together() {
    let text = r#"{"needs": [{"id": "N1", "place": {}, "services": "a"}, {"id": "N1", "place": "C1", "services": "a"}],
        "projects": [{"id": "P1", "services": "a"}], "resources": [{"id": "R1", "roles": "社工"}]}"#;
    let problems = from_json(text).understand().unwrap_err();
    let told: Vec<_> = problems.list.iter().filter(|p| p.is_error()).map(|p| (p.code.name(), p.row)).collect();
    assert_eq!(told, [("E016", Some(2)), ("E301", Some(3))]);
    // Where rows are lost, what refers to them is not blamed.
    let told: Vec<_> = from_json(r#"{"needs": 1}"#).understand().unwrap_err().list;
    assert_eq!(told.iter().map(|p| p.code.name()).collect::<Vec<_>>(), ["E015"]);
}

#[test]
fn the_examples_of_the_template_are_a_case() {
    for lang in [Lang::Zh, Lang::En] {
        let empty = from_xlsx(&template(lang).unwrap()).sheets;
        let filled = empty.sheets.into_iter().map(|sheet| {
            let rows = (3..).zip(columns::example_rows(sheet.table, lang));
            let rows =
                rows.map(|(number, row)| SheetRow { number, cells: row.into_iter().map(str::to_owned).collect() });
            let header = columns::columns(sheet.table).iter().map(|c| c.header(lang).to_owned()).collect();
            Sheet { table: sheet.table, header, rows: rows.collect() }
        });
        let case = Sheets { sheets: filled.collect(), previous: None };
        assert!(case.sheets.iter().any(|s| s.table == Table::Pins && !s.rows.is_empty()));
        let read = from_xlsx(&workbook(&case, lang).unwrap()).understand();
        assert!(read.is_ok(), "{lang:?}: {read:?}");
    }
}
