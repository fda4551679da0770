/** How much of its demand each group and each service gets, weighted by priority; the worst-off first. */
import { servedBy } from "./rows.js";

const BINS = 10;

/** @param {import("./index.js").On} on @param {{ by?: "group" | "service" | "place" }} asked */
export function coverage({ directory, plan }, { by = "group" }) {
  const served = servedBy(plan);
  /** @type {Map<string, { name: string, wanted: number, served: number }>} */
  const sums = new Map();
  for (const need of directory.needs) {
    const got = Math.min(need.quantity, served.get(need.id) ?? 0);
    const keys = by === "service" ? [need.services.join(" / ")] : [by === "place" ? need.place : need.group];
    for (const key of keys) {
      const sum = sums.get(key) ?? { name: directory.by.places.get(key)?.name ?? key, wanted: 0, served: 0 };
      sum.wanted += need.quantity * need.priority;
      sum.served += got * need.priority;
      sums.set(key, sum);
    }
  }
  const rows = [...sums.values()].map((row) => ({ ...row, share: Math.floor((row.served * 1000) / row.wanted) }));
  rows.sort((a, b) => a.share - b.share || b.wanted - a.wanted || (a.name < b.name ? -1 : 1));
  const bins = new Array(BINS).fill(0);
  for (const row of rows) bins[Math.min(BINS - 1, Math.floor(row.share / (1000 / BINS)))] += 1;
  const total = rows.reduce((sum, row) => ({ wanted: sum.wanted + row.wanted, served: sum.served + row.served }), { wanted: 0, served: 0 });
  return { by, rows, bins, total };
}
