use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Column, Look, Page};
use crate::export::account::Account;
use crate::export::names::{Names, plain};
use crate::intake::plan_sheets::columns;

/// One group of rows for each member that serves; its total stands in its first row, so that the table can be
/// filtered and sorted without rows that are no shift.
pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let headings = [
        (columns::RESOURCE, 22),
        (columns::MEMBER, 8),
        (columns::ORG, 20),
        (columns::PERIOD, 14),
        (columns::DATE, 26),
        (columns::SESSION, 10),
        (columns::PLACE, 18),
        (columns::PROJECT, 24),
        (columns::ROLE, 12),
        (columns::POST, 9),
        (columns::LOAD, 8),
        (columns::TOTAL, 12),
    ];
    let columns: Vec<Column> =
        headings.into_iter().map(|(h, width)| Column { heading: h.text(lang).to_owned(), width }).collect();
    let mut page = Page::table(lang, columns::ROSTER.text(lang), &columns, 2)?;
    for (position, member) in account.members.iter().enumerate() {
        let look = if position % 2 == 0 { Look::Plain } else { Look::Band };
        let row = names.row(member.resource);
        let org = row.and_then(|r| r.org).map(|o| plain(account.case.text(o))).unwrap_or_default();
        for (n, shift) in account.shifts[member.range.clone()].iter().enumerate() {
            let session = &account.plan.sessions[shift.session];
            page.row(
                &[
                    Cell::text(names.resource(shift.resource)),
                    Cell::Count(shift.member),
                    Cell::text(&org),
                    Cell::text(names.period(shift.period)),
                    Cell::text(names.dates(shift.period)),
                    Cell::text(&session.id),
                    Cell::text(names.place(&session.place)),
                    Cell::text(names.project(&session.project)),
                    Cell::text(shift.role),
                    Cell::Count(i64::from(shift.post)),
                    Cell::Count(shift.load),
                    if n == 0 { Cell::Count(member.load) } else { Cell::Blank },
                ],
                look,
            )?;
        }
    }
    page.finish_table()
}
