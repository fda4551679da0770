/** Lines of a difference between two plans, with names in words. */
import { nameOf } from "./rows.js";

/** @param {import("./index.js").On} on @param {{ rows: any[] }} asked lines as in the answers `rematch` and `compare` */
export function changes({ directory: { by } }, { rows }) {
  const table = /** @type {Record<string, Map<string, any>>} */ ({ need: by.needs, member: by.resources });
  return rows.map((row) => ({
    ...row,
    name: row.what === "session" ? nameOf(by.projects, row.project) : nameOf(table[row.what], row.id),
    where: [row.what === "member" ? nameOf(by.projects, row.project) : "", nameOf(by.places, row.place), nameOf(by.periods, row.period)]
      .filter(Boolean)
      .join(" · "),
  }));
}
