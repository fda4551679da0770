/** The sessions of a plan, filtered and sorted. */
import { holding, nameOf, window } from "./rows.js";

/** The filter looked at last, so that scrolling does not filter again. @type {{ plan?: any, key?: string, found?: any[] }} */
const last = {};

/**
 * @param {import("./index.js").On} on
 * @param {{ text?: string, place?: string, project?: string, period?: string, need?: string, sort?: string, down?: boolean, from?: number, count?: number }} asked
 */
export function sessions({ directory: { by }, plan, lang }, asked) {
  const { from, count, ...filter } = asked;
  const key = JSON.stringify([lang, filter]);
  if (last.plan !== plan || last.key !== key) Object.assign(last, { plan, key, found: filtered(by, plan, filter) });
  return window(last.found ?? [], asked, (session) => shown(by, session));
}

function filtered(/** @type {any} */ by, /** @type {any} */ plan, /** @type {any} */ { text, place, project, period, need, sort, down }) {
  const holds = holding(text);
  const found = plan.sessions.filter(
    (/** @type {any} */ session) =>
      (!place || isIn(by.places, session.place, place)) &&
      (!project || session.project === project) &&
      (!period || session.period === period) &&
      (!need || session.needs.some((/** @type {any} */ row) => row.need === need)) &&
      (!text || holds(words(by, session))),
  );
  if (sort) {
    const value = sorters[sort];
    const keyed = found.map((/** @type {any} */ session) => [value(session, by), session]);
    keyed.sort((/** @type {any} */ a, /** @type {any} */ b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    if (down) keyed.reverse();
    return keyed.map((/** @type {any} */ pair) => pair[1]);
  }
  return found;
}

/** @type {Record<string, (session: any, by: any) => any>} */
const sorters = {
  id: (session) => session.id,
  period: (session, by) => by.periods.get(session.period)?.at ?? -1,
  place: (session, by) => nameOf(by.places, session.place),
  project: (session, by) => nameOf(by.projects, session.project),
  units: unitsOf,
  staff: (session) => session.staff.length,
};

/** Whether a place is the other, or lies in it. */
function isIn(/** @type {Map<string, any>} */ places, /** @type {string | null} */ place, /** @type {string} */ wanted) {
  for (let at = place; at; at = places.get(at)?.parent) if (at === wanted) return true;
  return false;
}

/** What a session is looked for by. */
function words(/** @type {any} */ by, /** @type {any} */ session) {
  const staff = session.staff.map((/** @type {any} */ seat) => nameOf(by.resources, seat.resource));
  const needs = session.needs.map((/** @type {any} */ row) => nameOf(by.needs, row.need));
  return [
    session.id, nameOf(by.periods, session.period), nameOf(by.places, session.place), nameOf(by.projects, session.project),
    nameOf(by.resources, session.venue), ...staff, ...needs,
  ].join("\n");
}

function unitsOf(/** @type {any} */ session) {
  return session.needs.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.units, 0);
}

function shown(/** @type {any} */ by, /** @type {any} */ session) {
  const period = by.periods.get(session.period);
  return {
    id: session.id,
    fact: session.fact ?? false,
    period: nameOf(by.periods, session.period),
    dates: period?.dates ?? "",
    place: nameOf(by.places, session.place),
    project: nameOf(by.projects, session.project),
    venue: nameOf(by.resources, session.venue),
    units: unitsOf(session),
    fen: session.funds.reduce((/** @type {number} */ sum, /** @type {any} */ payment) => sum + payment.fen, 0),
    needs: session.needs.map((/** @type {any} */ row) => ({ id: row.need, name: nameOf(by.needs, row.need), units: row.units })),
    staff: session.staff.map((/** @type {any} */ seat) => ({
      id: seat.resource,
      name: member(by, seat),
      role: seat.role,
      period: seat.period ? nameOf(by.periods, seat.period) : "",
    })),
    ids: { project: session.project, place: session.place, period: session.period },
  };
}

/** A member by name, with the number where the row has several. */
function member(/** @type {any} */ by, /** @type {any} */ seat) {
  const row = by.resources.get(seat.resource);
  return row?.count === 1 ? row.name : `${nameOf(by.resources, seat.resource)} #${seat.member}`;
}
