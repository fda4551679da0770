"""A network written by `sandan-benches` as arrays, ready for min-cost-flow solvers.

Node numbers: rows of people, then sessions, then one sink. Every cost is `top - worth`, so that none is
negative; who stays unserved goes to the sink directly at cost `top`. So value = top x people - cost.
"""

import sys
from dataclasses import dataclass

import numpy as np


@dataclass
class Network:
    supply: np.ndarray
    tails: np.ndarray
    heads: np.ndarray
    capacities: np.ndarray
    costs: np.ndarray
    top: int

    @property
    def people(self):
        return int(self.supply[self.supply > 0].sum())

    def value(self, cost):
        return self.top * self.people - int(cost)


def read(path):
    """Reads the file; every array is int64."""
    numbers = np.fromfile(path, dtype="<i4").astype(np.int64)
    rows, sessions, arcs = (int(n) for n in numbers[:3])
    people, seats, tails, heads, worths = np.split(numbers[3:], np.cumsum([rows, sessions, arcs, arcs]))
    sink = rows + sessions
    top = int(worths.max(initial=0))
    every_row, every_session = np.arange(rows), np.arange(sessions) + rows
    return Network(
        supply=np.concatenate([people, np.zeros(sessions, np.int64), [-people.sum()]]),
        tails=np.concatenate([tails, every_row, every_session]),
        heads=np.concatenate([heads + rows, np.full(rows + sessions, sink)]),
        capacities=np.concatenate([np.minimum(people[tails], seats[heads]), people, seats]),
        costs=np.concatenate([top - worths, np.full(rows, top), np.zeros(sessions, np.int64)]),
        top=top,
    )


def report(name, network, cost, build, solve):
    """Prints a row of the table."""
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(f"| {name} | {network.value(cost)} | optimal | {build:.2f} | {solve:.2f} | {peak // 1024} |")
    sys.stdout.flush()
