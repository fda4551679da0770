import type { Case, Rematch } from "../../pkg/engine.js";
export type Kept = {
    key: string;
    blob: Blob;
};
export type Lang = "zh" | "en";
/** @param {BlobPart} content @returns {Kept} */
export declare function keep(content: BlobPart): Kept;
/** @param {Case} found @returns {Kept & { hash: string, lang: Lang }} */
export declare function keepCase(found: Case, /** @type {Lang} */ lang: Lang): Kept & {
    hash: string;
    lang: Lang;
};
/** @param {string} json @returns {Kept} */
export declare function keepPlan(json: string): Kept;
/** @param {Kept & { lang: Lang }} kept */
export declare function openCase(kept: Kept & {
    lang: Lang;
}): Promise<{
    case: Case;
    directory?: any;
}>;
/** @param {Kept & { lang: Lang }} kept @returns {Promise<any>} the directory with its rows by id too */
export declare function directoryOf(kept: Kept & {
    lang: Lang;
}): Promise<any>;
/** @param {Kept} kept */
export declare function jsonOf(kept: Kept): Promise<string>;
/** @param {Kept} kept */
export declare function planOf(kept: Kept): Promise<any>;
/** @param {Kept & { lang: Lang }} of @param {Kept} kept @returns {Promise<any>} the plan's levels and reasons in words */
export declare function toldOf(of: Kept & {
    lang: Lang;
}, kept: Kept): Promise<any>;
/** @param {string} key @param {() => Rematch} prepare */
export declare function rematchOf(key: string, prepare: () => Rematch): Rematch;
