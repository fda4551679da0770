/** The entry for Node: reads the WebAssembly files from the disk. */
import { readFile } from "node:fs/promises";
import load from "../pkg/engine.js";
import { loadSheets, sheetsFrom } from "./sheets.js";

sheetsFrom(() => readFile(new URL("../pkg/sheets_bg.wasm", import.meta.url)));
await Promise.all([
  load({ module_or_path: readFile(new URL("../pkg/engine_bg.wasm", import.meta.url)) }),
  loadSheets(),
]);

export * from "./index.js";
