//! A plan as a workbook that a planner hands out: 场次 sessions, 排班 roster, 未满足 unmet, 缺口清单 gaps, 资金 funds, 统计
//! summary. `intake::plan_sheets` reads the first, the second and the fifth back after they were edited by hand.

mod gaps;
mod ledger;
mod page;
mod roster;
mod sessions;
mod totals;
mod unmet;

use std::fmt;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::account::Account;
use super::names::{Names, either};
use crate::lists::{Case, Lang};
use crate::plan::Plan;

/// Why a plan cannot be written as a workbook: a table with more rows than a sheet holds (1,048,576).
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl WorkbookError {
    /// What is wrong, for a planner.
    pub fn message(&self, lang: Lang) -> String {
        match (&self.0, lang) {
            (XlsxError::RowColumnLimitError, Lang::Zh) => {
                "方案太大：一张工作表最多 1,048,576 行，请改用 JSON（--out）".to_owned()
            }
            (XlsxError::RowColumnLimitError, Lang::En) => {
                "the plan is too large: a sheet holds at most 1,048,576 rows; use JSON (--out)".to_owned()
            }
            (error, Lang::Zh) => format!("工作簿写不出来：{error}"),
            (error, Lang::En) => format!("the workbook cannot be written: {error}"),
        }
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        WorkbookError(error)
    }
}

/// The bytes of the workbook (.xlsx); the same plan gives the same bytes.
///
/// # Errors
/// When a table has more rows than a sheet holds.
pub fn workbook(case: &Case, plan: &Plan, lang: Lang) -> Result<Vec<u8>, WorkbookError> {
    let account = Account::of(case, plan);
    let names = Names::new(case, lang);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(plan, lang)?);
    for sheet in [
        sessions::sheet(&account, &names)?,
        roster::sheet(&account, &names)?,
        unmet::sheet(&account, &names)?,
        gaps::sheet(&account, &names)?,
        ledger::sheet(&account, &names)?,
        totals::sheet(&account, &names)?,
    ] {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

fn properties(plan: &Plan, lang: Lang) -> Result<DocProperties, XlsxError> {
    // A fixed day: the bytes of a plan must not depend on when it was written.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = either(lang, "三单对接方案", "Three-list matching plan");
    let comment = format!("sandan {} {}", plan.version, plan.case);
    Ok(DocProperties::new().set_title(title).set_comment(comment).set_creation_datetime(&day))
}
