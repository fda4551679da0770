use std::collections::BTreeMap;

use crate::lists::{Case, Kind};
use crate::plan::Plan;

/// One fund with every payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundAccount<'a> {
    /// The fund row.
    pub fund: &'a str,
    /// What it holds, in fen; `None` if a fact names a fund that the lists no longer have.
    pub amount_fen: Option<i64>,
    /// Σ payments in fen.
    pub spent_fen: i64,
    /// Payments: launches first, then sessions in the order of the plan.
    pub spendings: Vec<Spending>,
}

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spending {
    /// For what.
    pub cause: Cause,
    /// Fen, ≥ 1.
    pub fen: i64,
}

/// What a payment is for, by position in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A launch of the plan.
    Launch(usize),
    /// A session of the plan.
    Session(usize),
}

pub(super) fn accounts<'a>(case: &'a Case, plan: &'a Plan) -> Vec<FundAccount<'a>> {
    let mut accounts: BTreeMap<&str, FundAccount> = BTreeMap::new();
    for row in case.resources.iter().filter(|r| r.kind == Kind::Fund) {
        accounts.insert(&row.id, open(&row.id, Some(row.amount)));
    }
    let launches = plan.launches.iter().enumerate().map(|(i, l)| (Cause::Launch(i), &l.funds));
    let sessions = plan.sessions.iter().enumerate().map(|(i, s)| (Cause::Session(i), &s.funds));
    for (cause, payments) in launches.chain(sessions) {
        for payment in payments {
            let account = accounts.entry(&payment.fund).or_insert_with(|| open(&payment.fund, None));
            account.spent_fen = account.spent_fen.saturating_add(payment.fen);
            account.spendings.push(Spending { cause, fen: payment.fen });
        }
    }
    accounts.into_values().collect()
}

fn open(fund: &str, amount_fen: Option<i64>) -> FundAccount<'_> {
    FundAccount { fund, amount_fen, spent_fen: 0, spendings: Vec::new() }
}
