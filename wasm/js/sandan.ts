/** The types of what the functions take and give; the functions themselves stand in `index.js`. */
import type { Case, Options as NativeOptions, Plan, ProblemRecord as Problem } from "../pkg/sandan.js";

export type { Case, Plan, ProblemRecord as Problem, Progress, ReportRecord as Report } from "../pkg/sandan.js";

/** One cell: dates as ISO 8601 text, lists as arrays, blank as `null`. */
export type Cell = string | number | boolean | null | undefined | readonly (string | number)[];

/** A case as one document: a key a table, in English or Chinese, rows as objects; `previous` is a plan. */
export interface Tables {
  readonly [table: string]: readonly { readonly [column: string]: Cell }[] | Plan | null | undefined;
}

/** The bytes of a workbook or a JSON document, JSON text, an object of tables, or CSV files by name. */
export type Source = Uint8Array | ArrayBuffer | string | Tables | Map<string, Uint8Array | string>;

/** What reading gives: a case, or everything that is wrong (the first 200 of each kind, and how many more). */
export type Reading =
  | { ok: true; case: Case; warnings: Problem[] }
  | { ok: false; problems: Problem[]; more: number };

/** What solving gives: a plan, or why there is none. */
export type Outcome =
  | { ok: true; plan: Plan; json: string }
  /** Pins cannot hold together. */
  | { ok: false; reason: "problems"; problems: Problem[]; more: number }
  /** Stopped before pins were either met or refuted. */
  | { ok: false; reason: "unknown" };

/** What may differ from the case's own settings. */
export interface Options extends NativeOptions {
  /** The gap at which a level may stop, as a share: 0.001. */
  gap?: number;
  /** Milliseconds after which the best plan so far is taken. */
  timeLimitMs?: number;
  /** Stops the run with the best plan so far. */
  signal?: AbortSignal;
}

export * from "./index.js";
