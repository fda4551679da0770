/** Windows of rows, and the words that rows are looked for by. */

/** How many rows are handed out at once where nobody says. */
const WINDOW = 100;

/**
 * A window of rows with their number.
 *
 * @template T, R
 * @param {readonly T[]} rows
 * @param {{ from?: number, count?: number }} asked
 * @param {(row: T, at: number) => R} shown
 */
export function window(rows, { from = 0, count = WINDOW }, shown) {
  return { total: rows.length, from, rows: rows.slice(from, from + count).map((row, at) => shown(row, from + at)) };
}

/**
 * Whether a text holds every word that is looked for.
 *
 * @param {string | undefined} wanted words with blanks between
 * @returns {(text: string) => boolean}
 */
export function holding(wanted) {
  const words = (wanted ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => words.length === 0 || words.every((word) => text.toLowerCase().includes(word));
}

/** The name of a row of the directory, or its id where the lists have it no more. @param {Map<string, any>} by @param {string | null | undefined} id */
export function nameOf(by, id) {
  return id ? (by.get(id)?.name ?? id) : "";
}

/** Units served by need. @param {any} plan @returns {Map<string, number>} */
export function servedBy(plan) {
  const served = new Map();
  for (const session of plan.sessions) {
    for (const { need, units } of session.needs) served.set(need, (served.get(need) ?? 0) + units);
  }
  return served;
}
