//! With the feature `highs`: points suggested by HiGHS, through good_lp. A suggestion is judged in integers like any
//! other point, and no bound is ever taken from it.

use good_lp::solvers::highs::highs;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, variable};

use super::formulate::Formulation;
use super::program::{FREE, Role};
use super::search::settle::settle;

/// Nodes HiGHS may look at: a limit of work, not of time, so that the same case gives the same plan.
const NODES: i32 = 2_000;

/// A point that is good on a level and keeps the values of the levels above; `None` if HiGHS finds none.
pub fn suggest(formulation: &Formulation, level: usize, keep: &[i64]) -> Option<Vec<i64>> {
    let program = &formulation.program;
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = (0..program.columns())
        .map(|c| {
            let bounded = variable().min(program.lower[c] as f64).max(program.upper[c] as f64);
            // Flows are integral whenever the others are.
            variables.add(if program.role[c] == Role::Flow { bounded } else { bounded.integer() })
        })
        .collect();
    let sum = |entries: &[(super::program::Column, i64)]| -> Expression {
        entries.iter().map(|(c, a)| columns[c.index()] * *a as f64).sum()
    };
    let mut model = variables
        .maximise(sum(&program.objectives[level].entries))
        .using(highs)
        .set_option("random_seed", 0)
        .set_option("threads", 1)
        .set_option("mip_max_nodes", NODES)
        .set_option("output_flag", false);
    for row in 0..program.rows() {
        let (lower, upper) = (program.row_lower[row], program.row_upper[row]);
        if lower != -FREE {
            model.add_constraint(constraint::geq(sum(program.row_of(row)), lower as f64));
        }
        if upper != FREE {
            model.add_constraint(constraint::leq(sum(program.row_of(row)), upper as f64));
        }
    }
    for (above, value) in keep.iter().enumerate() {
        model.add_constraint(constraint::geq(sum(&program.objectives[above].entries), *value as f64));
    }
    let solution = model.solve().ok()?;
    let x = columns
        .iter()
        .enumerate()
        .map(|(c, v)| (solution.value(*v).round() as i64).clamp(program.lower[c], program.upper[c]))
        .collect();
    settle(formulation, x)
}
