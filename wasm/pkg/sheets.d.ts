/* tslint:disable */
/* eslint-disable */

/**
 * Raw tables as a workbook, with headers in the language asked for.
 */
export function caseWorkbook(tables: string, lang: string): Uint8Array;

/**
 * The message of the last panic, if there was one; it is handed out once.
 */
export function lastPanic(): string | undefined;

/**
 * A plan of these tables as the workbook that a planner hands out.
 */
export function planWorkbook(tables: string, plan_json: string, lang: string): Uint8Array;

/**
 * The raw tables of an .xlsx workbook, with what could not be read; `name` is used in messages.
 */
export function readWorkbook(name: string, bytes: Uint8Array | number[]): string;

/**
 * Keeps the message of a panic for [`last_panic`].
 */
export function start(): void;

/**
 * An empty workbook with headers, explanations, drop-down lists and worked example rows.
 */
export function template(lang: string): Uint8Array;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly caseWorkbook: (a: number, b: number, c: number, d: number) => [number, number, number, number];
    readonly lastPanic: () => [number, number];
    readonly planWorkbook: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number, number];
    readonly readWorkbook: (a: number, b: number, c: number, d: number) => [number, number];
    readonly start: () => void;
    readonly template: (a: number, b: number) => [number, number, number, number];
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
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
