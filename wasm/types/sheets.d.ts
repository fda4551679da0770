/** The file that reads and writes workbooks: fetched when the first one is opened or asked for, not before. */
import * as native from "../pkg/sheets.js";
export type Wasm = URL | BufferSource | Promise<BufferSource>;
/**
 * Makes workbooks known to `read`, `workbook`, `caseWorkbook` and `template`; called again it costs nothing. In Node
 * this has been done already.
 *
 * @returns {Promise<typeof native>}
 */
export declare function loadSheets(): Promise<typeof native>;
/**
 * Whether bytes are to be read as a workbook: a zip archive, or a file that is called one and may be a damaged one.
 *
 * @param {Uint8Array} content
 * @param {string} [name]
 */
export declare function isWorkbook(content: Uint8Array, name?: string): boolean;
/** @param {() => Wasm} from */
export declare function sheetsFrom(from: () => Wasm): void;
/** @returns {typeof native} */
export declare function sheets(): typeof native;
