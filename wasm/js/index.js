/**
 * sandan 三单: matches a needs list, a project list and a resource list into a plan that breaks no rule.
 *
 * Faults of a case are answers, not exceptions. What is thrown is a mistake of the calling program.
 */
import * as native from "../pkg/engine.js";
import { guarded as guard } from "./guard.js";
import { drive } from "./run.js";
import { isWorkbook, sheets } from "./sheets.js";

/** @import { Answer, Case, Edit, Event, Options, Outcome, Plan, Problem, Progress, Reading, Rematching, Report, Source } from "./sandan.js" */

export { EngineFault } from "./guard.js";
export { isWorkbook, loadSheets } from "./sheets.js";

/**
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
const guarded = (call) => guard(call, native.lastPanic);

/**
 * Reads a case from an .xlsx workbook (bytes), a JSON document (text, or an object with a key a table), or CSV files.
 *
 * @param {Source} source
 * @param {{ lang?: "zh" | "en", name?: string }} [options] the language of messages, Chinese unless said, and the name
 * of the file for messages
 * @returns {Reading} the case with its warnings, or every problem at once
 */
export function read(source, { lang = "zh", name = "xlsx" } = {}) {
  return reading(() => open(source, lang, name));
}

/**
 * @param {() => Case} opened
 * @returns {Reading}
 */
function reading(opened) {
  try {
    const found = guarded(opened);
    return { ok: true, case: found, warnings: guarded(() => found.warnings) };
  } catch (fault) {
    return { ok: false, ...faults(fault) };
  }
}

/**
 * Finds a plan, checked. The page and the observer get a turn between pieces of work.
 *
 * The run ends early, with the best plan so far marked `stopped`, at the time limit, when `signal` aborts, and when
 * the observer answers `false`.
 *
 * @param {Case} found the case
 * @param {Options} [options] what may differ from the case's own settings
 * @param {(progress: Progress) => unknown} [onProgress] called after each piece of work; may be asynchronous
 * @returns {Promise<Outcome>}
 */
export async function solve(found, options = {}, onProgress) {
  const { timeLimitMs, signal, gap, ...rest } = options;
  const settings = gap === undefined ? rest : { ...rest, gapPpm: millionths(gap) };
  const run = guarded(() => found.start(settings));
  try {
    await drive(run, { timeLimitMs, signal }, onProgress);
    const json = guarded(() => run.plan());
    return json === undefined ? { ok: false, reason: "unknown" } : { ok: true, plan: JSON.parse(json), json };
  } catch (fault) {
    return { ok: false, reason: "problems", ...faults(fault) };
  } finally {
    run.free();
  }
}

/**
 * The lists with edits: a setting given a value, a row appended, a cell changed, rows taken out.
 *
 * @param {Case} found the case, which stays as it is
 * @param {readonly Edit[]} edits made in order
 * @returns {Reading}
 */
export function edit(found, edits) {
  return reading(() => found.edited(JSON.stringify(edits)));
}

/**
 * A new plan after events, or for lists that have changed since the plan before, with as few changes as the levels
 * allow. On large lists only what the events touch is planned again, unless `options` say `maxSteps`. `case` is what
 * the plan is of; `lists` are the planner's own lists after the events, to go on from.
 *
 * @param {Case} found the lists
 * @param {Plan | string} previous the plan before
 * @param {{ events?: readonly Event[], freezeBefore?: string }} [changes]
 * @param {Options} [options] as for `solve`
 * @param {(progress: Progress) => unknown} [onProgress]
 * @returns {Promise<Rematching>}
 */
export async function rematch(found, previous, { events = [], freezeBefore } = {}, options = {}, onProgress) {
  try {
    const prepared = guarded(() => found.rematch(text(previous), JSON.stringify(events), freezeBefore));
    try {
      const [of, lists] = [guarded(() => prepared.case()), guarded(() => prepared.lists())];
      const mended = options.maxSteps === undefined ? guarded(() => prepared.enough()) : undefined;
      const outcome = mended === undefined ? await solve(of, options, onProgress) : undefined;
      if (outcome && !outcome.ok) return outcome;
      const json = mended ?? guarded(() => prepared.better(outcome?.json ?? ""));
      const difference = JSON.parse(guarded(() => prepared.difference(json)));
      return { ok: true, plan: JSON.parse(json), json, case: of, lists, difference };
    } finally {
      prepared.free();
    }
  } catch (fault) {
    return { ok: false, reason: "problems", ...faults(fault) };
  }
}

/**
 * Answers a question about a plan; see `docs/answers.md`.
 *
 * @param {Case} found the case
 * @param {"why" | "repairs" | "gaps" | "prices" | "recommend" | "compare" | "fairness" | "audit"} kind
 * @param {Plan | string} plan
 * @param {{ [about: string]: unknown }} [asked] `need`, `rule` and `per`, `project`, `resource`, `most`, `price`
 * @param {Plan | string} [other] for `compare`
 * @returns {Answer} the document of `schemas/answers.schema.json` with the answer for people under `text`
 */
export function answer(found, kind, plan, asked = {}, other) {
  const against = other === undefined ? undefined : text(other);
  return JSON.parse(guarded(() => found.answer(kind, text(plan), JSON.stringify(asked), against)));
}

/**
 * Judges a plan, ours or hand-made, by code that shares nothing with the engine but the tables.
 *
 * @param {Case} found the case
 * @param {Plan | string} plan a plan or its JSON
 * @returns {Report}
 */
export function check(found, plan) {
  return guarded(() => found.check(text(plan)));
}

/**
 * The canonical JSON of a plan, byte for byte the same from Rust, Python and JavaScript.
 *
 * @param {Plan | string} plan a plan or its JSON
 * @returns {string}
 */
export function planJson(plan) {
  return guarded(() => native.planJson(text(plan)));
}

/**
 * The workbook that a planner hands out: sessions, rota, unmet, gaps, funds, summary.
 *
 * @param {Case} found the case
 * @param {Plan | string} plan a plan or its JSON
 * @param {{ lang?: "zh" | "en" }} [options] the language of the sheets, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export function workbook(found, plan, { lang = "zh" } = {}) {
  return guarded(() => sheets().planWorkbook(found.tables(), text(plan), lang));
}

/**
 * The lists as a workbook, with columns named in the language asked for.
 *
 * @param {Case} found the case
 * @param {{ lang?: "zh" | "en" }} [options]
 * @returns {Uint8Array} an .xlsx file
 */
export function caseWorkbook(found, { lang = "zh" } = {}) {
  return guarded(() => sheets().caseWorkbook(found.tables(), lang));
}

/**
 * The lists as a `sandan-case/1` JSON document, with columns named in the language asked for.
 *
 * @param {Case} found the case
 * @param {{ lang?: "zh" | "en" }} [options]
 * @returns {string}
 */
export function caseJson(found, { lang = "zh" } = {}) {
  return guarded(() => found.document(lang));
}

/**
 * An empty workbook to fill in, with headers, explanations, drop-down lists and worked example rows.
 *
 * @param {{ lang?: "zh" | "en" }} [options] its language, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export function template({ lang = "zh" } = {}) {
  return guarded(() => sheets().template(lang));
}

/**
 * @param {Source} source
 * @param {"zh" | "en"} lang
 * @param {string} name
 * @returns {Case}
 */
function open(source, lang, name) {
  if (source instanceof ArrayBuffer) return fromBytes(new Uint8Array(source), lang, name);
  if (ArrayBuffer.isView(source)) {
    return fromBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength), lang, name);
  }
  if (typeof source === "string") return native.readBytes("case.json", bytes(source), lang);
  if (source instanceof Map) {
    const contents = [...source.values()].map((content) => (typeof content === "string" ? bytes(content) : content));
    return native.readFiles([...source.keys()], contents, lang);
  }
  return native.readBytes("case.json", bytes(JSON.stringify(source)), lang);
}

/**
 * @param {Uint8Array} content
 * @param {"zh" | "en"} lang
 * @param {string} name
 */
function fromBytes(content, lang, name) {
  if (!isWorkbook(content, name)) return native.readBytes(name, content, lang);
  return native.readTables(sheets().readWorkbook(name, content), lang);
}

/** @param {string} content */
function bytes(content) {
  return new TextEncoder().encode(content);
}

/** @param {Plan | string} plan */
function text(plan) {
  return typeof plan === "string" ? plan : JSON.stringify(plan);
}

/** @param {number} gap */
function millionths(gap) {
  const ppm = Math.round(gap * 1e6);
  if (!(ppm >= 0)) throw new RangeError(`gap is a number ≥ 0, not ${gap}`);
  return ppm;
}

/**
 * The problems that the library threw; a mistake of the program is thrown on.
 *
 * @param {unknown} fault
 * @returns {{ problems: Problem[], more: number }}
 */
function faults(fault) {
  if (fault instanceof Error || fault === null || typeof fault !== "object" || !("problems" in fault)) throw fault;
  return /** @type {{ problems: Problem[], more: number }} */ (fault);
}
