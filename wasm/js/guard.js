/** What stands between a panic in the library and the calling program. */
import { lastPanic } from "../pkg/sandan.js";

/**
 * Calls into the library; a panic there, which WebAssembly ends with a trap, becomes an error with its message.
 *
 * @template T
 * @param {() => T} call
 * @param {() => string | undefined} [panic] the message of the panic, once
 * @returns {T}
 */
export function guarded(call, panic = lastPanic) {
  try {
    return call();
  } catch (fault) {
    if (!(fault instanceof WebAssembly.RuntimeError)) throw fault;
    throw new Error(`sandan met a fault of its own: ${panic() ?? fault.message}`, { cause: fault });
  }
}
