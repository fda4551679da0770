/** A plan in a few numbers. */
import { servedBy } from "./rows.js";

/** @param {import("./index.js").On} on */
export function overview({ directory, plan, told }) {
  const served = servedBy(plan);
  const units = new Map();
  for (const need of directory.needs) {
    const sums = units.get(need.unit) ?? { unit: need.unit, wanted: 0, served: 0 };
    sums.wanted += need.quantity;
    sums.served += Math.min(need.quantity, served.get(need.id) ?? 0);
    units.set(need.unit, sums);
  }
  const people = new Set();
  let fen = 0;
  for (const session of plan.sessions) {
    for (const seat of session.staff) people.add(`${seat.resource}\n${seat.member}`);
    for (const payment of session.funds) fen += payment.fen;
  }
  for (const launch of plan.launches) for (const payment of launch.funds) fen += payment.fen;
  return {
    status: plan.status,
    case: plan.case,
    // The bound of a level that weighs several terms against each other is no number that a planner knows.
    levels: told.levels.map((/** @type {any} */ level, /** @type {number} */ at) => ({ ...level, mixed: level.gap_ppm > 0 && Object.keys(plan.levels[at].terms).length > 1 })),
    units: [...units.values()],
    sessions: plan.sessions.length,
    places: new Set(plan.sessions.map((/** @type {any} */ session) => session.place)).size,
    projects: new Set(plan.sessions.map((/** @type {any} */ session) => session.project)).size,
    people: people.size,
    fen,
    unmet: plan.unmet.length,
    shortfalls: plan.shortfalls.length,
  };
}
