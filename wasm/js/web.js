/** The entry for pages and workers, with or without a bundler: fetches the WebAssembly file from beside this one. */
import load from "../pkg/sandan.js";

await load({ module_or_path: new URL("../pkg/sandan_bg.wasm", import.meta.url) });

export * from "./index.js";
