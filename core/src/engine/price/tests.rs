//! Prices held against answers that an independent solver has proven (`tests/oracle`): no bound is below the best value,
//! and every rebuilt point keeps every row.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::state::State;
use super::{From, PriceSearch, Start};
use crate::engine::construct::construct;
use crate::engine::formulate::formulate;
use crate::engine::program::{Column, FREE, Keep};
use crate::engine::search::settle::settle;
use crate::intake::sheets::from_json;
use crate::lists::{Case, Term};
use crate::model::{Roster, compile};

/// One case in so many of the larger set: the rest is for `tests/`, where the whole engine runs.
const ONE_IN: usize = 5;

fn lines(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/cases").join(name);
    let text = fs::read_to_string(path).expect("the committed sample");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Cases with the proven values of their levels.
fn samples() -> Vec<(String, Case, Vec<i64>)> {
    let id = |line: &Value| line["id"].as_str().expect("an id").to_owned();
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    for line in lines("answers.jsonl").into_iter().chain(lines("more-answers.jsonl")) {
        answers.insert(id(&line), line);
    }
    let more = lines("more-cases.jsonl").into_iter().step_by(ONE_IN);
    lines("cases.jsonl")
        .into_iter()
        .chain(more)
        .filter_map(|line| {
            let answer = &answers[&id(&line)];
            let values = answer["levels"].as_array()?.iter().map(|v| v.as_i64().expect("an integer")).collect();
            let case = from_json(&line["case"].to_string()).understand().expect("a case without faults").case;
            (answer["status"] == "optimal").then(|| (id(&line), case, values))
        })
        .collect()
}

#[test]
fn no_bound_is_below_the_best_value() {
    let mut tight = 0;
    let mut levels = 0;
    for (id, case, values) in samples() {
        let model = compile(&case);
        let whole = Arc::new(formulate(&model));
        // What the levels above must keep, as the program counts it: constants left out.
        let free: Vec<i64> = values.iter().zip(&whole.program.objectives).map(|(v, o)| v - o.constant).collect();
        for level in 0..free.len() {
            let start = Start { keep: &free[..level], x: None, prices: None, descended: &[], seed: 0 };
            let mut search = PriceSearch::new(&whole, level, &start).expect("small sums can be priced");
            for _ in 0..3 {
                search.step(None, u64::MAX);
            }
            assert!(search.bound() >= free[level], "{id} level {level}: {} below {}", search.bound(), free[level]);
            levels += 1;
            tight += usize::from(search.bound() == free[level]);
        }
    }
    // A bound that is never tight would pass every test above.
    assert!(levels > 1_500 && tight * 2 > levels, "{tight} of {levels} bounds are tight");
}

#[test]
fn rebuilt_points_keep_every_row() {
    let mut better = 0;
    for (id, case, values) in samples().into_iter().step_by(2) {
        let model = compile(&case);
        let whole = Arc::new(formulate(&model));
        let exact: Arc<[bool]> = model.classes.iter().map(|c| c.exact).collect();
        let roster = Roster::new(&model);
        let built = construct(&whole, roster.clone_empty(), &exact, None);
        if !built.sound {
            continue;
        }
        let level = values.len() - 2;
        let value = |x: &[i64], level: usize| whole.program.objectives[level].value(x);
        let keep: Vec<i64> =
            (0..level).map(|above| value(&built.x, above) - whole.program.objectives[above].constant).collect();
        let start = Start { keep: &keep, x: Some(&built.x), prices: None, descended: &[], seed: 7 };
        let mut search = PriceSearch::new(&whole, level, &start).expect("small sums can be priced");
        let sessions = (!whole.exact).then_some(&built.sessions[..]);
        let from = From { x: &built.x, sessions, roster: &roster, exact: &exact };
        for _ in 0..4 {
            let Some(found) = search.step(Some(&from), u64::MAX).better else { continue };
            assert!(whole.program.holds(&found.x), "{id}: a row is broken");
            let mut complete = found.x.clone();
            whole.program.complete(&mut complete);
            assert_eq!(complete, found.x, "{id}: what follows from the sessions was not brought up to date");
            let rank = |x: &[i64]| (0..=level).map(|l| value(x, l)).collect::<Vec<_>>();
            assert!(rank(&found.x) > rank(&built.x), "{id}: no better than before");
            better += 1;
        }
    }
    assert!(better > 10, "only {better} points were bettered");
}

#[test]
fn what_rules_lack_is_mended_before_prices_are_asked() {
    let (mut lacking, mut mended) = (0, 0);
    for (id, case, values) in samples() {
        let Some(level) = case.settings.levels.iter().position(|terms| terms[..] == [Term::Quota]) else { continue };
        let model = compile(&case);
        let whole = Arc::new(formulate(&model));
        let exact: Arc<[bool]> = model.classes.iter().map(|c| c.exact).collect();
        let value = |x: &[i64], level: usize| whole.program.objectives[level].value(x);
        let Some(nothing) = settle(&whole, vec![0; whole.program.columns()]) else { continue };
        let held = (0..level).all(|above| value(&nothing, above) == values[above]);
        if !held || value(&nothing, level) == values[level] {
            continue;
        }
        let keep: Vec<i64> = (0..level).map(|above| value(&nothing, above)).collect();
        let start = Start { keep: &keep, x: Some(&nothing), prices: None, descended: &[], seed: 7 };
        let mut search = PriceSearch::new(&whole, level, &start).expect("small sums can be priced");
        let sessions = (!whole.exact).then_some(&[][..]);
        let from = From { x: &nothing, sessions, roster: &Roster::new(&model), exact: &exact };
        let found = search.step(Some(&from), 1).better.or_else(|| search.step(Some(&from), u64::MAX).better);
        lacking += 1;
        let Some(found) = found else { continue };
        assert!(whole.program.holds(&found.x), "{id}: a row is broken");
        assert_eq!(search.rounds(), 0, "{id}: prices were asked first");
        assert!(value(&found.x, level) > value(&nothing, level), "{id}: no better than before");
        mended += usize::from(value(&found.x, level) == values[level]);
    }
    // One session at a time: a project that needs several from nothing is left to the rest of the search.
    assert!(mended > 100 && mended * 4 > lacking * 3, "{mended} of {lacking} were mended");
}

#[test]
fn a_column_can_rise_with_the_indicators_it_raises() {
    let mut raised = 0;
    for (id, case, _) in samples().into_iter().step_by(4) {
        let whole = Arc::new(formulate(&compile(&case)));
        let program = &whole.program;
        let mut state = State::new(&whole, &program.lower, program.objectives.len());
        for index in 0..program.columns() {
            let column = Column(index as u32);
            if !state.raises(column) || program.links_of(column).any(|i| state.x[i.index()] > 0) {
                continue;
            }
            let room = state.room(column.0);
            state.step(column.0, room);
            for indicator in program.links_of(column) {
                assert_eq!(state.x[indicator.index()], i64::from(room > 0), "{id}: an indicator does not follow");
                raised += usize::from(room > 0);
            }
            // Rows that a session keeps as a whole (its people, its money) wait for the rest of it.
            for (row, _) in
                program.column_of(column).iter().filter(|e| e.1 > 0 && program.keep[e.0.index()] == Keep::Always)
            {
                let (lower, upper) = (program.row_lower[row.index()], program.row_upper[row.index()]);
                let whole_session = lower == upper || upper == FREE;
                assert!(whole_session || state.activity(row.0) <= upper, "{id}: a row is broken");
            }
            state.undo(0);
            state.keep();
        }
    }
    assert!(raised > 200, "only {raised} indicators were raised");
}
