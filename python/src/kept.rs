//! The tables of a case as they were given, kept small: each distinct text of a column once, a code a row.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString};
use sandan::intake::sheets::unguard;
use sandan::intake::{Sheet, SheetRow, Sheets};
use sandan::lists::Table;

/// A table as it was given.
pub(crate) struct Kept {
    pub(crate) table: Table,
    pub(crate) header: Vec<String>,
    columns: Vec<Texts>,
    /// The row of each row as seen in Excel; `None` where the n-th is row n + 1.
    numbers: Option<Vec<u32>>,
    rows: usize,
}

/// A column of texts.
#[derive(Default)]
pub(crate) struct Texts {
    /// One code a row; 0 is a blank cell.
    codes: Vec<u32>,
    /// The distinct texts, from code 1.
    distinct: Vec<Box<str>>,
}

impl Kept {
    /// A table given column by column. Columns of unequal length are the caller's error.
    pub(crate) fn of_columns(table: Table, header: Vec<String>, columns: Vec<Texts>) -> Kept {
        let rows = columns.iter().map(|column| column.codes.len()).max().unwrap_or(0);
        Kept { table, header, columns, numbers: None, rows }
    }

    /// A table as a reader gave it.
    pub(crate) fn of_sheet(sheet: &Sheet) -> Kept {
        let mut coders: Vec<Coder> = std::iter::repeat_with(Coder::default).take(sheet.header.len()).collect();
        // Row by row: the cells of a row lie side by side, those of a column do not.
        for row in &sheet.rows {
            for (at, coder) in coders.iter_mut().enumerate() {
                coder.push(row.cells.get(at).map_or("", String::as_str));
            }
        }
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        let plain = numbers.iter().enumerate().all(|(at, number)| *number as usize == at + 2);
        Kept {
            table: sheet.table,
            header: sheet.header.clone(),
            columns: coders.into_iter().map(|coder| coder.texts).collect(),
            numbers: (!plain).then_some(numbers),
            rows: sheet.rows.len(),
        }
    }

    /// Whether a reader left every row and column of the table as it is.
    pub(crate) fn is_whole(&self, sheet: &Sheet) -> bool {
        self.table == sheet.table && self.header == sheet.header && self.rows == sheet.rows.len()
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The cells of a row.
    pub(crate) fn cells(&self, row: usize) -> Vec<String> {
        self.columns.iter().map(|column| column.at(row).to_owned()).collect()
    }

    /// The table as a reader gives it.
    pub(crate) fn sheet(&self) -> Sheet {
        let number = |row: usize| match &self.numbers {
            Some(numbers) => numbers[row],
            None => u32::try_from(row + 2).unwrap_or(u32::MAX),
        };
        let rows = (0..self.rows).map(|row| SheetRow { number: number(row), cells: self.cells(row) });
        Sheet { table: self.table, header: self.header.clone(), rows: rows.collect() }
    }

    /// The columns as Python lists, `None` for a blank cell. With `spread`, rows stand where they stood: blank rows
    /// that a reader left out come back as rows of `None`.
    pub(crate) fn lists<'py>(&self, py: Python<'py>, spread: bool) -> PyResult<Vec<Bound<'py, PyList>>> {
        let numbers = self.numbers.as_deref().filter(|_| spread);
        self.columns.iter().map(|column| column.list(py, numbers)).collect()
    }
}

/// Tables as a reader gives them.
pub(crate) fn sheets(tables: &[Kept], previous: Option<&str>) -> Sheets {
    Sheets { sheets: tables.iter().map(Kept::sheet).collect(), previous: previous.map(str::to_owned) }
}

impl Texts {
    /// A column of Python values as they would stand in a sheet. `text_of` is asked about what is neither text, whole
    /// number nor truth; it answers with a text or `None`. `guarded` says that an apostrophe may stand before what a
    /// spreadsheet would take for a formula, as in a file that sandan wrote.
    pub(crate) fn read(values: &Bound<'_, PyList>, text_of: &Bound<'_, PyAny>, guarded: bool) -> PyResult<Texts> {
        let mut coder = Coder::default();
        // Long columns of like objects: the same object has the same text while the list holds it.
        let mut last: Option<Bound<'_, PyAny>> = None;
        for value in values.iter() {
            if last.as_ref().is_some_and(|last| last.is(&value)) {
                coder.repeat();
                continue;
            }
            if value.is_none() {
                coder.push("");
            } else if let Ok(text) = value.cast::<PyString>() {
                // Half a surrogate pair is no character: intake says so of what stands in its place.
                coder.push(&text.to_string_lossy());
            } else if value.is_exact_instance_of::<PyBool>() {
                coder.push(if value.is_truthy()? { "true" } else { "false" });
            } else if value.is_exact_instance_of::<PyInt>()
                && let Ok(number) = value.extract::<i64>()
            {
                coder.push(&number.to_string());
            } else if let Some(number) = number(&value) {
                coder.push(&number);
            } else {
                let text: Option<String> = text_of.call1((&value,))?.extract()?;
                coder.push(text.as_deref().unwrap_or(""));
            }
            last = Some(value);
        }
        if guarded {
            for text in coder.texts.distinct.iter_mut().filter(|text| text.starts_with('\'')) {
                *text = unguard(text.to_string()).into();
            }
        }
        Ok(coder.texts)
    }

    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    fn at(&self, row: usize) -> &str {
        match self.codes.get(row) {
            None | Some(0) => "",
            Some(code) => &self.distinct[*code as usize - 1],
        }
    }

    fn list<'py>(&self, py: Python<'py>, numbers: Option<&[u32]>) -> PyResult<Bound<'py, PyList>> {
        let none = py.None().into_bound(py);
        let texts: Vec<Bound<'py, PyAny>> =
            std::iter::once(none).chain(self.distinct.iter().map(|text| PyString::new(py, text).into_any())).collect();
        let Some(numbers) = numbers else {
            return PyList::new(py, self.codes.iter().map(|code| &texts[*code as usize]));
        };
        let mut codes = vec![0; numbers.last().map_or(0, |last| *last as usize - 1)];
        for (number, code) in numbers.iter().zip(&self.codes) {
            codes[*number as usize - 2] = *code;
        }
        PyList::new(py, codes.iter().map(|code: &u32| &texts[*code as usize]))
    }
}

/// A float that is a whole number, as frames hold integers beside missing values; a missing value is blank.
fn number(value: &Bound<'_, PyAny>) -> Option<String> {
    let number = value.cast_exact::<PyFloat>().ok()?.extract::<f64>().ok()?;
    // Below 2⁵³ every whole number is itself.
    let whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    if whole { Some((number as i64).to_string()) } else { number.is_nan().then(String::new) }
}

/// A column while it is coded.
#[derive(Default)]
struct Coder {
    texts: Texts,
    known: HashMap<Box<str>, u32>,
}

impl Coder {
    fn push(&mut self, text: &str) {
        let texts = &self.texts;
        let code = if text.is_empty() {
            0
        } else if let Some(above) = texts.codes.last().filter(|code| **code != 0)
            && *texts.distinct[*above as usize - 1] == *text
        {
            // Sheets are often filled downwards.
            *above
        } else if let Some(code) = self.known.get(text) {
            *code
        } else {
            self.texts.distinct.push(text.into());
            let code = u32::try_from(self.texts.distinct.len()).expect("at most ten million rows");
            self.known.insert(text.into(), code);
            code
        };
        self.texts.codes.push(code);
    }

    /// The cell above once more.
    fn repeat(&mut self) {
        let above = self.texts.codes.last().copied().unwrap_or(0);
        self.texts.codes.push(above);
    }
}
