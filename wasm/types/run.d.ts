import type { Run, Progress } from "../pkg/engine.js";
/**
 * Steps until nothing is left to do, the time is up, the signal aborts or the observer answers `false`.
 *
 * @param {Run} run
 * @param {{ timeLimitMs?: number, signal?: AbortSignal }} limits
 * @param {(progress: Progress) => unknown} [onProgress]
 */
export declare function drive(run: Run, { timeLimitMs, signal }: {
    timeLimitMs?: number;
    signal?: AbortSignal;
}, onProgress?: (progress: Progress) => unknown): Promise<void>;
/** Lets timers, messages and painting come first. @returns {Promise<void>} */
export declare function aTurn(): Promise<void>;
