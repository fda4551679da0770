/** Sessions by period, and by place, project or member of staff. */
import { holding, window } from "./rows.js";

/**
 * @param {import("./index.js").On} on
 * @param {{ by?: "place" | "project" | "staff", text?: string, from?: number, count?: number }} asked
 */
export function calendar({ directory, plan }, asked) {
  const by = asked.by ?? "place";
  /** @type {Map<string, number[]>} */
  const cells = new Map();
  const add = (/** @type {string} */ row, /** @type {string} */ period) => {
    const at = directory.by.periods.get(period)?.at;
    if (at === undefined) return;
    const counts = cells.get(row) ?? new Array(directory.periods.length).fill(0);
    counts[at] += 1;
    cells.set(row, counts);
  };
  for (const session of plan.sessions) {
    if (by === "staff") {
      const periods = spanned(directory, session);
      const rows = new Set(
        session.staff.flatMap((/** @type {any} */ seat) => (seat.period ? [seat.period] : periods).map((period) => `${seat.resource}\n${period}`)),
      );
      for (const row of rows) add(...(/** @type {[string, string]} */ (row.split("\n"))));
    } else add(session[by], session.period);
  }
  const table = { place: "places", project: "projects", staff: "resources" }[by];
  const holds = holding(asked.text);
  const rows = directory[table].filter((/** @type {any} */ row) => cells.has(row.id) && holds(row.name));
  let most = 0;
  for (const counts of cells.values()) for (const count of counts) most = Math.max(most, count);
  return {
    by,
    most,
    periods: directory.periods,
    ...window(rows, asked, (/** @type {any} */ row) => ({ id: row.id, name: row.name, counts: cells.get(row.id) })),
  };
}

/** The periods that a session runs through: who works in it all along works in each. @returns {string[]} */
function spanned(/** @type {any} */ { by, periods }, /** @type {any} */ session) {
  const at = by.periods.get(session.period)?.at;
  if (at === undefined) return [session.period];
  return periods.slice(at, at + (by.projects.get(session.project)?.span ?? 1)).map((/** @type {any} */ period) => period.id);
}
