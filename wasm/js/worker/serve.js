/**
 * The worker's side of the client: one message a call, one answer a call.
 *
 *     page ──{ id, call, args }──▶ worker        page ◀──{ id, value }──────────────── worker
 *          ──{ cancel: id }─────▶                     ◀──{ id, progress } { id, best }──
 *                                                     ◀──{ id, error, fault }───────────
 *
 * Nothing here outlives the worker but what the page holds: cases and plans travel as Blobs, so that they are neither
 * parsed nor copied on the page's thread, and a new worker goes on where the old one ended.
 */
import load from "../../pkg/engine.js";
import { EngineFault } from "../guard.js";
import { sheetsFrom } from "../sheets.js";
import { calls } from "./calls.js";

/** @import { Wasm } from "../sheets.js" */

/** @param {{ engine: Wasm, sheets: Wasm } | undefined} [files] `undefined`: the page sends them in its first message */
export function serve(files) {
  /** @type {Map<number, AbortController>} */
  const running = new Map();
  /** @type {Promise<unknown> | undefined} */
  let ready = files && begin(files);
  // Who asks first is told; until then it is nobody's fault.
  ready?.catch(() => {});

  // A run gives turns, so a page may look at one plan while the next is being found.
  addEventListener("message", async ({ data }) => {
    if (data.start) ready = unpack(data.start).then(begin);
    if (data.cancel !== undefined) running.get(data.cancel)?.abort();
    if (data.call === undefined) return;
    const { id, call, args } = data;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      await ready?.catch((error) => {
        // Another worker may have better luck with the network.
        throw new EngineFault(`the engine could not be loaded: ${error}`);
      });
      const tell = (/** @type {object} */ news) => postMessage({ id, ...news });
      const value = await calls[call](args, { tell, signal: controller.signal });
      postMessage({ id, value });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
      // Running out of memory or stack leaves the engine in a state that nobody knows, like a panic does.
      const fault = [EngineFault, RangeError, WebAssembly.RuntimeError].some((kind) => error instanceof kind);
      postMessage({ id, error: { name, message }, fault });
    } finally {
      running.delete(id);
    }
  });
}

/** @param {{ engine: Wasm, sheets: Wasm }} files */
function begin({ engine, sheets }) {
  sheetsFrom(() => sheets);
  return load({ module_or_path: engine });
}

/**
 * The files of the single-file build: gzip in base64. The one for workbooks stays packed until it is asked for.
 *
 * @param {{ engine: string, sheets: string }} packed
 */
async function unpack({ engine, sheets }) {
  return { engine: await unzip(engine), sheets: /** @type {Wasm} */ ({ then: (/** @type {any} */ ok, /** @type {any} */ no) => unzip(sheets).then(ok, no) }) };
}

/** @param {string} packed */
async function unzip(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
