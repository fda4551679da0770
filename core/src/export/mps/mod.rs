//! The integer model of the coverage level as a free-format MPS file, for other solvers: a second opinion on a bound,
//! or more power for a hard case.
//!
//! Levels above are rows that keep what a plan reached on them, so the optimum of the file is the best value that the
//! coverage level can still have. Members stand folded into classes, as in the engine.
//!
//! The file is ASCII. Its comments say which slot, need and class a number stands for; they hold ids only.

mod legend;
mod naming;

use std::fmt;

use super::names::grouped;
use crate::engine::formulate::{Formulation, formulate};
use crate::engine::program::{Column, FREE, Objective, Role};
use crate::lists::{Case, Lang, Term};
use crate::model::{Model, compile};
use crate::plan::Plan;

/// Nonzeros of the largest model that is written: those of all rows and of the objective.
pub const MOST_NONZEROS: usize = 2_000_000;

/// Why there is no model to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoModel {
    /// The model has so many nonzeros, more than [`MOST_NONZEROS`].
    TooLarge(usize),
    /// The plan was made for another case, or does not tell its levels.
    OtherPlan,
}

impl NoModel {
    /// What is wrong, for a planner.
    pub fn message(&self, lang: Lang) -> String {
        let most = grouped(MOST_NONZEROS as i64);
        match (self, lang) {
            (NoModel::TooLarge(nonzeros), Lang::Zh) => format!(
                "模型太大，写不成 MPS：有 {} 个非零系数，最多 {most} 个；可以少几个时段、地点或项目再试",
                grouped(*nonzeros as i64)
            ),
            (NoModel::TooLarge(nonzeros), Lang::En) => format!(
                "the model is too large for an MPS file: {} nonzeros, at most {most}; try fewer periods, places or projects",
                grouped(*nonzeros as i64)
            ),
            (NoModel::OtherPlan, Lang::Zh) => "方案不是由这个案例求出的，写不成 MPS".to_owned(),
            (NoModel::OtherPlan, Lang::En) => {
                "the plan was not made from this case, so no MPS file follows from it".to_owned()
            }
        }
    }
}

impl fmt::Display for NoModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for NoModel {}

/// The model of the coverage level (without one: of the last level), levels above held at what the plan reached.
///
/// The optimum is the level's value, constant included. The same case and plan give the same bytes.
///
/// # Errors
/// See [`NoModel`].
pub fn mps(case: &Case, plan: &Plan) -> Result<String, NoModel> {
    up_to(case, plan, MOST_NONZEROS)
}

/// Whether the model of a case can be written, to be asked before hours are spent on a plan.
///
/// # Errors
/// [`NoModel::TooLarge`].
pub fn writable(case: &Case) -> Result<(), NoModel> {
    let model = compile(case);
    let whole = formulate(&model);
    LevelModel::of(&model, &whole, None).within(MOST_NONZEROS)
}

fn up_to(case: &Case, plan: &Plan, most: usize) -> Result<String, NoModel> {
    if plan.case != case.hash || plan.levels.len() != case.settings.levels.len() {
        return Err(NoModel::OtherPlan);
    }
    let model = compile(case);
    let whole = formulate(&model);
    let level = LevelModel::of(&model, &whole, Some(plan));
    level.within(most)?;
    Ok(level.write())
}

/// One level of a program, with what is kept on the levels above.
struct LevelModel<'m, 'case> {
    model: &'m Model<'case>,
    whole: &'m Formulation,
    /// The level, from 0.
    level: usize,
    objective: Objective,
    rows: Vec<ModelRow<'m>>,
}

/// A row as it is written.
struct ModelRow<'m> {
    name: String,
    entries: &'m [(Column, i64)],
    sense: Sense,
}

/// What a row asks of its activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    AtLeast(i64),
    AtMost(i64),
    Equal(i64),
    /// Upper limit and width.
    Within(i64, i64),
}

impl Sense {
    /// `None` where nothing is asked.
    fn of(lower: i64, upper: i64) -> Option<Sense> {
        match (lower == -FREE, upper == FREE) {
            (true, true) => None,
            (true, false) => Some(Sense::AtMost(upper)),
            (false, true) => Some(Sense::AtLeast(lower)),
            (false, false) if lower == upper => Some(Sense::Equal(lower)),
            (false, false) => Some(Sense::Within(upper, upper.saturating_sub(lower))),
        }
    }

    fn letter(self) -> char {
        match self {
            Sense::AtLeast(_) => 'G',
            Sense::AtMost(_) | Sense::Within(..) => 'L',
            Sense::Equal(_) => 'E',
        }
    }

    fn limit(self) -> i64 {
        match self {
            Sense::AtLeast(limit) | Sense::AtMost(limit) | Sense::Equal(limit) | Sense::Within(limit, _) => limit,
        }
    }
}

/// The position of the level that is written.
fn coverage_level(levels: &[Vec<Term>]) -> usize {
    levels.iter().position(|terms| terms.contains(&Term::Coverage)).unwrap_or(levels.len().saturating_sub(1))
}

impl<'m, 'case> LevelModel<'m, 'case> {
    /// Without a plan the levels above are held at 0: that has as many nonzeros.
    fn of(model: &'m Model<'case>, whole: &'m Formulation, plan: Option<&Plan>) -> Self {
        let program = &whole.program;
        let level = coverage_level(&model.case.settings.levels);
        let mut rows = Vec::new();
        for (above, objective) in program.objectives.iter().enumerate().take(level) {
            let value = plan.map_or(0, |plan| plan.levels[above].value);
            if !objective.entries.is_empty() {
                let sense = Sense::AtLeast(value.saturating_sub(objective.constant));
                rows.push(ModelRow { name: format!("LEVEL{}", above + 1), entries: &objective.entries, sense });
            }
        }
        for row in 0..program.rows() {
            if let Some(sense) = Sense::of(program.row_lower[row], program.row_upper[row]) {
                rows.push(ModelRow { name: format!("c{}", row + 1), entries: program.row_of(row), sense });
            }
        }
        let objective = program.objectives.get(level).cloned().unwrap_or_default();
        LevelModel { model, whole, level, objective, rows }
    }

    fn nonzeros(&self) -> usize {
        self.objective.entries.len() + self.rows.iter().map(|row| row.entries.len()).sum::<usize>()
    }

    fn within(&self, most: usize) -> Result<(), NoModel> {
        let nonzeros = self.nonzeros();
        if nonzeros > most { Err(NoModel::TooLarge(nonzeros)) } else { Ok(()) }
    }

    fn write(&self) -> String {
        let mut text = Text(String::new());
        let names = naming::names(self.whole);
        legend::write(&mut text, self);
        text.line(format_args!("NAME sandan"));
        text.line(format_args!("OBJSENSE"));
        text.line(format_args!("    MAX"));
        text.line(format_args!("ROWS"));
        text.line(format_args!(" N OBJ"));
        for row in &self.rows {
            text.line(format_args!(" {} {}", row.sense.letter(), row.name));
        }
        self.columns(&mut text, &names);
        self.limits(&mut text);
        self.bounds(&mut text, &names);
        text.line(format_args!("ENDATA"));
        text.0
    }

    /// COLUMNS: the integer ones first, between markers.
    fn columns(&self, text: &mut Text, names: &[String]) {
        // The position of a row, or none for the objective, and the amount.
        let mut entries: Vec<Vec<(Option<usize>, i64)>> = vec![Vec::new(); names.len()];
        for (column, amount) in &self.objective.entries {
            entries[column.index()].push((None, *amount));
        }
        for (position, row) in self.rows.iter().enumerate() {
            for (column, amount) in row.entries {
                entries[column.index()].push((Some(position), *amount));
            }
        }
        let write = |text: &mut Text, column: usize| {
            let name = &names[column];
            if entries[column].is_empty() {
                // A column is known to a reader only by an entry.
                text.line(format_args!(" {name} OBJ 0"));
            }
            for (row, amount) in &entries[column] {
                let row = row.map_or("OBJ", |position| &self.rows[position].name);
                text.line(format_args!(" {name} {row} {amount}"));
            }
        };
        text.line(format_args!("COLUMNS"));
        let (integer, continuous): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|c| self.is_integer(*c));
        if !integer.is_empty() {
            text.line(format_args!(" MARKER1 'MARKER' 'INTORG'"));
            integer.into_iter().for_each(|column| write(text, column));
            text.line(format_args!(" MARKER2 'MARKER' 'INTEND'"));
        }
        continuous.into_iter().for_each(|column| write(text, column));
    }

    /// Flows and derived columns lose nothing by being continuous: integers elsewhere make integers of them.
    fn is_integer(&self, column: usize) -> bool {
        !matches!(self.whole.program.role[column], Role::Flow | Role::Derived)
    }

    /// RHS and RANGES; the right-hand side of the objective is minus its constant, as all readers take it.
    fn limits(&self, text: &mut Text) {
        text.line(format_args!("RHS"));
        if self.objective.constant != 0 {
            text.line(format_args!(" RHS OBJ {}", self.objective.constant.saturating_neg()));
        }
        for row in self.rows.iter().filter(|row| row.sense.limit() != 0) {
            text.line(format_args!(" RHS {} {}", row.name, row.sense.limit()));
        }
        let mut headed = false;
        for row in &self.rows {
            if let Sense::Within(_, width) = row.sense {
                if !headed {
                    text.line(format_args!("RANGES"));
                    headed = true;
                }
                text.line(format_args!(" RNG {} {width}", row.name));
            }
        }
    }

    /// BOUNDS, each said: readers differ in what they take for an integer column without any.
    fn bounds(&self, text: &mut Text, names: &[String]) {
        let program = &self.whole.program;
        text.line(format_args!("BOUNDS"));
        for (column, name) in names.iter().enumerate() {
            let (lower, upper) = (program.lower[column], program.upper[column]);
            if lower == upper {
                text.line(format_args!(" FX BND {name} {lower}"));
                continue;
            }
            if lower != 0 {
                text.line(format_args!(" LO BND {name} {lower}"));
            }
            if upper == FREE {
                text.line(format_args!(" PL BND {name}"));
            } else {
                text.line(format_args!(" UP BND {name} {upper}"));
            }
        }
    }
}

/// Lines, one after the other.
struct Text(String);

impl Text {
    fn line(&mut self, line: fmt::Arguments<'_>) {
        fmt::write(&mut self.0, line).expect("a string takes whatever is written");
        self.0.push('\n');
    }
}

#[cfg(test)]
mod tests;
