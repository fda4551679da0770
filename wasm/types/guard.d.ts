/** What stands between a panic in the library and the calling program. */
/** A fault of sandan itself: its memory is not to be trusted any more, so a worker in which it happens is replaced. */
export declare class EngineFault extends Error {
    name: string;
}
/**
 * Calls into the library; a panic there, which WebAssembly ends with a trap, becomes an error with its message.
 *
 * @template T
 * @param {() => T} call
 * @param {() => string | undefined} panic the message of the panic, once
 * @returns {T}
 */
export declare function guarded<T>(call: () => T, panic: () => string | undefined): T;
