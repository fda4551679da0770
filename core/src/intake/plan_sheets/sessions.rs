use std::collections::BTreeMap;

use super::columns::{FACT, GOODS, NEEDS, PERIOD, PLACE, PROJECT, SESSION, VENUE};
use super::fault::{Faults, PlanFault};
use super::lookup::Lookup;
use super::table::{PlanRow, PlanTable};
use crate::plan::{Draw, Served, Session};

/// Reads 场次; staff and money come from the other sheets.
pub(super) fn read(table: &PlanTable, lookup: &Lookup, faults: &mut Faults) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows(&[SESSION, PERIOD, PLACE, PROJECT, NEEDS], faults) {
        let Some(number) = row.required(SESSION, faults) else { continue };
        match numbers.get(number) {
            Some(position) => go_on(row, &mut sessions[*position], lookup, faults),
            None => {
                numbers.insert(number, sessions.len());
                sessions.push(session(row, number, lookup, faults));
            }
        }
    }
    sessions
}

fn session(row: PlanRow, number: &str, lookup: &Lookup, faults: &mut Faults) -> Session {
    let mut name = |column| row.required(column, faults).unwrap_or_default();
    let (project, place, period) = (name(PROJECT), name(PLACE), name(PERIOD));
    let (venue, room) = venue(row.text(VENUE), lookup);
    let fact = matches!(row.text(FACT).to_lowercase().as_str(), "是" | "yes" | "true" | "1");
    let mut session = Session {
        id: number.to_owned(),
        project: lookup.project(project),
        place: lookup.place(place),
        period: lookup.period(period),
        venue,
        room,
        fact,
        ..Session::default()
    };
    session.needs = needs(row, lookup, faults);
    session.goods = goods(row, lookup, faults);
    session
}

/// A further row of a session: more needs and goods; what else it says must agree.
fn go_on(row: PlanRow, session: &mut Session, lookup: &Lookup, faults: &mut Faults) {
    let says = [
        (PROJECT, lookup.project(row.text(PROJECT)) == session.project),
        (PLACE, lookup.place(row.text(PLACE)) == session.place),
        (PERIOD, lookup.period(row.text(PERIOD)) == session.period),
        (VENUE, venue(row.text(VENUE), lookup).0 == session.venue),
    ];
    for (column, agrees) in says {
        let text = row.text(column);
        if !text.is_empty() && !agrees {
            faults.push(row.problem(PlanFault::SessionTwice, column, text));
        }
    }
    session.needs.extend(needs(row, lookup, faults));
    session.goods.extend(goods(row, lookup, faults));
}

fn needs(row: PlanRow, lookup: &Lookup, faults: &mut Faults) -> Vec<Served> {
    let mut needs = Vec::new();
    let served = |(name, units): (&str, i64)| Served { need: lookup.need(name), units };
    for line in lines(row.text(NEEDS)) {
        let known = item(line).filter(|(name, _)| lookup.is_need(name));
        let pieces: Option<Vec<_>> = line.split([';', '；', '、']).filter(|p| !p.trim().is_empty()).map(item).collect();
        match (known, pieces, item(line)) {
            (Some(found), _, _) => needs.push(served(found)),
            (None, Some(found), _) => needs.extend(found.into_iter().map(served)),
            (None, None, Some(found)) => needs.push(served(found)),
            (None, None, None) if lookup.is_need(line) => needs.push(served((line, 1))),
            (None, None, None) => faults.push(row.problem(PlanFault::NotALine, NEEDS, line)),
        }
    }
    needs
}

fn goods(row: PlanRow, lookup: &Lookup, faults: &mut Faults) -> Vec<Draw> {
    let mut goods = Vec::new();
    for line in lines(row.text(GOODS)) {
        // A title may hold an arrow of its own: the first one behind `item × n` counts.
        let arrows = line.match_indices('←').chain(line.match_indices("<-"));
        let found =
            arrows.into_iter().find_map(|(at, arrow)| Some((item(&line[..at])?, line[at + arrow.len()..].trim())));
        match found.filter(|(_, stock)| !stock.is_empty()) {
            Some(((name, n), stock)) => {
                goods.push(Draw { stock: lookup.resource(stock), item: name.to_owned(), n });
            }
            None => faults.push(row.problem(PlanFault::NotALine, GOODS, line)),
        }
    }
    goods
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty())
}

/// `N12 名称 × 20 人次` as name and number; the word behind the number is not read.
fn item(line: &str) -> Option<(&str, i64)> {
    let at = line.rfind(['×', '*', 'x', 'X'])?;
    let (name, rest) = line.split_at(at);
    let rest = rest.trim_start_matches(['×', '*', 'x', 'X']).trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let name = name.trim();
    let (number, word) = rest.split_at(digits);
    let clean = !word.starts_with(['.', ',', '，']);
    number.parse().ok().filter(|_| clean && !name.is_empty()).map(|n| (name, n))
}

/// `V3 活动室 #2` as row and room.
fn venue(text: &str, lookup: &Lookup) -> (Option<String>, Option<i64>) {
    if text.is_empty() {
        return (None, None);
    }
    if let Some((name, room)) = text.rsplit_once('#')
        && let Ok(room) = room.trim().parse()
    {
        return (Some(lookup.resource(name.trim())), Some(room));
    }
    (Some(lookup.resource(text)), Some(1))
}

#[cfg(test)]
mod tests {
    use super::item;

    #[test]
    fn lines_read_as_people_write_them() {
        assert_eq!(item("N12 诗词 × 20 人次"), Some(("N12 诗词", 20)));
        assert_eq!(item("N12*3"), Some(("N12", 3)));
        assert_eq!(item("Nx1x2"), Some(("Nx1", 2)));
        for line in ["N12", "× 3", "N12 × ", "N12 × 1.5", "N12 × -1", "N12 × 99999999999999999999"] {
            assert_eq!(item(line), None, "{line}");
        }
    }
}
