/**
 * What a page shows of a plan, as rows with names in words. They are made in the worker, so that a page never parses a
 * plan, and as many as are looked at.
 *
 * Each view takes `{ directory, plan, told, lang }` (names by id, the plan, its levels and reasons in words) and what is
 * asked.
 */
import { calendar } from "./calendar.js";
import { changes } from "./changes.js";
import { coverage } from "./coverage.js";
import { map } from "./map.js";
import { names } from "./names.js";
import { overview } from "./overview.js";
import { sessions } from "./sessions.js";
import { shortfalls, unmet } from "./unmet.js";

/** @type {Record<string, (on: On, asked: any) => any>} */
export const views = { calendar, changes, coverage, map, names, overview, sessions, shortfalls, unmet };

/** @typedef {{ directory: any, plan: any, told: any, lang: "zh" | "en" }} On */
