/** What the page says, in English. */
import { grouped } from "./numbers.js";
import type { Words } from "./zh.js";

/** A number of things, one or several. */
const many = (n: string, thing: string) => `${n} ${n === "1" ? thing : thing.replace(/^\w+/, "$&s")}`;

export const en: Words = {
  title: "sandan",
  open: "Open files",
  openHint: "Drop an .xlsx, CSV files or JSON here, or",
  private: "Data stays in this page; nothing is uploaded.",
  template: "Download an empty template",
  examples: "See an example first:",
  reading: "Reading",

  lists: "Lists", plan: "Plan", sessions: "Sessions", calendar: "Calendar", map: "Map", coverage: "Coverage",
  unmet: "Unmet", gaps: "Gaps and prices", change: "Change",
  views: "Views",

  faulty: (n) => `Errors: ${n}. Correct them and open the file again. Nothing was solved and no file was changed.`,
  warned: (n) => `Warnings: ${n}. They do not keep the lists from being matched.`,
  sound: "The lists have no problems.",
  more: (n) => `${n} more are not listed.`,
  table: "Sheet", row: "Row", column: "Column", problem: "Problem", expected: "Expected", hint: "What to do", code: "Code",
  error: "error", warning: "warning",
  counted: (c) =>
    ["need", "project", "resource", "place", "period"].map((row) => many(grouped(c[`${row}s`]), row === "resource" ? "row of resources" : row)).join(", "),

  match: "Match", cancel: "Cancel", matching: "Matching", level: (n, all) => `level ${n} of ${all}`,
  preparing: "laying out the lists", gapNow: (percent) => `${percent} from the bound`, gapOf: (percent) => `gap ${percent}`, steps: (n) => `${n} steps`,
  firstPlan: "there is a plan; cancel to take it", noPlanYet: "Cancelled before there was a plan.",
  cancelledSoon: "Cancelled; the best plan until then is being made out and will be here in a moment.",
  cancelled: "Cancelled: this is the best plan until then; it breaks no hard constraint.",
  busy: "Computing",
  fault: "The engine had a fault and was replaced; lists and changes are still here.",
  saved: "The engine had a fault and was replaced; this is the best plan found before, and it breaks no hard constraint.",
  failed: "This did not work",

  status: { optimal: "Proven best", within_gap: "Within the gap asked for", stopped: "Stopped early", unknown: "Not proven" },
  statusHint: {
    optimal: "There is no better plan.",
    within_gap: "No level is further from the best than the gap below.",
    stopped: "It breaks no hard constraint and can be used. The work allowed was used up: a level below that is not proven best may be bettered, by its gap at most.",
  },
  stoppedByHand: "It breaks no hard constraint and can be used. It was the best when you cancelled; match again and let it finish for a better one.",
  statusIs: "Status", levelHead: "Level", reaches: "Reaches", proof: "Proof",
  held: (s, p, q) => `${many(s, "session")} of ${many(p, "project")} at ${many(q, "place")}`,
  people: (n) => (n === "1" ? "1 person takes part" : `${n} people take part`), money: (yuan) => `¥${yuan} spent`,
  served: (unit, got, wanted) => `${got} / ${wanted} ${unit}`,
  servedHead: "Served", heldHead: "Held", unmetCount: (n) => (n === "1" ? "1 need is not fully met" : `${n} needs are not fully met`),
  shortCount: (n) => (n === "1" ? "1 quota is missed" : `${n} quotas are missed`),

  download: "Download", downloads: "Files",
  files: { "plan.xlsx": "plan (.xlsx)", "plan.json": "plan (JSON)", "case.xlsx": "lists (.xlsx)", "case.json": "lists (JSON)" },
  fileNames: { "plan.xlsx": "plan.xlsx", "plan.json": "plan.json", "case.xlsx": "case.xlsx", "case.json": "case.json", "template.xlsx": "template.xlsx" },

  filter: "Filter", filterHint: "id, place, project, person, need …", all: "all", clear: "Clear the filter",
  period: "Period", place: "Place", project: "Project", need: "Need", staff: "Staff", venue: "Venue", units: "Units", id: "Id", resource: "Resource",
  group: "Group", service: "Service", total: (n) => `${n} in all`, nothing: "Nothing fits", fact: "fact",
  by: "By",

  calendarHint: "Numbers are sessions that start (staff: sessions worked). Choose a cell to see them.",
  mapHint: "The size of a circle is demand, its colour the share that is served. Choose a community to see its sessions.",
  tilesHint: "The lists hold no coordinates: communities stand by what they lie in. Choose one to see its sessions.",
  onlySome: (n) => `${n} places have no coordinates and are not on the map.`,
  zoomIn: "Zoom in", zoomOut: "Zoom out", asTable: "As a table", share: "Share", wanted: "Wanted", got: "Served",
  spot: (name, share, sessions) => `${name}: ${share} served, ${many(grouped(sessions), "session")}`,
  noDemand: "no demand",

  coverageHint: "Weighted by priority; the worst off come first.", worst: (n, all) => `the worst ${n} of ${all}`,
  showAll: "Show all", showFew: "Show the worst", spread: "How many have which share", overall: (share) => `${share} overall`,
  fairness: "Price of fairness", fairnessAsk: "Work out the price of fairness",

  unmetNone: "Every need is met.", missing: "Missing", must: "must", reason: "Reason", why: "Find out why", repairs: "What would serve it",
  answer: "Answer", shortfalls: "Quotas missed", rule: "Rule",
  gapsAsk: "List the gaps", pricesAsk: "Work out prices", gapsHint: "What to recruit, train or raise, in order: each is solved again, so large lists take a while.",
  pricesHint: "What one more of each scarce thing would bring.", brings: "Brings", cost: "Cost (for the order only)", whatToChange: "What to change", gapsNone: "Nothing was found that would bring more.",

  weights: "Weights", weightHint: "What one unit of each term is worth; choose “Apply” when done.", apply: "Apply", reset: "Defaults",
  terms: { must: "must", quota: "quota", coverage: "coverage", cost: "cost (a fen)", travel: "travel (a minute)", turns: "load (a unit)", changes: "changes (each)", prefers: "outside preferences (a turn)", quality: "quality (a point)" },
  pins: "Pins", pinMode: "Kind", pinHint: "Blank is any. The count is units with a need, else turns with a resource, else sessions.",
  fix: "fix", forbid: "forbid", count: "Count", add: "Add", remove: "Remove",
  dropOut: "Someone drops out", members: "How many", from: "From", fromTheStart: "the start",
  pending: "Changes not matched yet", nothingPending: "No changes yet.",
  rematch: "Re-match", few: "few changes", anew: "from scratch",
  rematchWay: "How to re-match",
  undo: "Undo", redo: "Redo",
  did: {
    setting: (key, value) => `${key} is now ${value || "the default"}`,
    pin: (mode, what) => `${mode}: ${what}`,
    unpin: (what) => `pin removed: ${what}`,
    drop: (who, n) => `${who}: ${n} dropped out`,
    open: (name) => `opened ${name}`, match: "matched", rematch: "re-matched",
  },
  difference: "Difference from the plan before", gone: (n) => `${n} gone`, new: (n) => `${n} new`, same: "no difference",
  whatChanged: "What", which: "Which", where: "Where", before: "Before", after: "After", comma: ", ", and: ", ", colon: ": ",
  kinds: { need: "need", session: "session", member: "staff" },
  changedBy: { event: "event", same_session: "same session, event", knock_on: "to make room", lists: "the lists changed" },
  stale: "The lists have changed; this is still the plan before.",
  needFirst: "Open lists first.", planFirst: "Match first.",
  choose: "type to choose", unknownName: (name) => `there is no “${name}”`,
};
