/** The entry for pages and workers, with or without a bundler: compiles the engine while it arrives. */
import load from "../pkg/engine.js";

await load({ module_or_path: new URL("../pkg/engine_bg.wasm", import.meta.url) });

export * from "./index.js";
