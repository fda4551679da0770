/** The tasks of a page's main thread, from Chromium's own trace. */

/** Traces a page while something is done. @returns {Promise<any[]>} the events of the trace */
export async function traced(page, work) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ["toplevel", "devtools.timeline"], excludedCategories: ["*"] };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  await work();
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await ended;
  await session.detach();
  return events;
}

/** The longest task of the page's own thread in milliseconds: by the clock, and of work done in it. */
export function longest(events) {
  const main = new Set();
  for (const { name, args, pid, tid } of events) {
    if (name === "thread_name" && args.name === "CrRendererMain") main.add(`${pid}/${tid}`);
  }
  const tasks = events.filter(({ name, ph, pid, tid }) => ph === "X" && /RunTask$/.test(name) && main.has(`${pid}/${tid}`));
  if (tasks.length === 0) throw new Error("the trace holds no tasks");
  const most = (key) => Math.round(Math.max(...tasks.map((task) => task[key] ?? 0)) / 100) / 10;
  return { wall: most("dur"), cpu: most("tdur") };
}
