/** The file that reads and writes workbooks: fetched when the first one is opened or asked for, not before. */
import load, * as native from "../pkg/sheets.js";

/** @typedef {URL | BufferSource | Promise<BufferSource>} Wasm where a WebAssembly file is, or its bytes */

/** @type {() => Wasm} */
let source = () => new URL("../pkg/sheets_bg.wasm", import.meta.url);
/** @type {Promise<typeof native> | undefined} */
let loading;
let ready = false;

/**
 * Makes workbooks known to `read`, `workbook`, `caseWorkbook` and `template`; called again it costs nothing. In Node
 * this has been done already.
 *
 * @returns {Promise<typeof native>}
 */
export function loadSheets() {
  loading ??= load({ module_or_path: source() }).then(
    () => {
      ready = true;
      return native;
    },
    (fault) => {
      loading = undefined;
      throw fault;
    },
  );
  return loading;
}

/**
 * Whether bytes are to be read as a workbook: a zip archive, or a file that is called one and may be a damaged one.
 *
 * @param {Uint8Array} content
 * @param {string} [name]
 */
export function isWorkbook(content, name = "") {
  return (content[0] === 0x50 && content[1] === 0x4b) || /\.xlsx$/i.test(name);
}

/** @param {() => Wasm} from */
export function sheetsFrom(from) {
  source = from;
}

/** @returns {typeof native} */
export function sheets() {
  if (!ready) throw new Error("workbooks need `await loadSheets()` first");
  return native;
}
