"""LEMON's network simplex (wheel pylmcf) on a network: `python flow_lemon.py FILE`."""

import sys
import time

import numpy as np
from pylmcf import pylmcf_cpp

from network import read, report

start = time.perf_counter()
network = read(sys.argv[1])
built = time.perf_counter()
flow = pylmcf_cpp.lmcf(network.supply, network.tails, network.heads, network.capacities, network.costs)
solved = time.perf_counter()
report("LEMON network simplex", network, np.dot(flow, network.costs), built - start, solved - built)
