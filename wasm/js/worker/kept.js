/**
 * Cases and plans as the worker holds them. What the page holds is a key and a Blob; the worker keeps the few that it
 * used last opened, and opens others again.
 */
import { lastPanic, readTables } from "../../pkg/engine.js";
import { guarded } from "../guard.js";

/** @import { Case, Rematch } from "../../pkg/engine.js" */
/** @typedef {{ key: string, blob: Blob }} Kept what the page holds */
/** @typedef {"zh" | "en"} Lang */

/** How many of a kind stay open: what is shown, and what it is compared with. */
const OPEN = 2;
let count = 0;

/** @param {BlobPart} content @returns {Kept} */
export function keep(content) {
  count += 1;
  return { key: `${performance.timeOrigin}/${count}`, blob: new Blob([content]) };
}

/** The things used last, by key. @template T */
class Shelf {
  /** @type {Map<string, T>} */
  #things = new Map();
  /** @param {(thing: T) => void} [close] */
  constructor(close = () => {}) {
    this.close = close;
  }

  /** @param {string} key */
  get(key) {
    const thing = this.#things.get(key);
    if (thing !== undefined) this.put(key, thing);
    return thing;
  }

  /** @param {string} key @param {T} thing */
  put(key, thing) {
    this.#things.delete(key);
    this.#things.set(key, thing);
    for (const [old, other] of this.#things) {
      if (this.#things.size <= OPEN) break;
      this.#things.delete(old);
      if (other !== thing) this.close(other);
    }
    return thing;
  }
}

/** @type {Shelf<{ case: Case, directory?: any }>} */
const cases = new Shelf((open) => open.case.free());
/** @type {Shelf<{ json: string, plan?: any, told?: any }>} */
const plans = new Shelf();
/** @type {Shelf<Rematch>} */
const rematches = new Shelf((rematch) => rematch.free());

/** @param {Case} found @returns {Kept & { hash: string, lang: Lang }} */
export function keepCase(found, /** @type {Lang} */ lang) {
  const kept = keep(guarded(() => found.tables(), lastPanic));
  cases.put(kept.key + lang, { case: found });
  return { ...kept, hash: found.hash, lang };
}

/** @param {string} json @returns {Kept} */
export function keepPlan(json) {
  const kept = keep(json);
  plans.put(kept.key, { json });
  return kept;
}

/** @param {Kept & { lang: Lang }} kept */
export async function openCase(kept) {
  const name = kept.key + kept.lang;
  const open = cases.get(name);
  if (open) return open;
  const tables = await kept.blob.text();
  return cases.put(name, { case: guarded(() => readTables(tables, kept.lang), lastPanic) });
}

/** @param {Kept & { lang: Lang }} kept @returns {Promise<any>} the directory with its rows by id too */
export async function directoryOf(kept) {
  const open = await openCase(kept);
  open.directory ??= indexed(JSON.parse(guarded(() => open.case.directory(), lastPanic)));
  return open.directory;
}

/** @param {Kept} kept */
export async function jsonOf(kept) {
  const open = plans.get(kept.key) ?? plans.put(kept.key, { json: await kept.blob.text() });
  return open.json;
}

/** @param {Kept} kept */
export async function planOf(kept) {
  const json = await jsonOf(kept);
  const open = plans.get(kept.key) ?? plans.put(kept.key, { json });
  open.plan ??= JSON.parse(json);
  return open.plan;
}

/** @param {Kept & { lang: Lang }} of @param {Kept} kept @returns {Promise<any>} the plan's levels and reasons in words */
export async function toldOf(of, kept) {
  const json = await jsonOf(kept);
  const open = plans.get(kept.key) ?? plans.put(kept.key, { json });
  if (open.told?.lang !== of.lang) {
    const found = (await openCase(of)).case;
    open.told = { lang: of.lang, ...JSON.parse(guarded(() => found.told(json), lastPanic)) };
  }
  return open.told;
}

/** @param {string} key @param {() => Rematch} prepare */
export function rematchOf(key, prepare) {
  return rematches.get(key) ?? rematches.put(key, prepare());
}

/** @param {any} directory */
function indexed(directory) {
  const by = /** @type {any} */ ({});
  for (const table of ["places", "periods", "projects", "needs", "resources"]) {
    by[table] = new Map(directory[table].map((/** @type {any} */ row, /** @type {number} */ at) => [row.id, { ...row, at }]));
  }
  return { ...directory, by };
}
