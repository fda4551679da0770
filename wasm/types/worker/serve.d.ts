import type { Wasm } from "../sheets.js";
/** @import { Wasm } from "../sheets.js" */
/** @param {{ engine: Wasm, sheets: Wasm } | undefined} [files] `undefined`: the page sends them in its first message */
export declare function serve(files?: {
    engine: Wasm;
    sheets: Wasm;
} | undefined): void;
