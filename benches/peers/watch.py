"""What both peers share: limits, and the lines that the runner reads.

A line is a JSON object: `{"seconds", "value", "bound"}` whenever one of them changed, and at the end
`{"end": status, …, "peak_mb"}`. Value and bound are whole numbers, as the coverage level is.
"""

import argparse
import json
import math
import resource
import sys


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gigabytes", type=float, default=8.0)
    parser.add_argument("--gap", type=float, default=0.0)
    given = parser.parse_args()
    most = int(given.gigabytes * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return given


class Watch:
    """Prints a line whenever value or bound changed."""

    def __init__(self):
        self.last = (None, None)

    def see(self, seconds, value, bound):
        now = (rounded(value, round), rounded(bound, math.floor))
        if now != self.last:
            self.last = now
            line({"seconds": round(seconds, 3), "value": now[0], "bound": now[1]})

    def end(self, status, seconds):
        with open("/proc/self/status") as text:
            peak = next(int(row.split()[1]) for row in text if row.startswith("VmHWM"))
        value, bound = self.last
        line({"end": status, "seconds": round(seconds, 3), "value": value, "bound": bound, "peak_mb": peak // 1024})


def rounded(number, how):
    """A whole number; bounds are whole too, since every value is. None where there is none yet."""
    if number is None or abs(number) > 1e15:
        return None
    return int(how(number + (1e-6 if how is math.floor else 0)))


def line(record):
    print(json.dumps(record))
    sys.stdout.flush()
