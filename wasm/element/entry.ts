/** The bundle `sandan/planner`: the element, with its worker in a file beside it. */
export { Client, SandanPlanner } from "./planner.js";
