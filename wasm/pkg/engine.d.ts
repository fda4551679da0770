/* tslint:disable */
/* eslint-disable */
/**
 * A [`Difference`] as other programs read it.
 */
export interface DifferenceRecord {
    /**
     * Where in the plan: `case`, `levels[2].value`, `unmet N40`, ….
     */
    claim: string;
    /**
     * What the plan says; blank if nothing.
     */
    claimed: string;
    /**
     * What was recomputed; blank if nothing.
     */
    found: string;
    /**
     * One line for a planner, in the language asked for.
     */
    message: string;
}

/**
 * A [`Report`] as other programs read it.
 */
export interface ReportRecord {
    /**
     * Whether no hard constraint is broken.
     */
    ok: boolean;
    /**
     * Every hard constraint broken.
     */
    violations: ViolationRecord[];
    /**
     * The levels recomputed: terms and value; bound and gap are 0.
     */
    levels: Level[];
    /**
     * Unmet needs recomputed.
     */
    unmet: Unmet[];
    /**
     * Quota shortfalls recomputed.
     */
    shortfalls: Shortfall[];
    /**
     * Claims of the plan that differ from what was recomputed.
     */
    differences: DifferenceRecord[];
}

/**
 * A [`Violation`] as other programs read it.
 */
export interface ViolationRecord {
    /**
     * `H1` … `H15`, `facts` or `form`.
     */
    constraint: string;
    /**
     * The session ids concerned.
     */
    sessions: string[];
    /**
     * Other ids concerned.
     */
    subjects: string[];
    /**
     * The amount found, where there is one.
     */
    found: number | null;
    /**
     * The amount allowed, where there is one.
     */
    allowed: number | null;
    /**
     * One line for a planner, in the language asked for.
     */
    message: string;
}

/**
 * A cell of a sheet that limits what can be planned.
 */
export interface LimitCell {
    /**
     * The table, by its English name.
     */
    table: string;
    /**
     * The row as seen in Excel; `None` for a setting.
     */
    row?: number;
    /**
     * The id of the row; blank where it has none.
     */
    id?: string;
    /**
     * The column by its English name; `None` for a whole row.
     */
    column?: string;
    /**
     * What the cell says, defaults filled in; blank where it could be personal.
     */
    value?: string;
}

/**
 * A need with unserved units.
 */
export interface Unmet {
    /**
     * The need.
     */
    need: string;
    /**
     * Units not served, ≥ 1.
     */
    units: number;
    /**
     * Why.
     */
    reason?: Reason;
}

/**
 * A plan, in canonical order when it comes from sandan.
 */
export interface Plan {
    /**
     * [`FORMAT`].
     */
    format: string;
    /**
     * SHA-256 of the normalised case, lower-case hex; blank in a plan made by hand.
     */
    case?: string;
    /**
     * The version of sandan that made it.
     */
    version?: string;
    /**
     * The settings in force, without threads and time limit, as written in the settings table.
     */
    settings?: Record<string, string>;
    /**
     * What is known about the whole.
     */
    status?: Status;
    /**
     * One entry a level, in order.
     */
    levels?: Level[];
    /**
     * The sessions held.
     */
    sessions?: Session[];
    /**
     * The launches paid.
     */
    launches?: Launch[];
    /**
     * Needs with unserved units.
     */
    unmet?: Unmet[];
    /**
     * Quotas missed.
     */
    shortfalls?: Shortfall[];
    /**
     * What one more unit of each scarce thing is worth on the coverage level.
     */
    prices?: Price[];
    /**
     * Counts of work done.
     */
    stats?: Record<string, number>;
}

/**
 * A problem as other programs read it.
 */
export interface ProblemRecord {
    /**
     * Stable code, `E…` or `W…`.
     */
    code: string;
    /**
     * English table name.
     */
    table: string | null;
    /**
     * Row as seen in Excel.
     */
    row: number | null;
    /**
     * English column name.
     */
    column: string | null;
    /**
     * The value found.
     */
    value: string;
    /**
     * What is wrong, in the language asked for.
     */
    message: string;
    /**
     * What is expected.
     */
    expected: string;
    /**
     * What to do.
     */
    hint: string;
}

/**
 * A quota missed.
 */
export interface Shortfall {
    /**
     * The rule.
     */
    rule: string;
    /**
     * The combination of the `per` keys: key name to id or word.
     */
    per?: Record<string, string>;
    /**
     * How many are missing, ≥ 1.
     */
    missing: number;
    /**
     * Why.
     */
    reason?: Reason;
}

/**
 * Everything wrong with a case, errors and warnings: the first 200 of each, and how many more there were.
 */
export interface Faults {
    problems: ProblemRecord[];
    more: number;
}

/**
 * Fen from a fund.
 */
export interface Payment {
    /**
     * The fund row.
     */
    fund: string;
    /**
     * Fen, ≥ 1.
     */
    fen: number;
}

/**
 * Items from a stock.
 */
export interface Draw {
    /**
     * The goods row.
     */
    stock: string;
    /**
     * The item.
     */
    item: string;
    /**
     * How many, ≥ 1.
     */
    n: number;
}

/**
 * One level of a plan's worth.
 */
export interface Level {
    /**
     * Unweighted terms, negative where they are losses.
     */
    terms: Record<string, number>;
    /**
     * Σ weight × term.
     */
    value: number;
    /**
     * No plan that equals this one on the levels above can exceed it.
     */
    bound: number;
    /**
     * ⌈10⁶ × (bound − value) ÷ max(1, |bound|, Σ |weight × term|)⌉.
     */
    gap_ppm: number;
}

/**
 * One member in one post of a session.
 */
export interface Seat {
    /**
     * The staff row.
     */
    resource: string;
    /**
     * The member of the row, from 1.
     */
    member: number;
    /**
     * The number of the post, from 1.
     */
    post: number;
    /**
     * The post's role.
     */
    role?: string;
    /**
     * Only for rotating posts: the period served.
     */
    period?: string | null;
}

/**
 * One project held at one place, starting in one period.
 */
export interface Session {
    /**
     * `S0001`, numbered in canonical order.
     */
    id?: string;
    /**
     * The project.
     */
    project: string;
    /**
     * The place: a leaf or `online`.
     */
    place: string;
    /**
     * The start period.
     */
    period: string;
    /**
     * Who is served.
     */
    needs?: Served[];
    /**
     * Who serves.
     */
    staff?: Seat[];
    /**
     * The venue row, if one is needed.
     */
    venue?: string;
    /**
     * The room of the venue row, from 1.
     */
    room?: number;
    /**
     * What pays for it.
     */
    funds?: Payment[];
    /**
     * What it takes from stock.
     */
    goods?: Draw[];
    /**
     * It was in `previous` before the freeze.
     */
    fact?: boolean;
}

/**
 * One stage of a funnel.
 */
export interface FunnelStep {
    /**
     * The stage.
     */
    stage: Stage;
    /**
     * Candidates left: projects at `offers`, cells (project, place, period) from `reach` on.
     */
    left: number;
    /**
     * Up to five names of what stood in the way where nothing is left, by code point: session ids, resource ids, ….
     */
    by?: string[];
}

/**
 * The launch of a project that is held.
 */
export interface Launch {
    /**
     * The project.
     */
    project: string;
    /**
     * What pays for it.
     */
    funds?: Payment[];
    /**
     * It was paid in `previous`.
     */
    fact?: boolean;
}

/**
 * The stages of a funnel, in order.
 */
export type Stage = "offers" | "reach" | "period" | "venue" | "staff" | "free" | "affordable" | "rules";

/**
 * The verdict of an explanation.
 */
export type Verdict = "not_examined" | "impossible" | "outbid" | "tie" | "not_proven";

/**
 * Units of a need served in a session.
 */
export interface Served {
    /**
     * The need.
     */
    need: string;
    /**
     * Units, ≥ 1.
     */
    units: number;
}

/**
 * What an observer of a run sees.
 */
export interface Progress {
    /**
     * What is being done.
     */
    phase: "compile" | "construct" | "search" | "done";
    /**
     * The level being worked on, from 0.
     */
    level: number;
    /**
     * How many levels there are.
     */
    levels: number;
    /**
     * Steps of work done so far.
     */
    steps: number;
    /**
     * The value of the best plan on this level.
     */
    value: number | null;
    /**
     * The bound of this level.
     */
    bound: number | null;
    /**
     * The gap of this level, in parts per million.
     */
    gapPpm: number | null;
}

/**
 * What is known about a plan.
 */
export type Status = "optimal" | "within_gap" | "stopped" | "unknown";

/**
 * What may differ from the case's own settings.
 */
export interface Options {
    /**
     * The gap at which a level may stop, in parts per million.
     */
    gapPpm?: number;
    /**
     * Work limit in steps.
     */
    maxSteps?: number;
    /**
     * Seed.
     */
    seed?: number;
}

/**
 * What one more unit of a scarce thing is worth on the coverage level.
 */
export interface Price {
    /**
     * What: `staff`, `venue`, `fund` or `goods`.
     */
    kind: string;
    /**
     * Resource rows that are alike, by id.
     */
    resources: string[];
    /**
     * Where, if it matters.
     */
    place?: string;
    /**
     * When, if it matters.
     */
    period?: string;
    /**
     * Worth on the coverage level, in thousandths.
     */
    worth_milli: number;
}

/**
 * Why something is not in the plan.
 */
export interface Reason {
    /**
     * How many candidates are left after each stage, in order.
     */
    funnel?: FunnelStep[];
    /**
     * The verdict.
     */
    verdict?: Verdict;
    /**
     * `impossible`: cells of the sheets that cannot hold together with it; lifting any one makes it possible.
     */
    limits?: LimitCell[];
    /**
     * `impossible` with no such cell: what nobody offers, by its key.
     */
    fact?: string;
    /**
     * `outbid` and `tie`: the change of each level if it is served all the same.
     */
    change?: number[];
    /**
     * `outbid` and `tie`: needs that are then served less, at most five, by id.
     */
    instead_of?: string[];
}


/**
 * A case as the library holds it, with the tables that it was read from.
 */
export class Case {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Answers a question about a plan of this case, as the JSON of `schemas/answers.schema.json` with the answer for
     * people under `text`: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`, `compare`, `fairness` or `audit`;
     * `asked` is JSON with what is asked about.
     */
    answer(kind: string, plan_json: string, asked: string, other_json?: string | null): string;
    /**
     * Judges a plan by the lists alone.
     */
    check(plan_json: string): ReportRecord;
    /**
     * Names and places of everything in the lists, as JSON: what a page needs to show a plan.
     */
    directory(): string;
    /**
     * The lists as a `sandan-case/1` document, with columns named in the language asked for.
     */
    document(lang: string): string;
    /**
     * The lists with edits, JSON as `js/index.js` describes it; throws `Faults` where the lists then have some.
     */
    edited(edits: string): Case;
    /**
     * The lists after events (the JSON of `schemas/events.schema.json`), with the plan before; throws `Faults` where
     * the lists then have some.
     */
    rematch(previous_json: string, events: string, freeze_before?: string | null): Rematch;
    /**
     * Begins a run.
     */
    start(options: Options): Run;
    /**
     * The raw tables as text for `readTables`: row numbers and all, so that a case can be kept outside of WebAssembly.
     */
    tables(): string;
    /**
     * What is to be said about a plan of this case, in words, as JSON: its levels, and why each unmet need and each
     * missed quota is so.
     */
    told(plan_json: string): string;
    /**
     * SHA-256 of the normalised case: equal cases have equal hashes, however they were written.
     */
    readonly hash: string;
    /**
     * What deserves a second look; warnings never change the meaning.
     */
    readonly warnings: ProblemRecord[];
}

/**
 * The lists after the events, with the plan before.
 */
export class Rematch {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The better of a plan found for `case` and the plan before mended in place, as canonical JSON.
     */
    better(plan_json: string): string;
    /**
     * The case to solve: its levels value few changes, and `previous` is the plan before.
     */
    case(): Case;
    /**
     * The difference with its reasons: the answer `rematch` of `schemas/answers.schema.json`, with `text`.
     */
    difference(plan_json: string): string;
    /**
     * The plan before, mended, as canonical JSON, where that is as well to hand out as what a search of the whole would
     * find; else `undefined`.
     */
    enough(): string | undefined;
    /**
     * The planner's own lists after the events, without what a rematch adds: to go on editing.
     */
    lists(): Case;
}

/**
 * A run between two steps.
 *
 * The solver borrows its case, so both live in one future, which is polled once a step: a coroutine in safe Rust.
 */
export class Run {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The canonical JSON of the best plan so far, if there is one; the run goes on.
     */
    best(): string | undefined;
    /**
     * Ends the run and hands out the canonical JSON of the best plan so far; throws `Faults` when pins cannot hold together, and nothing
     * (`undefined`) comes back when it was stopped before that was known.
     */
    plan(): string | undefined;
    /**
     * Works for about `steps` steps; the phase is `done` when nothing is left to do.
     */
    step(steps: number): Progress;
    /**
     * The case's own time limit in milliseconds, which the caller keeps.
     */
    readonly timeLimitMs: number | undefined;
}

/**
 * The names of tables and columns in a language, by their English names, as JSON: problems and limits name them in
 * English, planners know them by their headers.
 */
export function headers(lang: string): string;

/**
 * The message of the last panic, if there was one; it is handed out once.
 */
export function lastPanic(): string | undefined;

/**
 * A plan's canonical JSON from any `sandan-plan/1` document; throws where the text is none.
 */
export function planJson(text: string): string;

/**
 * Reads a case from the bytes of a JSON document; `name` is used in messages.
 */
export function readBytes(name: string, bytes: Uint8Array | number[], lang: string): Case;

/**
 * Reads a case from CSV files, as from a folder.
 */
export function readFiles(names: string[], contents: Uint8Array[], lang: string): Case;

/**
 * Reads a case from the text of `Case.tables` or of the file that reads workbooks.
 */
export function readTables(tables: string, lang: string): Case;

/**
 * Keeps the message of a panic for [`last_panic`].
 */
export function start(): void;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_case_free: (a: number, b: number) => void;
    readonly __wbg_rematch_free: (a: number, b: number) => void;
    readonly __wbg_run_free: (a: number, b: number) => void;
    readonly case_answer: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly case_check: (a: number, b: number, c: number) => [number, number, number];
    readonly case_directory: (a: number) => [number, number];
    readonly case_document: (a: number, b: number, c: number) => [number, number, number, number];
    readonly case_edited: (a: number, b: number, c: number) => [number, number, number];
    readonly case_hash: (a: number) => [number, number];
    readonly case_rematch: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number];
    readonly case_start: (a: number, b: any) => [number, number, number];
    readonly case_tables: (a: number) => [number, number];
    readonly case_told: (a: number, b: number, c: number) => [number, number, number, number];
    readonly case_warnings: (a: number) => [number, number, number, number];
    readonly headers: (a: number, b: number) => [number, number, number, number];
    readonly lastPanic: () => [number, number];
    readonly planJson: (a: number, b: number) => [number, number, number, number];
    readonly readBytes: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly readFiles: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly readTables: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly rematch_better: (a: number, b: number, c: number) => [number, number, number, number];
    readonly rematch_case: (a: number) => number;
    readonly rematch_difference: (a: number, b: number, c: number) => [number, number, number, number];
    readonly rematch_enough: (a: number) => [number, number];
    readonly rematch_lists: (a: number) => [number, number, number];
    readonly run_best: (a: number) => [number, number];
    readonly run_plan: (a: number) => [number, number, number, number];
    readonly run_step: (a: number, b: number) => [number, number, number];
    readonly run_timeLimitMs: (a: number) => [number, number];
    readonly start: () => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
