//! A new plan after events or changed lists, beside the plan before.

use std::cell::OnceCell;
use std::rc::Rc;

use sandan::answers::events::{self, EventFault};
use sandan::answers::{self, LEVELS, Mended, NotPrepared, Prepared, with_text};
use sandan::export::Names;
use sandan::intake::sheets::Reading;
use sandan::intake::{Sheets, columns};
use sandan::lists::{Lang, Table};
use sandan::plan::Plan;
use wasm_bindgen::prelude::*;

use crate::case::{Case, faults};
use crate::words::plan_of;

/// The lists after the events, with the plan before.
#[wasm_bindgen]
pub struct Rematch {
    prepared: Prepared,
    own: Sheets,
    lang: Lang,
    mended: OnceCell<Option<Mended>>,
}

#[wasm_bindgen]
impl Rematch {
    /// The case to solve: its levels value few changes, and `previous` is the plan before.
    pub fn case(&self) -> Case {
        let tables = Reading { sheets: self.prepared.sheets.clone(), ..Reading::default() };
        Case { intake: Rc::new(self.prepared.intake.clone()), tables: Rc::new(tables), lang: self.lang }
    }

    /// The planner's own lists after the events, without what a rematch adds: to go on editing.
    pub fn lists(&self) -> Result<Case, JsValue> {
        Case::understand(Reading { sheets: self.own.clone(), ..Reading::default() }, self.lang)
    }

    /// The plan before, mended, as canonical JSON, where that is as well to hand out as what a search of the whole would
    /// find; else `undefined`.
    pub fn enough(&self) -> Option<String> {
        self.mended().filter(|mended| mended.enough).map(|mended| mended.plan.to_json())
    }

    /// The better of a plan found for `case` and the plan before mended in place, as canonical JSON.
    pub fn better(&self, plan_json: &str) -> Result<String, JsError> {
        Ok(answers::better(&self.prepared, self.mended(), plan_of(plan_json)?).to_json())
    }

    /// The difference with its reasons: the answer `rematch` of `schemas/answers.schema.json`, with `text`.
    pub fn difference(&self, plan_json: &str) -> Result<String, JsError> {
        let found = answers::rematched(&self.prepared, &plan_of(plan_json)?);
        let text = found.text(&Names::new(&self.prepared.intake.case, self.lang));
        Ok(with_text("rematch", &found, text).to_string())
    }
}

impl Rematch {
    fn mended(&self) -> Option<Mended> {
        self.mended.get_or_init(|| answers::mended(&self.prepared)).clone()
    }
}

/// Puts the plan before and the events into the lists of a case.
pub(crate) fn prepare(
    case: &Case,
    previous: Plan,
    events: &str,
    freeze_before: Option<&str>,
) -> Result<Rematch, JsValue> {
    let lang = case.lang;
    let refuse = |list: &[EventFault]| {
        let lines: Vec<String> = list.iter().map(|fault| fault.message(lang)).collect();
        JsError::new(&lines.join("\n"))
    };
    let events = events::read(events).map_err(|list| refuse(&list))?;
    let before = &case.tables.sheets;
    let prepared = answers::prepare(before.clone(), previous, &events, freeze_before).map_err(|not| match not {
        NotPrepared::Problems(problems) => faults(&problems, lang),
        NotPrepared::Events(list) => refuse(&list).into(),
    })?;
    let mut own = prepared.sheets.clone();
    own.previous.clone_from(&before.previous);
    if setting(before, "levels").is_none() {
        for sheet in own.sheets.iter_mut().filter(|sheet| sheet.table == Table::Settings) {
            sheet.rows.retain(|row| !row.cells.iter().any(|cell| cell == LEVELS));
        }
    }
    Ok(Rematch { prepared, own, lang, mended: OnceCell::new() })
}

/// The value of a setting, if the lists say it.
fn setting<'s>(sheets: &'s Sheets, key: &str) -> Option<&'s str> {
    let sheet = sheets.sheets.iter().find(|sheet| sheet.table == Table::Settings)?;
    let at = |name: &str| {
        let is_it = |header: &String| columns::find(Table::Settings, header).is_some_and(|c| c.name == name);
        sheet.header.iter().position(is_it)
    };
    let (keys, values) = (at("key")?, at("value")?);
    let is_it = |cell: &String| columns::setting(cell).is_some_and(|setting| setting.name == key);
    let row = sheet.rows.iter().find(|row| row.cells.get(keys).is_some_and(is_it))?;
    row.cells.get(values).map(String::as_str).filter(|value| !value.is_empty())
}
