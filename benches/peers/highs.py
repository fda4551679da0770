"""HiGHS on a model in MPS: `python highs.py MODEL --seconds 300 --threads 2 --gigabytes 8`."""

import highspy

from watch import Watch, arguments

given = arguments()
watch = Watch()
highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.setOptionValue("threads", given.threads)
highs.setOptionValue("mip_rel_gap", given.gap)
highs.setOptionValue("mip_abs_gap", 0.999)  # values are whole
highs.readModel(given.model)
highs.setOptionValue("time_limit", given.seconds)


def seen(event):
    out = event.data_out
    watch.see(out.running_time, out.mip_primal_bound, out.mip_dual_bound)


highs.cbMipImprovingSolution += seen
highs.cbMipInterrupt += seen
highs.run()
info = highs.getInfo()
found = info.primal_solution_status == 2
watch.see(highs.getRunTime(), info.objective_function_value if found else None, info.mip_dual_bound)
watch.end(highs.modelStatusToString(highs.getModelStatus()), highs.getRunTime())
