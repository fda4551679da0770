/** The entry for Node: reads the WebAssembly file from the disk. */
import { readFile } from "node:fs/promises";
import load from "../pkg/sandan.js";

await load({ module_or_path: readFile(new URL("../pkg/sandan_bg.wasm", import.meta.url)) });

export * from "./index.js";
