//! Sound tables become the case that a planner means, whatever the language and order in which they are written.

#[path = "faults/sheets_text.rs"]
mod sheets_text;

use sandan::intake::columns::{columns, example_rows};
use sandan::intake::{Intake, Sheet, SheetRow, Sheets, understand};
use sandan::lists::{Kind, Lang, PeriodId, Table};
use sheets_text::sheets;

fn understood(text: &str) -> Intake {
    understand(&sheets(text)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The worked example of the catalogue as tables.
fn example(lang: Lang) -> Sheets {
    let table = |table: Table| Sheet {
        table,
        header: columns(table).iter().map(|c| c.header(lang).to_owned()).collect(),
        rows: (2..)
            .zip(example_rows(table, lang))
            .map(|(number, row)| SheetRow { number, cells: row.into_iter().map(str::to_owned).collect() })
            .collect(),
    };
    Sheets { sheets: Table::ALL.into_iter().filter(|t| *t != Table::Previous).map(table).collect(), previous: None }
}

#[test]
fn the_worked_example_is_a_sound_case_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let intake = understand(&example(lang)).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(intake.warnings, [], "{lang:?}");
        let case = intake.case;
        assert_eq!((case.needs.len(), case.projects[0].posts.len(), case.places.len(), case.rules.len()), (1, 3, 4, 1));
    }
}

#[test]
fn without_tables_places_and_periods_are_those_that_cells_name() {
    let case = understood(
        "# needs
         id, place, services, periods
         N1, C1, s, W10;W2
         # projects
         id, services, places
         P1, s, C2|online
         # resources
         id, roles, skills
         R1, a, k@W1",
    )
    .case;
    let places: Vec<&str> = case.places.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(places, ["C1", "C2", "online"]);
    let periods: Vec<&str> = case.periods.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(periods, ["W1", "W2", "W10"]);
    assert!(case.needs[0].periods.contains(PeriodId(2)) && !case.needs[0].periods.contains(PeriodId(0)));
    assert_eq!(case.resources[0].kind, Kind::Staff);
}
