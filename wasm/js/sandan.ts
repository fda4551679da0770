/** The types of what the functions take and give; the functions themselves stand in `index.js`. */
import type { Case, Options as NativeOptions, Plan, ProblemRecord as Problem } from "../pkg/engine.js";

export type { Case, Plan, ProblemRecord as Problem, Progress, ReportRecord as Report } from "../pkg/engine.js";

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

/** One edit of the lists; tables and columns by their names in either language. */
export type Edit =
  /** Gives a setting a value; blank is the default again. */
  | { do: "setting"; key: string; value: string }
  /** Appends a row to a table. */
  | { do: "append"; table: string; cells: { [column: string]: string } }
  /** Changes a cell; the row is the one seen in Excel. */
  | { do: "cell"; table: string; row: number; column: string; value: string }
  /** Takes rows out. */
  | { do: "remove"; table: string; rows: number[] };

/** Something that happened since a plan was made; see `schemas/events.schema.json`. */
export interface Event {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** An answer about a plan; see `schemas/answers.schema.json`. */
export interface Answer {
  readonly format: "sandan-answer/1";
  readonly answer: string;
  /** The answer for people. */
  readonly text: string;
  // What else there is depends on the question.
  readonly [field: string]: any;
}

/** What rematching gives: a plan with the case it is of, the lists to go on from and the difference. */
export type Rematching =
  | { ok: true; plan: Plan; json: string; case: Case; lists: Case; difference: Answer }
  | Exclude<Outcome, { ok: true }>;

export * from "./index.js";
