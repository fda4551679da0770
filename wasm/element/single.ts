/**
 * The single-file build: the worker starts from a Blob and the WebAssembly files are inside, so that a page of another
 * origin may embed it. It needs `worker-src blob:` and `'wasm-unsafe-eval'`, and no connection at all.
 */
// Both are made by `bundle.js`.
import engine from "packed:engine";
import sheets from "packed:sheets";
import source from "worker:single";
import { Client, clientsBy, SandanPlanner } from "./planner.js";

function worker(): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const started = new Worker(url, { name: "sandan" });
  // The worker has its own hold of the script by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return started;
}

/** A client whose worker needs no file. */
export function connect(): Client {
  return new Client({ worker, packed: { engine, sheets } });
}

clientsBy(connect);

export { Client, SandanPlanner };
