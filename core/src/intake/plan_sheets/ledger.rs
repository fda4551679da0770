use std::collections::BTreeMap;

use super::columns::{ENTRY, ENTRY_AMOUNT, ENTRY_LAUNCH, ENTRY_LAUNCH_FACT, ENTRY_LEFT, FUND, PROJECT, SESSION, YUAN};
use super::fault::{Faults, PlanFault};
use super::lookup::Lookup;
use super::table::{PlanRow, PlanTable};
use crate::plan::{Launch, Payment, Plan};

/// Reads 资金 into the sessions and launches; amounts held and left, and remarks, are passed over.
pub(super) fn read(table: &PlanTable, lookup: &Lookup, plan: &mut Plan, faults: &mut Faults) {
    let numbers: BTreeMap<String, usize> = plan.sessions.iter().enumerate().map(|(i, s)| (s.id.clone(), i)).collect();
    let mut launches: BTreeMap<(String, bool), Vec<Payment>> = BTreeMap::new();
    for row in table.rows(&[FUND, YUAN], faults) {
        let entry = row.text(ENTRY);
        let remark = [ENTRY, SESSION, PROJECT, YUAN].iter().all(|column| row.text(*column).is_empty());
        if remark || ENTRY_AMOUNT.is(entry) || ENTRY_LEFT.is(entry) {
            continue;
        }
        let Some(payment) = payment(row, lookup, faults) else { continue };
        let (number, project) = (row.text(SESSION), row.text(PROJECT));
        let fact = ENTRY_LAUNCH_FACT.is(entry);
        let launch = fact || ENTRY_LAUNCH.is(entry) || (entry.is_empty() && number.is_empty());
        if launch && !project.is_empty() {
            launches.entry((lookup.project(project), fact)).or_default().push(payment);
        } else if launch || number.is_empty() {
            faults.push(row.problem(PlanFault::NothingPaid, if launch { PROJECT } else { SESSION }, ""));
        } else if let Some(position) = numbers.get(number) {
            plan.sessions[*position].funds.push(payment);
        } else {
            faults.push(row.problem(PlanFault::UnknownSession, SESSION, number));
        }
    }
    plan.launches = launches.into_iter().map(|((project, fact), funds)| Launch { project, funds, fact }).collect();
}

fn payment(row: PlanRow, lookup: &Lookup, faults: &mut Faults) -> Option<Payment> {
    let fund = lookup.resource(row.required(FUND, faults)?);
    let text = row.required(YUAN, faults)?;
    let fen = fen(text);
    if fen.is_none() {
        faults.push(row.problem(PlanFault::NotANumber, YUAN, text));
    }
    Some(Payment { fund, fen: fen? })
}

/// Yuan with at most two decimals, exactly.
fn fen(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

#[cfg(test)]
mod tests {
    use super::fen;

    #[test]
    fn yuan_are_read_to_the_fen() {
        assert_eq!(fen("1585.67"), Some(158_567));
        assert_eq!(fen("500.5"), Some(50_050));
        assert_eq!(fen("0"), Some(0));
        for text in ["", "-1", "1.005", "1e3", ".5", "99999999999999999999"] {
            assert_eq!(fen(text), None, "{text}");
        }
    }
}
