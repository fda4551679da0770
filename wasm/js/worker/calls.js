/**
 * What a page may call. Every call takes and gives what `postMessage` can carry.
 *
 * Calls run side by side between awaits: a case is opened last, so that no other call closes it before it is used.
 */
import { headers, lastPanic, planJson, readBytes, readFiles, readTables } from "../../pkg/engine.js";
import { guarded as guard } from "../guard.js";
import { isWorkbook, loadSheets } from "../sheets.js";
import { views } from "../views/index.js";
import { directoryOf, jsonOf, keepCase, keepPlan, openCase, planOf, rematchOf, toldOf } from "./kept.js";
import { solve } from "./solving.js";

/** @import { Case } from "../../pkg/engine.js" */
/** @typedef {{ tell: (news: object) => void, signal: AbortSignal }} Line to the page */

const guarded = (/** @type {() => any} */ call) => guard(call, lastPanic);

/** @type {Record<string, (args: any, line: Line) => Promise<any>>} */
export const calls = {
  /** Reads lists from whatever a page has of them. */
  async read({ source, lang, name }) {
    return reading(await opener(source, lang, name), lang);
  },

  /** Reads kept lists again, in another language. */
  async reread({ case: kept, lang }) {
    const tables = await kept.blob.text();
    return reading(() => readTables(tables, lang), lang);
  },

  async edit({ case: kept, edits }) {
    const { case: found } = await openCase(kept);
    return reading(() => found.edited(JSON.stringify(edits)), kept.lang);
  },

  async solve({ case: kept, options }, line) {
    const { case: found } = await openCase(kept);
    return solve(found, options, line);
  },

  /** The lists after events with the plan before: the case to solve, and the lists to go on from. */
  async prepare({ case: kept, plan, events, freezeBefore }) {
    const json = await jsonOf(plan);
    const { case: found } = await openCase(kept);
    return refusable(kept.lang, () => {
      const prepared = found.rematch(json, JSON.stringify(events), freezeBefore);
      const of = prepared.case();
      const warnings = of.warnings;
      const both = { case: keepCase(of, kept.lang), lists: keepCase(prepared.lists(), kept.lang) };
      rematchOf(both.case.key, () => prepared);
      return { ok: true, ...both, warnings };
    });
  },

  /** The plan before mended for a prepared case, where no search of the whole is needed. */
  async mend({ prepared, case: kept, before, events, freezeBefore }) {
    const old = await jsonOf(before);
    const { case: found } = await openCase(kept);
    const again = () => found.rematch(old, JSON.stringify(events), freezeBefore);
    const rematch = rematchOf(prepared.key, () => guarded(again));
    const json = guarded(() => rematch.enough());
    return { plan: json === undefined ? undefined : keepPlan(json) };
  },

  /** The better of a plan found for a prepared case and the plan before mended, and the difference from that. */
  async settle({ prepared, case: kept, plan, before, events, freezeBefore }) {
    const [old, json] = [await jsonOf(before), await jsonOf(plan)];
    const { case: found } = await openCase(kept);
    const again = () => found.rematch(old, JSON.stringify(events), freezeBefore);
    const rematch = rematchOf(prepared.key, () => guarded(again));
    const chosen = guarded(() => rematch.better(json));
    const difference = JSON.parse(guarded(() => rematch.difference(chosen)));
    return { plan: chosen === json ? plan : keepPlan(chosen), difference };
  },

  async answer({ case: kept, kind, plan, asked, other }) {
    const [json, against] = [await jsonOf(plan), other && (await jsonOf(other))];
    const { case: found } = await openCase(kept);
    return JSON.parse(guarded(() => found.answer(kind, json, JSON.stringify(asked ?? {}), against)));
  },

  async check({ case: kept, plan }) {
    const json = await jsonOf(plan);
    const { case: found } = await openCase(kept);
    return guarded(() => found.check(json));
  },

  /** Keeps a plan that the page has, as canonical JSON. */
  async plan({ source }) {
    const text = source instanceof Blob ? await source.text() : typeof source === "string" ? source : JSON.stringify(source);
    return keepPlan(guarded(() => planJson(text)));
  },

  /** What a page shows of a plan: see `views/`. */
  async view({ view, case: kept, plan, asked }) {
    const directory = await directoryOf(kept);
    return views[view](
      { directory, plan: plan && (await planOf(plan)), told: plan && (await toldOf(kept, plan)), lang: kept.lang },
      asked ?? {},
    );
  },

  /** A file to hand out, as a Blob. */
  async file({ file, case: kept, plan, lang }) {
    const type = file.endsWith(".json") ? "application/json" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return new Blob([await contents(file, kept, plan, lang)], { type });
  },
};

/** @returns {Promise<BlobPart>} */
async function contents(/** @type {string} */ file, /** @type {any} */ kept, /** @type {any} */ plan, /** @type {string} */ lang) {
  const tables = () => openCase(kept).then((open) => guarded(() => open.case.tables()));
  switch (file) {
    case "plan.json":
      return jsonOf(plan);
    case "case.json":
      return openCase(kept).then((open) => guarded(() => open.case.document(lang)));
    case "plan.xlsx": {
      const native = await loadSheets();
      const [lists, json] = [await tables(), await jsonOf(plan)];
      return guarded(() => native.planWorkbook(lists, json, lang));
    }
    case "case.xlsx": {
      const native = await loadSheets();
      const lists = await tables();
      return guarded(() => native.caseWorkbook(lists, lang));
    }
    case "template.xlsx": {
      const native = await loadSheets();
      return guarded(() => native.template(lang));
    }
    default:
      throw new Error(`there is no file \`${file}\``);
  }
}

/** @param {() => Case} open @param {"zh" | "en"} lang */
function reading(open, lang) {
  return refusable(lang, () => {
    const found = open();
    return { ok: true, warnings: placed(found.warnings, lang), case: keepCase(found, lang) };
  });
}

/** Faults of lists are an answer. @param {"zh" | "en"} lang @param {() => any} call */
function refusable(lang, call) {
  try {
    return guarded(call);
  } catch (fault) {
    if (fault instanceof Error || fault === null || typeof fault !== "object" || !("problems" in fault)) throw fault;
    const { problems, more } = /** @type {any} */ (fault);
    return { ok: false, problems: placed(problems, lang), more };
  }
}

/** Problems with sheet and column as the planner's sheets head them. @param {any[]} problems @param {"zh" | "en"} lang */
function placed(problems, lang) {
  const tables = JSON.parse(guarded(() => headers(lang)));
  return problems.map((problem) => ({
    ...problem,
    sheet: tables[problem.table]?.name ?? problem.table,
    header: tables[problem.table]?.columns[problem.column] ?? problem.column,
  }));
}

/**
 * How to open what a page has: a file, its bytes or its text, an object of tables, or several files by name.
 *
 * @param {any} source
 * @param {"zh" | "en"} lang
 * @param {string | undefined} name
 * @returns {Promise<() => Case>}
 */
async function opener(source, lang, name) {
  if (Array.isArray(source) && source.every((file) => file instanceof File)) {
    if (source.length === 1 && !/\.csv$/i.test(source[0].name)) return opener(source[0], lang, source[0].name);
    source = new Map(source.map((file) => [file.name, file]));
  }
  if (source instanceof Map) {
    const names = [...source.keys()];
    const contents = await Promise.all([...source.values()].map(bytesOf));
    return () => readFiles(names, contents, lang);
  }
  const bytes = await bytesOf(source);
  const called = name ?? source?.name ?? (isWorkbook(bytes) ? "xlsx" : "case.json");
  if (!isWorkbook(bytes, called)) return () => readBytes(called, bytes, lang);
  const native = await loadSheets();
  return () => readTables(native.readWorkbook(called, bytes), lang);
}

/** @param {any} content @returns {Promise<Uint8Array>} */
async function bytesOf(content) {
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (ArrayBuffer.isView(content)) return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}
