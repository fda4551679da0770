"""The best value of MPS models, proven by HiGHS: `python highs.py one.mps two.mps` prints one line a file.

A process of its own: ortools and highspy must never be imported into one.
"""

from __future__ import annotations

import json
import sys

import highspy


def best(path: str) -> dict:
    solver = highspy.Highs()
    # No time limit: the reader of HiGHS keeps it by the wall clock too, and gives up on a machine that stands still.
    for option, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0,
                          "mip_feasibility_tolerance": 1e-9}.items():
        assert solver.setOptionValue(option, value) == highspy.HighsStatus.kOk, option
    read = solver.readModel(path)
    if read != highspy.HighsStatus.kOk:
        return {"status": f"{path} read with {read.name}"}
    solver.run()
    model = solver.getLp()
    return {
        "status": solver.modelStatusToString(solver.getModelStatus()),
        "value": solver.getObjectiveValue() if model.num_col_ else model.offset_,
        "columns": model.num_col_,
        "rows": model.num_row_,
        "integers": sum(kind == highspy.HighsVarType.kInteger for kind in model.integrality_),
        "maximised": model.sense_ == highspy.ObjSense.kMaximize,
    }


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(best(name)), flush=True)
