/** Steps a run to its end, with turns for whoever shares the thread. */
import { lastPanic } from "../pkg/engine.js";
import { guarded } from "./guard.js";

/** @import { Run, Progress } from "../pkg/engine.js" */

/** Milliseconds that a piece of work may take before the next is made smaller; the plan does not depend on it. */
const PIECE = 30;
/** The most steps of a piece. */
const MOST = 256;
/** Milliseconds of work before the page gets a turn. */
const TURN = 20;

/**
 * Steps until nothing is left to do, the time is up, the signal aborts or the observer answers `false`.
 *
 * @param {Run} run
 * @param {{ timeLimitMs?: number, signal?: AbortSignal }} limits
 * @param {(progress: Progress) => unknown} [onProgress]
 */
export async function drive(run, { timeLimitMs, signal }, onProgress) {
  const started = performance.now();
  const deadline = started + (timeLimitMs ?? run.timeLimitMs ?? Infinity);
  let turn = started;
  let steps = 1;
  for (;;) {
    const before = performance.now();
    const progress = guarded(() => run.step(steps), lastPanic);
    const took = performance.now() - before;
    steps = took < PIECE ? Math.min(MOST, steps * 2) : Math.max(1, steps >> 1);
    const answer = await onProgress?.(progress);
    const now = performance.now();
    if (progress.phase === "done" || answer === false || signal?.aborted || now >= deadline) return;
    if (now - turn >= TURN) {
      await aTurn();
      turn = performance.now();
    }
  }
}

/** Lets timers, messages and painting come first. @returns {Promise<void>} */
export function aTurn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
