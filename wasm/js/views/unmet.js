/** What a plan leaves out, each with its reason. */
import { holding, nameOf, window } from "./rows.js";

/** @param {import("./index.js").On} on @param {{ text?: string, from?: number, count?: number }} asked */
export function unmet({ directory: { by }, plan, told }, asked) {
  const holds = holding(asked.text);
  const rows = plan.unmet.map((/** @type {any} */ row, /** @type {number} */ at) => {
    const need = by.needs.get(row.need);
    return {
      need: row.need,
      name: nameOf(by.needs, row.need),
      place: nameOf(by.places, need?.place),
      missing: row.units,
      wanted: need?.quantity ?? row.units,
      unit: need?.unit ?? "",
      must: need?.must ?? false,
      priority: need?.priority ?? 1,
      verdict: row.reason.verdict,
      ...told.unmet[at],
    };
  });
  const found = rows.filter((/** @type {any} */ row) => holds(`${row.name}\n${row.place}\n${row.reason}`));
  // What must be met comes first, then what weighs most.
  found.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(b.must) - Number(a.must) || b.priority * b.missing - a.priority * a.missing || (a.need < b.need ? -1 : 1));
  return window(found, asked, (row) => row);
}

/** @param {import("./index.js").On} on @param {{ from?: number, count?: number }} asked */
export function shortfalls({ plan, told }, asked) {
  const rows = plan.shortfalls.map((/** @type {any} */ row, /** @type {number} */ at) => ({
    rule: row.rule,
    per: row.per,
    missing: row.missing,
    ...told.shortfalls[at],
  }));
  return window(rows, asked, (row) => row);
}
