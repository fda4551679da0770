/** Solves in the worker: tells the progress, shows the best plan so far, ends when the page says so. */
import { lastPanic } from "../../pkg/engine.js";
import { guarded } from "../guard.js";
import { drive } from "../run.js";
import { keepPlan } from "./kept.js";

/** @import { Case } from "../../pkg/engine.js" */
/** @import { Line } from "./calls.js" */

/** Milliseconds between two words about the progress. */
const TELL = 80;
/** Milliseconds between two plans shown: how often longer than it takes to make one out, at least and at most. The first takes long. */
const SHOW = 500;
const SHARE = 20;
const STALE = 8000;

/**
 * @param {Case} found
 * @param {any} options
 * @param {Line} line
 */
export async function solve(found, { timeLimitMs, ...options }, { tell, signal }) {
  const run = guarded(() => found.start(options), lastPanic);
  let [told, shown, value] = [0, 0, ""];
  const observe = (/** @type {any} */ progress) => {
    const now = performance.now();
    if (now >= told) {
      tell({ progress });
      told = now + TELL;
    }
    const reached = `${progress.level}:${progress.value}`;
    if (progress.value !== null && reached !== value && now >= shown && progress.phase !== "done") {
      const json = guarded(() => run.best(), lastPanic);
      const after = performance.now();
      if (json !== undefined) tell({ best: new Blob([json]) });
      [value, shown] = [reached, after + Math.min(STALE, Math.max(SHOW, (after - now) * SHARE))];
    }
  };
  try {
    await drive(run, { timeLimitMs, signal }, observe);
    const json = guarded(() => run.plan(), lastPanic);
    return json === undefined ? { ok: false, reason: "unknown" } : { ok: true, plan: keepPlan(json) };
  } catch (fault) {
    if (fault instanceof Error || fault === null || typeof fault !== "object" || !("problems" in fault)) throw fault;
    return { ok: false, reason: "problems", .../** @type {object} */ (fault) };
  } finally {
    run.free();
  }
}
