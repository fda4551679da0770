use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Column, Look, Page};
use crate::export::account::Account;
use crate::export::names::{Names, either, plain};
use crate::export::words;
use crate::intake::plan_sheets::columns;
use crate::lists::Lang;
use crate::plan::{Served, Session};

/// Needs in one row; a session with more goes on in further rows of the same number.
const NEEDS_A_ROW: usize = 20;
/// Members named a post; 排班 has them all.
const MEMBERS_A_POST: usize = 8;

pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let plan = account.plan;
    let shown = Shown {
        venue: plan.sessions.iter().any(|s| s.venue.is_some()),
        cost: plan.sessions.iter().any(|s| !s.funds.is_empty()),
        goods: plan.sessions.iter().any(|s| !s.goods.is_empty()),
        fact: plan.sessions.iter().any(|s| s.fact),
    };
    let columns = headings(lang, shown);
    let mut page = Page::table(lang, columns::SESSIONS.text(lang), &columns, 1)?;
    let mut look = Look::Plain;
    for (position, session) in plan.sessions.iter().enumerate() {
        if position > 0 && plan.sessions[position - 1].period != session.period {
            look = if look == Look::Plain { Look::Band } else { Look::Plain };
        }
        let mut chunks = session.needs.chunks(NEEDS_A_ROW);
        page.row(&cells(account, names, session, chunks.next().unwrap_or_default(), shown), look)?;
        for chunk in chunks {
            page.row(&further(names, session, chunk, columns.len()), look)?;
        }
    }
    page.finish_table()
}

/// The columns that only plans with something in them have.
#[derive(Clone, Copy)]
struct Shown {
    venue: bool,
    cost: bool,
    goods: bool,
    fact: bool,
}

fn headings(lang: Lang, shown: Shown) -> Vec<Column> {
    let mut headings = vec![
        (columns::SESSION, 9),
        (columns::PERIOD, 11),
        (columns::DATE, 13),
        (columns::PLACE, 14),
        (columns::PROJECT, 16),
        (columns::LEAD, 12),
        (columns::PARTNERS, 13),
        (columns::NEEDS, 30),
        (columns::UNITS, 10),
        (columns::STAFF, 28),
    ];
    let optional = [
        (shown.venue, (columns::VENUE, 14)),
        (shown.cost, (columns::COST, 11)),
        (shown.goods, (columns::GOODS, 17)),
        (shown.fact, (columns::FACT, 6)),
    ];
    headings.extend(optional.into_iter().filter(|(shown, _)| *shown).map(|(_, column)| column));
    headings.into_iter().map(|(h, width)| Column { heading: h.text(lang).to_owned(), width }).collect()
}

fn cells(account: &Account, names: &Names, session: &Session, needs: &[Served], shown: Shown) -> Vec<Cell> {
    let lang = names.lang;
    let case = account.case;
    let project = account.project(&session.project);
    let org = |symbol| plain(case.text(symbol));
    let lead = project.and_then(|p| p.lead).map(org).unwrap_or_default();
    let partners: Vec<String> = project.map(|p| p.partners.iter().map(|s| org(*s)).collect()).unwrap_or_default();
    let units = account.by_unit(session.needs.iter().map(|n| (n.need.as_str(), n.units)));
    let fen = session.funds.iter().fold(0i64, |sum, f| sum.saturating_add(f.fen));
    let mut row = vec![
        Cell::text(&session.id),
        Cell::text(names.period(&session.period)),
        Cell::text(names.dates(&session.period).replace(" – ", " –\n")),
        Cell::text(names.place(&session.place)),
        Cell::text(names.project(&session.project)),
        Cell::text(lead),
        Cell::text(partners.join(either(lang, "、", ", "))),
        Cell::text(need_lines(names, needs)),
        Cell::text(words::units(lang, &units)),
        Cell::text(staff_lines(names, session)),
    ];
    let optional = [
        (shown.venue, Cell::text(venue(names, session))),
        (shown.cost, Cell::Fen(fen)),
        (shown.goods, Cell::text(goods_lines(names, session))),
        (shown.fact, Cell::text(if session.fact { either(lang, "是", "yes") } else { "" })),
    ];
    row.extend(optional.into_iter().filter(|(shown, _)| *shown).map(|(_, cell)| cell));
    row
}

/// A row that only goes on with the needs of the session above.
fn further(names: &Names, session: &Session, needs: &[Served], columns: usize) -> Vec<Cell> {
    let mut row = vec![Cell::Blank; columns];
    row[0] = Cell::text(&session.id);
    row[1] = Cell::text(names.period(&session.period));
    row[3] = Cell::text(names.place(&session.place));
    row[4] = Cell::text(names.project(&session.project));
    row[7] = Cell::text(need_lines(names, needs));
    row
}

fn need_lines(names: &Names, needs: &[Served]) -> String {
    let lines: Vec<String> = needs
        .iter()
        .map(|line| {
            let unit = names.case.need(&line.need).map_or("", |n| names.case.text(names.case.needs[n.index()].unit));
            format!("{} × {} {}", names.need(&line.need), line.units, plain(unit)).trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

/// One line a post: `社工:张老师、李老师`. A rotating post names everyone who serves in it once.
fn staff_lines(names: &Names, session: &Session) -> String {
    let mut posts: BTreeMap<u32, (String, Vec<String>)> = BTreeMap::new();
    for seat in &session.staff {
        let (_, members) = posts.entry(seat.post).or_insert_with(|| (plain(&seat.role), Vec::new()));
        let name = names.short_member(&seat.resource, seat.member);
        if !members.contains(&name) {
            members.push(name);
        }
    }
    let line = |(role, members): &(String, Vec<String>)| {
        let shown = members[..members.len().min(MEMBERS_A_POST)].join(either(names.lang, "、", ", "));
        let more = members.len().saturating_sub(MEMBERS_A_POST);
        match (names.lang, more) {
            (Lang::Zh, 0) => format!("{role}：{shown}"),
            (Lang::Zh, more) => format!("{role}：{shown} 等，另 {more} 人见排班"),
            (Lang::En, 0) => format!("{role}: {shown}"),
            (Lang::En, more) => format!("{role}: {shown} and {more} more, see roster"),
        }
    };
    let lines: Vec<String> = posts.values().map(line).collect();
    lines.join("\n")
}

fn venue(names: &Names, session: &Session) -> String {
    let Some(venue) = &session.venue else {
        return String::new();
    };
    let rooms = names.row(venue).map_or(1, |r| r.count);
    match session.room {
        Some(room) if rooms > 1 || room != 1 => format!("{} #{room}", names.resource(venue)),
        _ => names.resource(venue),
    }
}

fn goods_lines(names: &Names, session: &Session) -> String {
    let line =
        |draw: &crate::plan::Draw| format!("{} × {} ← {}", plain(&draw.item), draw.n, names.resource(&draw.stock));
    let lines: Vec<String> = session.goods.iter().map(line).collect();
    lines.join("\n")
}
