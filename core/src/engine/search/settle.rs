//! From decisions to a complete point: indicators and derived columns follow, flows are found exactly.

use std::collections::BTreeMap;

use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};

use super::super::formulate::Formulation;
use super::super::program::{Role, Row};

/// Completes a point whose sessions, units, staff and rooms are decided. `None` if no completion keeps every row.
pub fn settle(formulation: &Formulation, mut x: Vec<i64>) -> Option<Vec<i64>> {
    let program = &formulation.program;
    program.complete(&mut x);
    flow(formulation, &mut x)?;
    program.holds(&x).then_some(x)
}

/// A maximum flow from supplies to groups meets every demand or none can.
fn flow(formulation: &Formulation, x: &mut [i64]) -> Option<()> {
    let program = &formulation.program;
    let mut graph: DiGraph<(), u64> = DiGraph::new();
    let (source, sink) = (graph.add_node(()), graph.add_node(()));
    let mut supplies: BTreeMap<Row, NodeIndex> = BTreeMap::new();
    let mut arcs = Vec::new();
    let mut wanted = 0i64;
    for column in (0..program.columns()).filter(|c| program.role[*c] == Role::Flow) {
        x[column] = 0;
    }
    for group in &formulation.groups {
        let Some(row) = group.row else { continue };
        // The row's limit is what demands outside this part ask for.
        let asked: i64 = program.row_of(row.index()).iter().map(|(c, a)| a * x[c.index()]).sum();
        let demand = program.row_lower[row.index()] - asked;
        if demand < 0 {
            return None;
        }
        if demand == 0 {
            continue;
        }
        wanted += demand;
        let node = graph.add_node(());
        graph.add_edge(node, sink, demand.unsigned_abs());
        for (_, column) in &group.supplies {
            let Some(column) = *column else { continue };
            let from = match program.column_of(column).iter().find(|(r, _)| *r != row) {
                Some((supply, _)) => *supplies.entry(*supply).or_insert_with(|| {
                    let direct: i64 = program.row_of(supply.index()).iter().map(|(c, a)| a * x[c.index()]).sum();
                    let node = graph.add_node(());
                    graph.add_edge(source, node, (program.row_upper[supply.index()] - direct).max(0).unsigned_abs());
                    node
                }),
                None => source,
            };
            let arc = graph.add_edge(from, node, program.upper[column.index()].unsigned_abs());
            arcs.push((column, arc));
        }
    }
    if wanted == 0 {
        return Some(());
    }
    let (most, flows) = ford_fulkerson(&graph, source, sink);
    if most < wanted.unsigned_abs() {
        return None;
    }
    for (column, arc) in arcs {
        x[column.index()] += i64::try_from(flows[arc.index()]).expect("a flow is at most its supply");
    }
    Some(())
}
