//! Raw tables as one text: what the file that reads workbooks hands to the engine, and what a page keeps of a case so
//! that it outlives a worker. Rows keep the numbers that a planner sees in Excel, and what readers found wrong goes along.

use sandan::intake::sheets::Reading;
use sandan::intake::{Sheet, SheetRow, Sheets, columns};
use sandan::problem::{Code, Problem};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Written {
    sheets: Vec<WrittenSheet>,
    previous: Option<String>,
    problems: Vec<WrittenProblem>,
    more: usize,
}

#[derive(Serialize, Deserialize)]
struct WrittenSheet {
    table: String,
    header: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

#[derive(Serialize, Deserialize)]
struct WrittenProblem {
    table: Option<String>,
    row: Option<u32>,
    column: Option<String>,
    code: String,
    value: String,
    details: Vec<String>,
}

/// A reading as text.
pub(crate) fn write(reading: Reading) -> String {
    let Reading { sheets: Sheets { sheets, previous }, problems, more } = reading;
    let sheets = sheets.into_iter().map(|sheet| WrittenSheet {
        table: sheet.table.name().to_owned(),
        header: sheet.header,
        rows: sheet.rows.into_iter().map(|row| (row.number, row.cells)).collect(),
    });
    let problems = problems.into_iter().map(|problem| WrittenProblem {
        table: problem.table.map(|table| table.name().to_owned()),
        row: problem.row,
        column: problem.column,
        code: problem.code.name().to_owned(),
        value: problem.value,
        details: problem.details,
    });
    let written = Written { sheets: sheets.collect(), previous, problems: problems.collect(), more };
    serde_json::to_string(&written).expect("strings, integers and lists are always JSON")
}

/// A reading from its text.
pub(crate) fn read(text: &str) -> Result<Reading, String> {
    let written: Written = serde_json::from_str(text).map_err(|error| format!("these are no tables: {error}"))?;
    let table_of = |name: &str| columns::find_table(name).ok_or_else(|| format!("there is no table `{name}`"));
    let mut reading = Reading { more: written.more, ..Reading::default() };
    reading.sheets.previous = written.previous;
    for sheet in written.sheets {
        let rows = sheet.rows.into_iter().map(|(number, cells)| SheetRow { number, cells }).collect();
        reading.sheets.sheets.push(Sheet { table: table_of(&sheet.table)?, header: sheet.header, rows });
    }
    for problem in written.problems {
        let code = Code::ALL.iter().find(|code| code.name() == problem.code);
        reading.problems.push(Problem {
            table: problem.table.as_deref().map(table_of).transpose()?,
            row: problem.row,
            column: problem.column,
            code: *code.ok_or_else(|| format!("there is no code `{}`", problem.code))?,
            value: problem.value,
            details: problem.details,
        });
    }
    Ok(reading)
}
