//! Whatever stands in the cells, intake answers: a case or problems, never a panic.

mod faults;

use sandan::intake::{Sheets, understand};
use sandan::lists::Lang;

/// A small generator of numbers (xorshift64*), so that every run tries the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }
}

/// Bits of cells that have meaning somewhere.
const BITS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "12.0",
    "1099511627776",
    "9223372036854775807",
    "99999999999999999999999999",
    "x",
    "是",
    "no",
    "M1",
    "M4..M1",
    "M1..M4",
    "quarter:Q1",
    "C1",
    "D1",
    "online",
    "线上",
    "P1;P2",
    "N1",
    "R1",
    "F1",
    ";",
    "；",
    "、",
    "|",
    ":",
    "：",
    "@",
    "[",
    "]",
    "+",
    "/",
    "/人",
    "..",
    "急救@M1",
    "社工[急救]:1/10",
    "书包:1",
    "2025-01-01",
    "2025-01",
    "\u{200b}",
    "\u{feff}",
    "\n",
    "\u{0}",
    "é",
    "e\u{301}",
    "１２",
    "must",
    "0.3:3",
    "theme",
    "place;period",
    "own",
    "11010519491231002X",
    "13812345678",
    "\u{10ffff}",
    "all",
    "0001-01..9999-12",
    "sessions",
    "ratio",
    "staff",
    "fund",
];

fn mutate(sheets: &mut Sheets, numbers: &mut Numbers) {
    for _ in 0..1 + numbers.below(6) {
        let table = numbers.below(sheets.sheets.len());
        let sheet = &mut sheets.sheets[table];
        match numbers.below(20) {
            0 if !sheet.header.is_empty() => {
                let cell = numbers.below(sheet.header.len());
                sheet.header[cell] = BITS[numbers.below(BITS.len())].to_owned();
            }
            1 if !sheet.rows.is_empty() => {
                let row = numbers.below(sheet.rows.len());
                let again = sheet.rows[row].clone();
                sheet.rows.push(again);
            }
            2 if !sheet.rows.is_empty() => {
                let row = numbers.below(sheet.rows.len());
                sheet.rows.remove(row);
            }
            3 => sheet.rows.clear(),
            4 => {
                sheets.previous = Some(format!(
                    "{{\"format\": \"sandan-plan/1\", \"sessions\": [{}]}}",
                    BITS[numbers.below(BITS.len())]
                ))
            }
            _ if !sheet.rows.is_empty() => {
                let row = numbers.below(sheet.rows.len());
                let cells = &mut sheet.rows[row].cells;
                if cells.is_empty() {
                    continue;
                }
                let cell = numbers.below(cells.len());
                let text: String = (0..1 + numbers.below(4)).map(|_| BITS[numbers.below(BITS.len())]).collect();
                if numbers.below(3) == 0 { cells[cell].push_str(&text) } else { cells[cell] = text }
            }
            _ => {}
        }
    }
}

#[test]
fn no_mutation_of_cells_makes_intake_panic() {
    let base = faults::base();
    let mut numbers = Numbers(0x5eed);
    let (mut sound, mut faulty) = (0, 0);
    for _ in 0..2_000 {
        let mut sheets = base.clone();
        mutate(&mut sheets, &mut numbers);
        match understand(&sheets) {
            Ok(intake) => {
                sound += 1;
                assert_eq!(intake.case.hash.len(), 64);
            }
            Err(problems) => {
                faulty += 1;
                assert!(problems.list.iter().any(|p| p.is_error()));
                for problem in &problems.list {
                    for lang in [Lang::Zh, Lang::En] {
                        let record = problem.record(lang);
                        assert!(!record.message.contains(['{', '\n']), "{record:?}");
                    }
                }
            }
        }
    }
    assert!(sound > 100 && faulty > 1000, "{sound} sound, {faulty} faulty");
}
