import type { Answer, Case, Edit, Event, Options, Outcome, Plan, Progress, Reading, Rematching, Report, Source } from "./sandan.js";
/** @import { Answer, Case, Edit, Event, Options, Outcome, Plan, Problem, Progress, Reading, Rematching, Report, Source } from "./sandan.js" */
export { EngineFault } from "./guard.js";
export { isWorkbook, loadSheets } from "./sheets.js";
/**
 * Reads a case from an .xlsx workbook (bytes), a JSON document (text, or an object with a key a table), or CSV files.
 *
 * @param {Source} source
 * @param {{ lang?: "zh" | "en", name?: string }} [options] the language of messages, Chinese unless said, and the name
 * of the file for messages
 * @returns {Reading} the case with its warnings, or every problem at once
 */
export declare function read(source: Source, { lang, name }?: {
    lang?: "zh" | "en";
    name?: string;
}): Reading;
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
export declare function solve(found: Case, options?: Options, onProgress?: (progress: Progress) => unknown): Promise<Outcome>;
/**
 * The lists with edits: a setting given a value, a row appended, a cell changed, rows taken out.
 *
 * @param {Case} found the case, which stays as it is
 * @param {readonly Edit[]} edits made in order
 * @returns {Reading}
 */
export declare function edit(found: Case, edits: readonly Edit[]): Reading;
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
export declare function rematch(found: Case, previous: Plan | string, { events, freezeBefore }?: {
    events?: readonly Event[];
    freezeBefore?: string;
}, options?: Options, onProgress?: (progress: Progress) => unknown): Promise<Rematching>;
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
export declare function answer(found: Case, kind: "why" | "repairs" | "gaps" | "prices" | "recommend" | "compare" | "fairness" | "audit", plan: Plan | string, asked?: {
    [about: string]: unknown;
}, other?: Plan | string): Answer;
/**
 * Judges a plan, ours or hand-made, by code that shares nothing with the engine but the tables.
 *
 * @param {Case} found the case
 * @param {Plan | string} plan a plan or its JSON
 * @returns {Report}
 */
export declare function check(found: Case, plan: Plan | string): Report;
/**
 * The canonical JSON of a plan, byte for byte the same from Rust, Python and JavaScript.
 *
 * @param {Plan | string} plan a plan or its JSON
 * @returns {string}
 */
export declare function planJson(plan: Plan | string): string;
/**
 * The workbook that a planner hands out: sessions, rota, unmet, gaps, funds, summary.
 *
 * @param {Case} found the case
 * @param {Plan | string} plan a plan or its JSON
 * @param {{ lang?: "zh" | "en" }} [options] the language of the sheets, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export declare function workbook(found: Case, plan: Plan | string, { lang }?: {
    lang?: "zh" | "en";
}): Uint8Array;
/**
 * The lists as a workbook, with columns named in the language asked for.
 *
 * @param {Case} found the case
 * @param {{ lang?: "zh" | "en" }} [options]
 * @returns {Uint8Array} an .xlsx file
 */
export declare function caseWorkbook(found: Case, { lang }?: {
    lang?: "zh" | "en";
}): Uint8Array;
/**
 * The lists as a `sandan-case/1` JSON document, with columns named in the language asked for.
 *
 * @param {Case} found the case
 * @param {{ lang?: "zh" | "en" }} [options]
 * @returns {string}
 */
export declare function caseJson(found: Case, { lang }?: {
    lang?: "zh" | "en";
}): string;
/**
 * An empty workbook to fill in, with headers, explanations, drop-down lists and worked example rows.
 *
 * @param {{ lang?: "zh" | "en" }} [options] its language, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export declare function template({ lang }?: {
    lang?: "zh" | "en";
}): Uint8Array;
