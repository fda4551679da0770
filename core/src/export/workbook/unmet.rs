use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Column, Look, Page};
use crate::export::account::{Account, stop};
use crate::export::names::{Names, either, plain};
use crate::export::words;
use crate::intake::plan_sheets::columns;
use crate::plan::Unmet;

pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let columns: Vec<Column> = [
        ("需求", "need", 26),
        ("地点", "place", 16),
        ("服务类别", "services", 20),
        ("需要", "wanted", 8),
        ("未满足", "unmet", 8),
        ("单位", "unit", 8),
        ("必须", "must", 7),
        ("优先级", "priority", 8),
        ("卡在", "fails at", 14),
        ("原因", "reason", 34),
        ("逐项筛选", "funnel", 36),
    ]
    .into_iter()
    .map(|(chinese, english, width)| Column { heading: either(lang, chinese, english).to_owned(), width })
    .collect();
    let mut page = Page::table(lang, columns::UNMET.text(lang), &columns, 1)?;
    for line in account.unmet.iter() {
        page.row(&cells(account, names, line), Look::Plain)?;
    }
    if account.unmet.is_empty() {
        page.row(
            &[Cell::text(either(lang, "没有：全部需求都已满足", "none: every need is served in full"))],
            Look::Note,
        )?;
        return Ok(page.finish());
    }
    page.finish_table()
}

fn cells(account: &Account, names: &Names, line: &Unmet) -> Vec<Cell> {
    let lang = names.lang;
    let case = account.case;
    let need = case.need(&line.need).map(|i| &case.needs[i.index()]);
    let services =
        need.map(|n| n.services.iter().map(|s| plain(case.text(*s))).collect::<Vec<_>>()).unwrap_or_default();
    let fails_at = match (line.reason.funnel.is_empty(), stop(&line.reason)) {
        (_, Some(step)) => words::stage(lang, step.stage),
        (true, None) => "",
        (false, None) => either(lang, "权衡", "balance"),
    };
    vec![
        Cell::text(names.need(&line.need)),
        Cell::text(need.map(|n| names.place(&case.places[n.place.index()].id)).unwrap_or_default()),
        Cell::text(services.join("、")),
        need.map_or(Cell::Blank, |n| Cell::Count(n.quantity)),
        Cell::Count(line.units),
        Cell::text(plain(account.unit(&line.need))),
        Cell::text(if need.is_some_and(|n| n.must) { either(lang, "是", "yes") } else { "" }),
        need.map_or(Cell::Blank, |n| Cell::Count(n.priority)),
        Cell::text(fails_at),
        Cell::text(words::reason(names, &line.reason)),
        Cell::text(words::funnel(lang, &line.reason)),
    ]
}
