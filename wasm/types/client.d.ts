/**
 * The engine in a worker: nothing here blocks the page. Cases and plans are handles whose contents the page holds as
 * Blobs; a worker that fails is replaced, and what the handles stand for is opened again in the new one.
 */
import { EngineFault } from "./guard.js";
import type { Answer, Edit, Event, Plan, Problem, Progress, Report, Tables } from "./sandan.js";
export type Lang = "zh" | "en";
export type KeptPlan = {
    readonly key: string;
    readonly blob: Blob;
};
export type KeptCase = {
    readonly key: string;
    readonly blob: Blob;
    readonly hash: string;
    readonly lang: Lang;
};
export type Source = Blob | ArrayBuffer | Uint8Array | string | Tables | Map<string, Blob | Uint8Array | string> | File[];
export type PlacedProblem = Problem & {
    sheet: string | null;
    header: string | null;
};
export type Reading = {
    ok: true;
    case: KeptCase;
    warnings: PlacedProblem[];
} | {
    ok: false;
    problems: PlacedProblem[];
    more: number;
};
export type Later = Promise<KeptPlan | undefined>;
export type Outcome = {
    ok: true;
    plan: KeptPlan;
    cancelled: boolean;
    later?: Later;
} | {
    ok: false;
    reason: "problems";
    problems: Problem[];
    more: number;
} | {
    ok: false;
    reason: "unknown";
    later?: Later;
};
export type Waiting = {
    call: string;
    args: object;
    resolve: (value: any) => void;
    reject: (error: unknown) => void;
    watch: Watch;
    best?: KeptPlan;
    found?: boolean;
    late?: (plan: KeptPlan | undefined) => void;
};
export type Options = {
    gap?: number;
    maxSteps?: number;
    seed?: number;
    timeLimitMs?: number;
};
export type Watch = {
    onProgress?: (progress: Progress) => void;
    onBest?: (plan: KeptPlan) => void;
    signal?: AbortSignal;
};
export type Changes = {
    events?: readonly Event[];
    freezeBefore?: string;
};
export { EngineFault };
/** The engine, behind a worker. */
export declare class Client {
    #private;
    /**
     * @param {{ worker?: () => Worker, packed?: { engine: string, sheets: string } }} [options] another way to start the
     * worker, and the WebAssembly files it is sent (the single-file build)
     */
    constructor({ worker, packed }?: {
        worker?: () => Worker;
        packed?: {
            engine: string;
            sheets: string;
        };
    });
    /** Starts the worker, which fetches the engine, before there is anything to ask of it. */
    warm(): void;
    /**
     * Reads lists: a workbook, a JSON document, CSV files, or an object of tables.
     *
     * @param {Source} source
     * @param {{ lang?: Lang, name?: string, signal?: AbortSignal }} [options]
     * @returns {Promise<Reading>}
     */
    read(source: Source, { lang, name, signal }?: {
        lang?: Lang;
        name?: string;
        signal?: AbortSignal;
    }): Promise<Reading>;
    /** The same lists with messages in another language. @returns {Promise<Reading>} */
    reread(/** @type {KeptCase} */ found: KeptCase, /** @type {Lang} */ lang: Lang): Promise<Reading>;
    /** The lists with edits. @returns {Promise<Reading>} */
    edit(/** @type {KeptCase} */ found: KeptCase, /** @type {readonly Edit[]} */ edits: readonly Edit[]): Promise<Reading>;
    /**
     * Finds a plan. When `signal` aborts, a plan is handed out within 0.2 s: the best so far, or the last one that was
     * shown where the worker is too deep in its work to make out the best in that time. Then `later` is the best, a moment
     * after; a worker that does not come to that is replaced. An error carries the last plan that was shown as `best`.
     *
     * @param {KeptCase} found
     * @param {Options} [options]
     * @param {Watch} [watch]
     * @returns {Promise<Outcome>}
     */
    solve(found: KeptCase, { gap, ...options }?: Options, watch?: Watch): Promise<Outcome>;
    /**
     * A new plan for changed lists or after events, with as few changes as its levels allow, and the difference with
     * reasons (none where it was cancelled); on large lists only what the events touch is planned again, unless `options`
     * say `maxSteps`. `case` is what the plan is of; `lists` are the planner's own lists after the
     * events, to go on from.
     *
     * @param {KeptCase} found
     * @param {KeptPlan} before
     * @param {Changes} [changes]
     * @param {Options} [options]
     * @param {Watch} [watch]
     * @returns {Promise<{ ok: true, plan: KeptPlan, case: KeptCase, lists: KeptCase, difference: Answer | undefined, cancelled: boolean, later?: Later } | Exclude<Outcome, { ok: true }>>}
     */
    rematch(found: KeptCase, before: KeptPlan, { events, freezeBefore }?: Changes, options?: Options, watch?: Watch): Promise<{
        ok: true;
        plan: KeptPlan;
        case: KeptCase;
        lists: KeptCase;
        difference: Answer | undefined;
        cancelled: boolean;
        later?: Later;
    } | Exclude<Outcome, {
        ok: true;
    }>>;
    /**
     * The lists after events: `case` as a rematch solves it, `lists` as the planner goes on with them.
     *
     * @param {KeptCase} found
     * @param {KeptPlan} before
     * @param {Changes} changes
     * @returns {Promise<{ ok: true, case: KeptCase, lists: KeptCase, warnings: Problem[] } | { ok: false, problems: Problem[], more: number }>}
     */
    prepare(found: KeptCase, before: KeptPlan, { events, freezeBefore }?: Changes): Promise<{
        ok: true;
        case: KeptCase;
        lists: KeptCase;
        warnings: Problem[];
    } | {
        ok: false;
        problems: Problem[];
        more: number;
    }>;
    /**
     * Answers a question about a plan; see `answer` of the package.
     *
     * @returns {Promise<Answer>}
     */
    answer(
    /** @type {KeptCase} */ found: KeptCase, 
    /** @type {string} */ kind: string, 
    /** @type {KeptPlan} */ plan: KeptPlan, 
    /** @type {{ asked?: object, other?: KeptPlan, signal?: AbortSignal }} */ { asked, other, signal }?: {
        asked?: object;
        other?: KeptPlan;
        signal?: AbortSignal;
    }): Promise<Answer>;
    /** Judges a plan by the lists alone. @returns {Promise<Report>} */
    check(/** @type {KeptCase} */ found: KeptCase, /** @type {KeptPlan} */ plan: KeptPlan): Promise<Report>;
    /** Takes in a plan that the page has. @returns {Promise<KeptPlan>} */
    plan(/** @type {Blob | string | Plan} */ source: Blob | string | Plan): Promise<KeptPlan>;
    /**
     * A part of a plan as rows to show, with names in words; see `js/views`.
     *
     * @returns {Promise<any>}
     */
    view(
    /** @type {string} */ view: string, 
    /** @type {KeptCase} */ found: KeptCase, 
    /** @type {KeptPlan | undefined} */ plan: KeptPlan | undefined, 
    /** @type {object} */ asked?: object): Promise<any>;
    /**
     * A file to hand out: `plan.xlsx`, `plan.json`, `case.xlsx`, `case.json` or `template.xlsx`.
     *
     * @returns {Promise<Blob>}
     */
    file(/** @type {string} */ file: string, /** @type {{ case?: KeptCase, plan?: KeptPlan, lang?: Lang }} */ { case: found, plan, lang }?: {
        case?: KeptCase;
        plan?: KeptPlan;
        lang?: Lang;
    }): Promise<Blob>;
    /** Ends the worker; the next call starts another. */
    close(): void;
}
