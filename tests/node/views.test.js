/** What a page shows of a plan: rows made in the worker, from a directory and a plan alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { views } from "../../wasm/js/views/index.js";

const indexed = (rows) => new Map(rows.map((row, at) => [row.id, { ...row, at }]));

/** A directory of as little as the views ask for. */
function directory() {
  const periods = ["M1", "M2", "M3"].map((id) => ({ id, name: id }));
  const projects = [{ id: "P1", name: "course", span: 2 }];
  const resources = ["R1", "R2"].map((id) => ({ id, name: id, kind: "staff", count: 1 }));
  const places = [{ id: "C1", name: "C1" }];
  const by = { periods: indexed(periods), projects: indexed(projects), resources: indexed(resources), places: indexed(places), needs: new Map() };
  return { periods, projects, resources, places, needs: [], by };
}

test("the calendar of staff counts a session in every period that it runs through, a rotating turn in its own", () => {
  const staff = [{ resource: "R1", member: 1, period: null }, { resource: "R2", member: 1, period: "M3" }];
  const plan = { sessions: [{ project: "P1", place: "C1", period: "M2", staff, needs: [] }] };
  const counts = (by) => Object.fromEntries(views.calendar({ directory: directory(), plan }, { by }).rows.map((row) => [row.id, row.counts]));
  assert.deepEqual(counts("staff"), { R1: [0, 1, 1], R2: [0, 0, 1] });
  assert.deepEqual(counts("project"), { P1: [0, 1, 0] });
});

test("a level of several terms has no bound to show until it is proven; a level of one has", () => {
  const levels = [
    { terms: { coverage: 9 }, gap_ppm: 1000 },
    { terms: { cost: -5, turns: -3 }, gap_ppm: 1000 },
    { terms: { cost: -5, turns: -3 }, gap_ppm: 0 },
  ];
  const plan = { status: "stopped", case: "", levels, sessions: [], launches: [], unmet: [], shortfalls: [] };
  const told = { levels: levels.map(({ gap_ppm }) => ({ text: "", gap: "", gap_ppm })) };
  const found = views.overview({ directory: directory(), plan, told });
  assert.deepEqual(found.levels.map(({ mixed }) => mixed), [false, true, false]);
});
