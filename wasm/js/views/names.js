/** Rows of the lists by name, and what is set and pinned: what a planner chooses from. */
import { holding, nameOf } from "./rows.js";

/** @param {import("./index.js").On} on @param {{ table?: string, kind?: string, text?: string, most?: number }} asked */
export function names({ directory }, { table, kind, text, most = 50 }) {
  if (!table) return { periods: directory.periods, settings: directory.settings, pins: pins(directory), counts: counts(directory) };
  const holds = holding(text);
  const found = [];
  for (const row of directory[table]) {
    if ((!kind || row.kind === kind) && holds(row.name)) found.push({ id: row.id, name: row.name, count: row.count });
    if (found.length >= most) break;
  }
  return found;
}

function counts(/** @type {any} */ directory) {
  return Object.fromEntries(["needs", "projects", "resources", "places", "periods"].map((table) => [table, directory[table].length]));
}

function pins(/** @type {any} */ { pins, by }) {
  return pins.map((/** @type {any} */ pin) => ({
    row: pin.row,
    pin: pin.pin,
    count: pin.count,
    names: [
      nameOf(by.needs, pin.need), nameOf(by.projects, pin.project), nameOf(by.places, pin.place),
      nameOf(by.periods, pin.period), nameOf(by.resources, pin.resource),
    ].filter(Boolean),
  }));
}
