//! Which pins cannot hold together: an irreducible set, found by lifting one after the other.

use crate::engine::{Engine, Outlook};
use crate::lists::{Case, PinMode, Table};
use crate::model::compile;
use crate::problem::{Code, Problem, Problems};

/// Names the pins (and the cells behind them) that cannot hold together.
pub(crate) fn conflicting_pins(case: &Case) -> Problems {
    let mut kept = case.clone();
    let mut position = 0;
    while position < kept.pins.len() {
        let pin = kept.pins.remove(position);
        if possible(&kept) {
            kept.pins.insert(position, pin);
            position += 1;
        }
    }
    let rows: Vec<String> = kept.pins.iter().map(|p| p.row.to_string()).collect();
    let list = kept
        .pins
        .iter()
        .map(|pin| Problem {
            table: Some(Table::Pins),
            row: Some(pin.row),
            column: None,
            code: Code::PinsConflict,
            value: if pin.mode == PinMode::Fix { "fix" } else { "forbid" }.to_owned(),
            details: vec![rows.join(", ")],
        })
        .collect();
    Problems { list, more: 0 }
}

/// Whether a case with these pins is not proven impossible.
fn possible(case: &Case) -> bool {
    let model = compile(case);
    let mut engine = Engine::new(&model);
    while !engine.done() && engine.outlook() == Outlook::Unknown {
        engine.step(1000);
    }
    engine.outlook() != Outlook::Impossible
}
