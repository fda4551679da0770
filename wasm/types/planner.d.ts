/** The types of `sandan/planner`: what a host page sees of the element. */
import type { Problem, Progress } from "./sandan.js";
import type { Client, Source } from "./client.js";
/** `<sandan-planner>`. */
export interface SandanPlanner extends HTMLElement {
    /** `zh` or `en`. */
    lang: string;
    /** Lists from the host page: bytes, files, JSON or an object of tables. */
    source?: Source;
    /** A plan of these lists from the host page. */
    plan?: Blob | string | object;
    /** Lists to try. */
    examples?: {
        title: {
            zh: string;
            en: string;
        };
        load: () => Promise<Source>;
    }[];
    /** Another way to run the engine. */
    client?: Client;
}
/** The events of the element. */
export interface SandanPlannerEventMap extends HTMLElementEventMap {
    /** Lists were opened. */
    "sandan-case": CustomEvent<{
        hash: string;
        warnings: Problem[];
    }>;
    /** Lists have faults. */
    "sandan-faults": CustomEvent<{
        problems: Problem[];
        more: number;
    }>;
    /** A run goes on. */
    "sandan-progress": CustomEvent<Progress>;
    /** A plan was found; its canonical JSON. */
    "sandan-plan": CustomEvent<{
        json: Blob;
        cancelled: boolean;
    }>;
    /** Something failed. */
    "sandan-error": CustomEvent<{
        message: string;
    }>;
}
declare global {
    interface HTMLElementTagNameMap {
        "sandan-planner": SandanPlanner;
    }
}
export type { Client };
