import type { Case } from "../../pkg/engine.js";
import type { Line } from "./calls.js";
/**
 * @param {Case} found
 * @param {any} options
 * @param {Line} line
 */
export declare function solve(found: Case, { timeLimitMs, ...options }: any, { tell, signal }: Line): Promise<{
    plan?: undefined;
    ok: boolean;
    reason: string;
} | {
    reason?: undefined;
    ok: boolean;
    plan: import("./kept.js").Kept;
}>;
