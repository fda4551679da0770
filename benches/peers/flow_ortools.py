"""OR-Tools' SimpleMinCostFlow on a network: `python flow_ortools.py FILE`."""

import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

from network import read, report

start = time.perf_counter()
network = read(sys.argv[1])
solver = min_cost_flow.SimpleMinCostFlow()
solver.add_arcs_with_capacity_and_unit_cost(network.tails, network.heads, network.capacities, network.costs)
solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
built = time.perf_counter()
status = solver.solve()
solved = time.perf_counter()
if status != solver.OPTIMAL:
    sys.exit(f"SimpleMinCostFlow: status {status}")
report("OR-Tools SimpleMinCostFlow", network, solver.optimal_cost(), built - start, solved - built)
