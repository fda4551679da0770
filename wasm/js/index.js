/**
 * sandan 三单: matches a needs list, a project list and a resource list into a plan that breaks no rule.
 *
 * Faults of a case are answers, not exceptions. What is thrown is a mistake of the calling program.
 */
import * as native from "../pkg/sandan.js";
import { guarded } from "./guard.js";

/** @import { Case, Options, Outcome, Plan, Problem, Progress, Reading, Report, Source } from "./sandan.js" */

/** Steps between two looks at the clock and the observer: as many as the library's own `solve` takes. */
const STEPS = 256;
/** Milliseconds of work before the page gets a turn. */
const TURN = 20;

/**
 * Reads a case from an .xlsx workbook (bytes), a JSON document (text, or an object with a key a table), or CSV files.
 *
 * @param {Source} source
 * @param {{ lang?: "zh" | "en" }} [options] the language of messages, Chinese unless said
 * @returns {Reading} the case with its warnings, or every problem at once
 */
export function read(source, { lang = "zh" } = {}) {
  try {
    const found = guarded(() => open(source, lang));
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
    const started = performance.now();
    const deadline = started + (timeLimitMs ?? run.timeLimitMs ?? Infinity);
    let turn = started;
    for (;;) {
      const progress = guarded(() => run.step(STEPS));
      const answer = await onProgress?.(progress);
      const now = performance.now();
      if (progress.phase === "done" || answer === false || signal?.aborted || now >= deadline) break;
      if (now - turn >= TURN) {
        await aTurn();
        turn = performance.now();
      }
    }
    const json = guarded(() => run.plan());
    return json === undefined ? { ok: false, reason: "unknown" } : { ok: true, plan: JSON.parse(json), json };
  } catch (fault) {
    return { ok: false, reason: "problems", ...faults(fault) };
  } finally {
    run.free();
  }
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
  return guarded(() => found.workbook(text(plan), lang));
}

/**
 * An empty workbook to fill in, with headers, explanations, drop-down lists and worked example rows.
 *
 * @param {{ lang?: "zh" | "en" }} [options] its language, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export function template({ lang = "zh" } = {}) {
  return guarded(() => native.template(lang));
}

/**
 * @param {Source} source
 * @param {"zh" | "en"} lang
 * @returns {Case}
 */
function open(source, lang) {
  if (source instanceof ArrayBuffer) return native.readBytes("xlsx", new Uint8Array(source), lang);
  if (ArrayBuffer.isView(source)) {
    return native.readBytes("xlsx", new Uint8Array(source.buffer, source.byteOffset, source.byteLength), lang);
  }
  if (typeof source === "string") return native.readBytes("case.json", bytes(source), lang);
  if (source instanceof Map) {
    const contents = [...source.values()].map((content) => (typeof content === "string" ? bytes(content) : content));
    return native.readFiles([...source.keys()], contents, lang);
  }
  return native.readBytes("case.json", bytes(JSON.stringify(source)), lang);
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

/** Lets timers, messages and painting come first. @returns {Promise<void>} */
function aTurn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
