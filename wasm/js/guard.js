/** What stands between a panic in the library and the calling program. */

/** A fault of sandan itself: its memory is not to be trusted any more, so a worker in which it happens is replaced. */
export class EngineFault extends Error {
  name = "EngineFault";
}

/**
 * Calls into the library; a panic there, which WebAssembly ends with a trap, becomes an error with its message.
 *
 * @template T
 * @param {() => T} call
 * @param {() => string | undefined} panic the message of the panic, once
 * @returns {T}
 */
export function guarded(call, panic) {
  try {
    return call();
  } catch (fault) {
    if (!(fault instanceof WebAssembly.RuntimeError)) throw fault;
    throw new EngineFault(`sandan met a fault of its own: ${said(panic) ?? fault.message}`, { cause: fault });
  }
}

/** @param {() => string | undefined} panic */
function said(panic) {
  try {
    return panic();
  } catch {
    // After a trap even this may fail.
    return undefined;
  }
}
