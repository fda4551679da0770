"""CP-SAT on a model in MPS: `python cpsat.py MODEL --seconds 300 --threads 2 --gigabytes 8`."""

import time

from ortools.sat.python import cp_model

from mps import limits, read
from watch import Watch, arguments

FAR = 2**40  # no number of a case is larger

given = arguments()
watch = Watch()
model = read(given.model)
program = cp_model.CpModel()
proto = program.proto
for low, high in zip(model.lower, model.upper):
    proto.variables.add().domain.extend([low, FAR if high is None else high])
for name, (sense, right, width) in model.rows.items():
    columns, coefficients = model.entries[name]
    low, high = limits(sense, right, width)
    linear = proto.constraints.add().linear
    linear.vars.extend(columns)
    linear.coeffs.extend(coefficients)
    linear.domain.extend([-(2**62) if low is None else low, 2**62 if high is None else high])
columns, coefficients = model.entries[model.objective]
sign = -1 if model.maximise else 1
proto.objective.vars.extend(columns)
proto.objective.coeffs.extend(sign * number for number in coefficients)
proto.objective.offset = float(sign * model.constant)
proto.objective.scaling_factor = float(sign)

solver = cp_model.CpSolver()
solver.parameters.max_time_in_seconds = given.seconds
solver.parameters.num_workers = given.threads
solver.parameters.relative_gap_limit = given.gap


start = time.perf_counter()


def since():
    return time.perf_counter() - start


class Seen(cp_model.CpSolverSolutionCallback):
    def on_solution_callback(self):
        watch.see(since(), self.objective_value, self.best_objective_bound)


solver.best_bound_callback = lambda bound: watch.see(since(), watch.last[0], bound)
status = solver.solve(program, Seen())
found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
watch.see(solver.wall_time, solver.objective_value if found else None, solver.best_objective_bound)
watch.end(solver.status_name(status), solver.wall_time)
