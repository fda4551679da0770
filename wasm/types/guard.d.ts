/**
 * Calls into the library; a panic there, which WebAssembly ends with a trap, becomes an error with its message.
 *
 * @template T
 * @param {() => T} call
 * @param {() => string | undefined} [panic] the message of the panic, once
 * @returns {T}
 */
export declare function guarded<T>(call: () => T, panic?: () => string | undefined): T;
