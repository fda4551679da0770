use super::fault::Fault;
use crate::lists::Lang;

/// One broken constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// `H1` … `H15`, `facts`, or `form` for a plan that names what the lists do not have.
    pub constraint: &'static str,
    /// What exactly is wrong.
    pub fault: Fault,
    /// The session ids concerned; `#3` is the third session of a plan that numbers none.
    pub sessions: Vec<String>,
    /// Other ids concerned: needs, resources, rules, …, in the order in which the sentence names them.
    pub subjects: Vec<String>,
    /// The amount found, where there is one (money in fen).
    pub found: Option<i64>,
    /// The amount allowed, where there is one (money in fen).
    pub allowed: Option<i64>,
}

impl Violation {
    pub(super) fn new(constraint: &'static str, fault: Fault) -> Self {
        Violation { constraint, fault, sessions: Vec::new(), subjects: Vec::new(), found: None, allowed: None }
    }

    pub(super) fn of<const N: usize>(mut self, subjects: [&str; N]) -> Self {
        self.subjects = subjects.iter().map(|s| (*s).to_owned()).collect();
        self
    }

    pub(super) fn at(mut self, session: &str) -> Self {
        self.sessions.push(session.to_owned());
        self
    }

    pub(super) fn among(mut self, mut sessions: Vec<String>) -> Self {
        sessions.sort();
        sessions.dedup();
        self.sessions = sessions;
        self
    }

    pub(super) fn amounts(mut self, found: i128, allowed: i128) -> Self {
        (self.found, self.allowed) = (Some(narrow(found)), Some(narrow(allowed)));
        self
    }

    /// One line for a planner, with ids and amounts.
    pub fn message(&self, lang: Lang) -> String {
        let mut out = format!("{} {}", self.constraint, self.fill(self.fault.template(lang)));
        let (open, comma, close) = match lang {
            Lang::Zh => ("（", "、", "）"),
            Lang::En => (" (", ", ", ")"),
        };
        if !self.sessions.is_empty() {
            out.push_str(open);
            out.push_str(&self.sessions.join(comma));
            out.push_str(close);
        }
        out
    }

    /// Puts subjects and amounts where the sentence names them: `{0}`, `{found}`, `{allowed}`, and `{found¥}`,
    /// `{allowed¥}` for fen as yuan.
    fn fill(&self, template: &str) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            out.push_str(&rest[..open]);
            let name = &rest[open + 1..open + length];
            match (name, name.parse::<usize>()) {
                (_, Ok(position)) => out.push_str(self.subjects.get(position).map_or("?", String::as_str)),
                ("found", _) => out.push_str(&plain(self.found)),
                ("allowed", _) => out.push_str(&plain(self.allowed)),
                ("found¥", _) => out.push_str(&yuan(self.found)),
                ("allowed¥", _) => out.push_str(&yuan(self.allowed)),
                _ => {}
            }
            rest = &rest[open + length + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// A sum that has outgrown 64 bits is shown as the largest number there is: it is beyond every limit either way.
pub(super) fn narrow(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

/// A sum that stays at the largest number there is rather than wrap.
pub(super) fn sum(amounts: impl Iterator<Item = i128>) -> i128 {
    amounts.fold(0, i128::saturating_add)
}

fn plain(amount: Option<i64>) -> String {
    amount.map_or_else(|| "?".to_owned(), |n| n.to_string())
}

fn yuan(amount: Option<i64>) -> String {
    let Some(fen) = amount else { return "?".to_owned() };
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}¥{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_ids_and_amounts_in_both_languages() {
        let violation = Violation::new("H7", Fault::MemberLoad)
            .of(["R7", "1", "2025-07"])
            .among(vec!["S0009".to_owned(), "S0004".to_owned()])
            .amounts(3, 2);
        assert_eq!(violation.message(Lang::Zh), "H7 R7 第 1 位成员在 2025-07 负荷 3，上限 2（S0004、S0009）");
        assert_eq!(
            violation.message(Lang::En),
            "H7 member 1 of R7 carries a load of 3 in 2025-07, at most 2 (S0004, S0009)"
        );
    }

    #[test]
    fn money_reads_as_yuan() {
        let violation = Violation::new("H10", Fault::Overdrawn).of(["F1"]).amounts(123_405, 100_000);
        assert!(violation.message(Lang::En).contains("¥1234.05"), "{}", violation.message(Lang::En));
        assert!(violation.message(Lang::Zh).contains("¥1000.00"));
    }
}
