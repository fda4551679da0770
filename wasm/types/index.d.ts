import type { Case, Options, Outcome, Plan, Progress, Reading, Report, Source } from "./sandan.js";
/**
 * Reads a case from an .xlsx workbook (bytes), a JSON document (text, or an object with a key a table), or CSV files.
 *
 * @param {Source} source
 * @param {{ lang?: "zh" | "en" }} [options] the language of messages, Chinese unless said
 * @returns {Reading} the case with its warnings, or every problem at once
 */
export declare function read(source: Source, { lang }?: {
    lang?: "zh" | "en";
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
 * An empty workbook to fill in, with headers, explanations, drop-down lists and worked example rows.
 *
 * @param {{ lang?: "zh" | "en" }} [options] its language, Chinese unless said
 * @returns {Uint8Array} an .xlsx file
 */
export declare function template({ lang }?: {
    lang?: "zh" | "en";
}): Uint8Array;
