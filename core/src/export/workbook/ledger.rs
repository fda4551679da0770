use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Column, Look, Page};
use crate::export::account::{Account, Cause, FundAccount, Spending};
use crate::export::names::{Names, either};
use crate::intake::plan_sheets::columns::{self, Heading};

pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let headings = [
        (columns::FUND, 24),
        (columns::ENTRY, 10),
        (columns::SESSION, 10),
        (columns::PERIOD, 14),
        (columns::PLACE, 20),
        (columns::PROJECT, 26),
        (columns::YUAN, 15),
        (columns::BALANCE, 15),
    ];
    let columns: Vec<Column> =
        headings.into_iter().map(|(h, width)| Column { heading: h.text(lang).to_owned(), width }).collect();
    let mut page = Page::table(lang, columns::LEDGER.text(lang), &columns, 2)?;
    if account.funds.is_empty() {
        page.row(&[Cell::text(either(lang, "没有资金", "no funds"))], Look::Note)?;
        return Ok(page.finish());
    }
    for fund in &account.funds {
        write_fund(&mut page, account, names, fund)?;
    }
    page.finish_table()
}

fn write_fund(page: &mut Page, account: &Account, names: &Names, fund: &FundAccount) -> Result<(), XlsxError> {
    let name = names.resource(fund.fund);
    let total = |entry: Heading, fen: Option<i64>, left: Option<i64>| {
        let money = |fen: Option<i64>| fen.map_or(Cell::Blank, Cell::Fen);
        let entry = Cell::text(entry.text(names.lang));
        vec![Cell::text(&name), entry, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, money(fen), money(left)]
    };
    page.row(&total(columns::ENTRY_AMOUNT, fund.amount_fen, fund.amount_fen), Look::Strong)?;
    let mut left = fund.amount_fen;
    for spending in &fund.spendings {
        left = left.map(|fen| fen.saturating_sub(spending.fen));
        let mut cells = vec![Cell::text(&name)];
        cells.extend(cause(account, names, spending));
        cells.push(Cell::Fen(spending.fen));
        cells.push(left.map_or(Cell::Blank, Cell::Fen));
        page.row(&cells, Look::Plain)?;
    }
    page.row(&total(columns::ENTRY_LEFT, Some(fund.spent_fen), left), Look::Strong)
}

/// Entry, session, period, place and project of a payment.
fn cause(account: &Account, names: &Names, spending: &Spending) -> [Cell; 5] {
    match spending.cause {
        Cause::Launch(position) => {
            let launch = &account.plan.launches[position];
            let project = names.project(&launch.project);
            let entry = if launch.fact { columns::ENTRY_LAUNCH_FACT } else { columns::ENTRY_LAUNCH };
            let entry = Cell::text(entry.text(names.lang));
            [entry, Cell::Blank, Cell::Blank, Cell::Blank, Cell::text(project)]
        }
        Cause::Session(position) => {
            let session = &account.plan.sessions[position];
            [
                Cell::text(columns::ENTRY_SESSION.text(names.lang)),
                Cell::text(&session.id),
                Cell::text(names.period(&session.period)),
                Cell::text(names.place(&session.place)),
                Cell::text(names.project(&session.project)),
            ]
        }
    }
}
