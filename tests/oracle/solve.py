"""Solves one case level by level to proven optimality with CP-SAT (one worker, fixed seed)."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from limits import Limits
from lists import Case
from model import Model
from readback import plan_of
from terms import Terms

LIMIT = 2**53 - 1


class Timeout(Exception):
    """A level could not be proven in time; nothing is claimed then."""


def new_solver(seconds: float, work: float | None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    if work is not None:
        solver.parameters.max_deterministic_time = work
    solver.parameters.relative_gap_limit = 0.0
    solver.parameters.absolute_gap_limit = 0.0
    return solver


def solve(document: dict, seconds: float = 60.0, relaxed: frozenset[str] = frozenset(), with_plan: bool = True,
          work: float | None = None) -> dict:
    """{"status", "levels", "terms", "plan"} of one case; `relaxed` names limits to ignore (binding.py).

    `seconds` is a limit by the clock for the whole case, `work` one by CP-SAT's own count for each level (the same on
    every machine).
    """
    deadline = time.monotonic() + seconds
    case = Case(document)
    model = Model(case, relaxed)
    limits = Limits(model)
    terms = Terms(model, limits)
    expressions = [{name: terms.term(name) for name in level} for level in case.levels]
    solver, values = None, []
    try:
        for level in expressions:
            worth = sum(case.weights[name] * term for name, term in level.items())
            solver = _best(model, worth, solver, deadline, work)
            if solver is None:
                return {"status": "infeasible", "levels": [], "terms": []}
            best = solver.value(worth)
            values.append(best)
            model.cp.add(worth >= best)
    except Timeout:
        return {"status": "timeout", "levels": values, "terms": []}
    answer = {"status": "optimal", "levels": values,
              "terms": [{name: solver.value(term) for name, term in level.items()} for level in expressions]}
    if with_plan:
        answer["plan"] = plan_of(model, limits, solver, answer)
    return answer


def _best(model: Model, worth, last: cp_model.CpSolver | None, deadline: float, work: float | None):
    """A solver that holds an optimal solution of this level, or None when nothing is feasible."""
    if last is not None and last.value(worth) >= ceiling(worth):
        return last  # the plan in hand already reaches what the variables' own ranges allow
    if last is not None:
        model.cp.clear_hints()
        for index in range(len(last.response_proto.solution)):  # constants may have been added since
            variable = model.cp.get_int_var_from_proto_index(index)
            model.cp.add_hint(variable, last.value(variable))
    model.cp.maximize(worth)
    solver = new_solver(deadline - time.monotonic(), work)
    status = solver.solve(model.cp)
    if status == cp_model.OPTIMAL:
        return solver
    if status == cp_model.INFEASIBLE and last is None:
        return None
    if status == cp_model.UNKNOWN or status == cp_model.FEASIBLE:
        raise Timeout
    raise AssertionError(f"CP-SAT ended with {solver.status_name(status)}")


def ceiling(worth) -> int:
    """The largest value that the variables' ranges allow a linear expression."""
    if isinstance(worth, int):
        return worth
    flat = cp_model.FlatIntExpr(worth)
    top = flat.offset
    for variable, factor in zip(flat.vars, flat.coeffs):
        ranges = list(variable.proto.domain)
        top += factor * (ranges[-1] if factor > 0 else ranges[0])
    return int(top)
