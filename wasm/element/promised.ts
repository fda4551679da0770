/** What hosts are promised (`js/planner.ts`) is what the element has: this file compiles or the types are wrong. */
import type { SandanPlanner as Promised } from "../js/planner.js";
import type { SandanPlanner } from "./planner.js";

export const promised = (element: SandanPlanner): Promised => element;
