/**
 * The engine in a worker: nothing here blocks the page. Cases and plans are handles whose contents the page holds as
 * Blobs; a worker that fails is replaced, and what the handles stand for is opened again in the new one.
 */
import { EngineFault } from "./guard.js";

/** @import { Answer, Edit, Event, Plan, Problem, Progress, Report, Tables } from "./sandan.js" */
/** @typedef {"zh" | "en"} Lang */
/** @typedef {{ readonly key: string, readonly blob: Blob }} KeptPlan a plan; its Blob is the canonical JSON */
/** @typedef {{ readonly key: string, readonly blob: Blob, readonly hash: string, readonly lang: Lang }} KeptCase a case */
/** @typedef {Blob | ArrayBuffer | Uint8Array | string | Tables | Map<string, Blob | Uint8Array | string> | File[]} Source */
/** @typedef {Problem & { sheet: string | null, header: string | null }} PlacedProblem sheet and column as they are headed in the language asked for */
/** @typedef {{ ok: true, case: KeptCase, warnings: PlacedProblem[] } | { ok: false, problems: PlacedProblem[], more: number }} Reading */
/** @typedef {Promise<KeptPlan | undefined>} Later the best plan at a cancel, where the worker needs longer to make it out; nothing where it takes too long */
/** @typedef {{ ok: true, plan: KeptPlan, cancelled: boolean, later?: Later } | { ok: false, reason: "problems", problems: Problem[], more: number } | { ok: false, reason: "unknown", later?: Later }} Outcome */
/** @typedef {{ call: string, args: object, resolve: (value: any) => void, reject: (error: unknown) => void, watch: Watch, best?: KeptPlan, found?: boolean, late?: (plan: KeptPlan | undefined) => void }} Waiting */
/** @typedef {{ gap?: number, maxSteps?: number, seed?: number, timeLimitMs?: number }} Options */
/** @typedef {{ onProgress?: (progress: Progress) => void, onBest?: (plan: KeptPlan) => void, signal?: AbortSignal }} Watch */
/** @typedef {{ events?: readonly Event[], freezeBefore?: string }} Changes */

/** Milliseconds that a worker has to hand out its best plan after a cancel; then the last one it showed is taken. */
const PATIENCE = 80;
/** Milliseconds that it has after that, while the page goes on with the plan it showed. */
const GRACE = 10_000;

/** @returns {Worker} */
const ownWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "sandan" });

export { EngineFault };

/** The engine, behind a worker. */
export class Client {
  /** @type {Worker | undefined} */
  #worker;
  #calls = 0;
  #best = 0;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #start;
  #packed;

  /**
   * @param {{ worker?: () => Worker, packed?: { engine: string, sheets: string } }} [options] another way to start the
   * worker, and the WebAssembly files it is sent (the single-file build)
   */
  constructor({ worker = ownWorker, packed } = {}) {
    this.#start = worker;
    this.#packed = packed;
  }

  /** Starts the worker, which fetches the engine, before there is anything to ask of it. */
  warm() {
    this.#worker ??= this.#begin();
  }

  /**
   * Reads lists: a workbook, a JSON document, CSV files, or an object of tables.
   *
   * @param {Source} source
   * @param {{ lang?: Lang, name?: string, signal?: AbortSignal }} [options]
   * @returns {Promise<Reading>}
   */
  read(source, { lang = "zh", name, signal } = {}) {
    return this.#call("read", { source, lang, name }, { signal });
  }

  /** The same lists with messages in another language. @returns {Promise<Reading>} */
  reread(/** @type {KeptCase} */ found, /** @type {Lang} */ lang) {
    return this.#call("reread", { case: found, lang });
  }

  /** The lists with edits. @returns {Promise<Reading>} */
  edit(/** @type {KeptCase} */ found, /** @type {readonly Edit[]} */ edits) {
    return this.#call("edit", { case: found, edits });
  }

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
  async solve(found, { gap, ...options } = {}, watch = {}) {
    const rest = gap === undefined ? options : { ...options, gapPpm: Math.round(gap * 1e6) };
    const outcome = await this.#call("solve", { case: found, options: rest }, watch, (best, later) =>
      best ? { ok: true, plan: best, later } : { ok: false, reason: "unknown", later },
    );
    return outcome.ok ? { ...outcome, cancelled: watch.signal?.aborted ?? false } : outcome;
  }

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
  async rematch(found, before, { events = [], freezeBefore } = {}, options = {}, watch = {}) {
    const prepared = await this.prepare(found, before, { events, freezeBefore });
    if (!prepared.ok) return { ...prepared, reason: "problems" };
    const { case: of, lists } = prepared;
    const args = { prepared: of, case: found, before, events, freezeBefore };
    const failed = (/** @type {any} */ error) => {
      throw Object.assign(error, { case: of, lists });
    };
    // On large lists only what the events touch is planned again, unless a search of the whole is asked for.
    const mend = () => this.#call("mend", args, { signal: watch.signal }, () => ({}));
    const mended = options.maxSteps === undefined ? await mend().catch(failed) : undefined;
    const outcome = mended?.plan
      ? { ok: /** @type {const} */ (true), plan: /** @type {KeptPlan} */ (mended.plan), cancelled: false }
      : await this.solve(of, options, watch).catch(failed);
    if (!outcome.ok) return outcome;
    // Who cancels does not wait for more.
    if (outcome.cancelled) return { ...outcome, case: of, lists, difference: undefined };
    return { ok: true, ...(await this.#call("settle", { ...args, plan: outcome.plan })), case: of, lists, cancelled: false };
  }

  /**
   * The lists after events: `case` as a rematch solves it, `lists` as the planner goes on with them.
   *
   * @param {KeptCase} found
   * @param {KeptPlan} before
   * @param {Changes} changes
   * @returns {Promise<{ ok: true, case: KeptCase, lists: KeptCase, warnings: Problem[] } | { ok: false, problems: Problem[], more: number }>}
   */
  prepare(found, before, { events = [], freezeBefore } = {}) {
    return this.#call("prepare", { case: found, plan: before, events, freezeBefore });
  }

  /**
   * Answers a question about a plan; see `answer` of the package.
   *
   * @returns {Promise<Answer>}
   */
  answer(
    /** @type {KeptCase} */ found,
    /** @type {string} */ kind,
    /** @type {KeptPlan} */ plan,
    /** @type {{ asked?: object, other?: KeptPlan, signal?: AbortSignal }} */ { asked, other, signal } = {},
  ) {
    return this.#call("answer", { case: found, kind, plan, asked, other }, { signal });
  }

  /** Judges a plan by the lists alone. @returns {Promise<Report>} */
  check(/** @type {KeptCase} */ found, /** @type {KeptPlan} */ plan) {
    return this.#call("check", { case: found, plan });
  }

  /** Takes in a plan that the page has. @returns {Promise<KeptPlan>} */
  plan(/** @type {Blob | string | Plan} */ source) {
    return this.#call("plan", { source });
  }

  /**
   * A part of a plan as rows to show, with names in words; see `js/views`.
   *
   * @returns {Promise<any>}
   */
  view(
    /** @type {string} */ view,
    /** @type {KeptCase} */ found,
    /** @type {KeptPlan | undefined} */ plan,
    /** @type {object} */ asked = {},
  ) {
    return this.#call("view", { view, case: found, plan, asked });
  }

  /**
   * A file to hand out: `plan.xlsx`, `plan.json`, `case.xlsx`, `case.json` or `template.xlsx`.
   *
   * @returns {Promise<Blob>}
   */
  file(/** @type {string} */ file, /** @type {{ case?: KeptCase, plan?: KeptPlan, lang?: Lang }} */ { case: found, plan, lang = "zh" } = {}) {
    return this.#call("file", { file, case: found, plan, lang });
  }

  /** Ends the worker; the next call starts another. */
  close() {
    this.#end(new DOMException("the client was closed", "AbortError"));
  }

  /**
   * @param {string} call
   * @param {object} args
   * @param {Watch} [watch]
   * @param {(best: KeptPlan | undefined, later: Later | undefined) => any} [late] what to answer when a cancelled worker is too late
   * @returns {Promise<any>}
   */
  #call(call, args, watch = {}, late) {
    const id = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      const { signal } = watch;
      const worker = (this.#worker ??= this.#begin());
      /** @type {Waiting} */
      const waiting = { call, args, resolve, reject, watch };
      this.#waiting.set(id, waiting);
      worker.postMessage({ id, call, args });
      const cancel = () => {
        this.#worker?.postMessage({ cancel: id });
        setTimeout(() => {
          // It may have answered by now.
          if (!this.#waiting.has(id)) return;
          const later = waiting.found ? this.#later(id, waiting) : undefined;
          if (late) resolve(late(waiting.best, later));
          else reject(new DOMException("cancelled", "AbortError"));
          if (!later && this.#waiting.delete(id)) this.#replace();
        }, late ? PATIENCE : 0);
      };
      if (signal?.aborted) cancel();
      else signal?.addEventListener("abort", cancel, { once: true });
    });
  }

  /** Lets a cancelled worker make out its best plan, for a while. @returns {Later} */
  #later(/** @type {number} */ id, /** @type {Waiting} */ waiting) {
    return new Promise((resolve) => {
      waiting.late = resolve;
      setTimeout(() => {
        if (!this.#waiting.delete(id)) return;
        resolve(undefined);
        this.#replace();
      }, GRACE);
    });
  }

  #begin() {
    const worker = this.#start();
    if (this.#packed) worker.postMessage({ start: this.#packed });
    worker.onmessage = ({ data }) => this.#hear(worker, data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.#worker) this.#end(new EngineFault(event.message || "the worker did not start"));
    };
    worker.onmessageerror = () => worker === this.#worker && this.#end(new EngineFault("a message was lost"));
    return worker;
  }

  #hear(/** @type {Worker} */ worker, /** @type {any} */ { id, value, error, fault, progress, best }) {
    const waiting = this.#waiting.get(id);
    if (waiting && progress) {
      waiting.found ||= progress.value !== null;
      if (!waiting.late) waiting.watch.onProgress?.(progress);
    } else if (waiting && best) {
      waiting.best = { key: `best/${(this.#best += 1)}`, blob: best };
      waiting.watch.onBest?.(waiting.best);
    } else if (error) {
      this.#waiting.delete(id);
      const known = fault ? new EngineFault(error.message) : Object.assign(new Error(error.message), { name: error.name });
      // What was found before it failed is sound: every plan shown has been checked.
      waiting?.late?.(undefined);
      waiting?.reject(Object.assign(known, { best: waiting.best }));
      if (fault && worker === this.#worker) this.#replace();
    } else if (waiting) {
      this.#waiting.delete(id);
      waiting.late?.(value.plan);
      waiting.resolve(value);
    }
  }

  /** Puts a new worker in the place of one that is not to be trusted or not to be waited for, with what it was asked. */
  #replace() {
    this.#worker?.terminate();
    for (const [id, { late }] of this.#waiting) if (late && this.#waiting.delete(id)) late(undefined);
    this.#worker = this.#waiting.size > 0 ? this.#begin() : undefined;
    for (const [id, { call, args }] of this.#waiting) this.#worker?.postMessage({ id, call, args });
  }

  /** Ends the worker; whatever was asked of it fails. */
  #end(/** @type {unknown} */ reason) {
    this.#worker?.terminate();
    this.#worker = undefined;
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of left) {
      waiting.late?.(undefined);
      waiting.reject(reason);
    }
  }
}
