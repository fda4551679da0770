/** The package's calls, and what it does with faults. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { guarded } from "../../wasm/js/guard.js";
import { answer, caseJson, caseWorkbook, check, edit, EngineFault, planJson, read, rematch, solve, template, workbook } from "../../wasm/js/node.js";
import { root } from "./case_files.js";

const LISTS = {
  needs: [{ id: "N1", place: "C1", services: ["消防"], quantity: 2 }],
  projects: [{ id: "P1", services: "消防", size: 2, staffing: "社工:1" }],
  resources: [{ id: "R1", roles: "社工", place: "C1" }],
};

function small() {
  const reading = read(LISTS);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.case;
}

test("an object, its text and CSV files are the same case", () => {
  const files = new Map([
    ["needs.csv", "id,place,services,quantity\nN1,C1,消防,2\n"],
    ["项目清单.csv", "编号,服务类别,每场人数,岗位\nP1,消防,2,社工:1\n"],
    ["resources.csv", new TextEncoder().encode("id,roles,place\nR1,社工,C1\n")],
  ]);
  const hashes = [LISTS, JSON.stringify(LISTS), new TextEncoder().encode(JSON.stringify(LISTS)), files].map((source) => {
    const reading = read(source);
    assert.ok(reading.ok, JSON.stringify(reading));
    return reading.case.hash;
  });
  assert.equal(new Set(hashes).size, 1);
});

test("what is wrong with a case is an answer, in the language asked for", () => {
  const wrong = { ...LISTS, needs: [{ id: "N1", place: "C1", services: "消防", quantity: "two" }] };
  const reading = read(wrong, { lang: "en" });
  assert.ok(!reading.ok);
  const { table, row, column, message } = reading.problems[0];
  assert.deepEqual([table, row, column], ["needs", 2, "quantity"]);
  const chinese = read(wrong);
  assert.ok(!chinese.ok && chinese.problems[0].message !== message);
});

test("bytes that are no workbook and text that is no JSON are answers too", () => {
  for (const source of [new Uint8Array([0x50, 0x4b, 3, 4]), new ArrayBuffer(3), "{"]) {
    const reading = read(source);
    assert.ok(!reading.ok && reading.problems.length > 0);
  }
});

test("a mistake of the program is thrown", async () => {
  assert.throws(() => read(LISTS, { lang: /** @type {any} */ ("fr") }), /`zh` or `en`/);
  assert.throws(() => planJson("[]"), /sandan-plan\/1/);
  await assert.rejects(solve(small(), /** @type {any} */ ({ gaps: 1 })), /gaps/);
  await assert.rejects(solve(small(), { gap: Number.NaN }), /gap/);
});

test("a plan is solved, told, checked and written", async () => {
  const seen = [];
  const outcome = await solve(small(), { gap: 0, seed: 3 }, (progress) => seen.push(progress));
  assert.ok(outcome.ok);
  assert.equal(seen.at(-1).phase, "done");
  assert.equal(outcome.plan.sessions.length, 1);
  assert.equal(planJson(outcome.plan), outcome.json);
  assert.ok(check(small(), outcome.plan).ok);
});

test("a plan and an empty case are handed out as workbooks", async () => {
  const outcome = await solve(small());
  assert.ok(outcome.ok);
  for (const file of [workbook(small(), outcome.plan, { lang: "en" }), template(), template({ lang: "en" })]) {
    assert.deepEqual([...file.slice(0, 2)], [0x50, 0x4b]);
  }
});

test("lists go out as workbook and JSON, and come back as they were", () => {
  const found = small();
  for (const written of [caseWorkbook(found), caseWorkbook(found, { lang: "en" }), caseJson(found), caseJson(found, { lang: "en" })]) {
    const reading = read(written);
    assert.ok(reading.ok, JSON.stringify(reading));
    assert.equal(reading.case.hash, found.hash);
  }
});

test("lists are edited, and an edit that makes no sense is a problem with its place", () => {
  const found = small();
  const pinned = edit(found, [
    { do: "setting", key: "权重.路程", value: "70" },
    { do: "append", table: "指定", cells: { 方式: "禁止", project: "P1" } },
    { do: "cell", table: "needs", row: 2, column: "数量", value: "3" },
  ]);
  assert.ok(pinned.ok, JSON.stringify(pinned));
  const lists = JSON.parse(caseJson(pinned.case, { lang: "en" }));
  assert.deepEqual(lists.settings, [{ key: "weight.travel", value: 70 }]);
  assert.deepEqual([lists.pins[0].pin, lists.pins[0].project, lists.needs[0].quantity], ["禁止", "P1", 3]);
  const back = edit(pinned.case, [
    { do: "setting", key: "weight.travel", value: "" },
    { do: "remove", table: "pins", rows: [2] },
    { do: "cell", table: "needs", row: 2, column: "quantity", value: "2" },
  ]);
  assert.ok(back.ok && back.case.hash === found.hash);
  const wrong = edit(found, [{ do: "cell", table: "needs", row: 2, column: "place", value: "nowhere" }, { do: "append", table: "places", cells: { id: "C1" } }]);
  assert.ok(!wrong.ok && wrong.problems[0].table === "needs" && wrong.problems[0].row === 2);
  assert.throws(() => edit(found, /** @type {any} */ ([{ do: "guess" }])), /no edits/);
});

test("a plan is matched again after an event, with the difference and its reason", async () => {
  const two = edit(small(), [{ do: "append", table: "resources", cells: { id: "R2", roles: "社工", place: "C1" } }]);
  assert.ok(two.ok);
  const before = await solve(two.case);
  assert.ok(before.ok);
  const gone = before.plan.sessions[0].staff[0].resource;
  const next = await rematch(two.case, before.plan, { events: [{ kind: "dropped_out", resource: gone }] });
  assert.ok(next.ok, JSON.stringify(next));
  assert.notEqual(next.plan.sessions[0].staff[0].resource, gone);
  assert.equal(next.difference.answer, "rematch");
  assert.ok(check(next.case, next.plan).ok);
  // The lists to go on from know of the event, but not of the plan before.
  const lists = JSON.parse(caseJson(next.lists, { lang: "en" }));
  assert.equal(lists.previous, undefined);
  assert.equal(lists.settings?.length ?? 0, 0);
  await assert.rejects(rematch(two.case, before.plan, { events: [{ kind: "dropped_out", resource: "R9" }] }), /R9/);
});

test("questions about a plan are answered", async () => {
  const few = edit(small(), [{ do: "cell", table: "needs", row: 2, column: "quantity", value: "5" }]);
  assert.ok(few.ok);
  const outcome = await solve(few.case);
  assert.ok(outcome.ok);
  const why = answer(few.case, "why", outcome.plan, { need: "N1" });
  assert.deepEqual([why.format, why.answer, why.verdict], ["sandan-answer/1", "why", "impossible"]);
  const gaps = answer(few.case, "gaps", outcome.plan);
  assert.equal(gaps.said.length, gaps.gaps.length);
});

test("the observer, a signal and the clock stop a run", async () => {
  const ways = [
    solve(small(), {}, () => false),
    solve(small(), {}, async () => false),
    solve(small(), { signal: AbortSignal.abort() }),
    solve(small(), { timeLimitMs: 0 }),
  ];
  for (const outcome of await Promise.all(ways)) assert.ok(outcome.ok || outcome.reason === "unknown");
});

test("a panic is an error with its message", () => {
  const trap = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  assert.throws(() => guarded(trap, () => "panicked at engine"), /fault of its own: panicked at engine/);
  assert.throws(() => guarded(trap, trap), /fault of its own: unreachable/);
  assert.throws(() => guarded(trap, trap), EngineFault);
});

test("the package carries the version of the workspace", () => {
  const { version } = JSON.parse(readFileSync(join(root, "wasm/package.json"), "utf8"));
  assert.match(readFileSync(join(root, "Cargo.toml"), "utf8"), new RegExp(`^version = "${version}"$`, "m"));
});
