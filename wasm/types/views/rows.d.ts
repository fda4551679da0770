/** Windows of rows, and the words that rows are looked for by. */
/**
 * A window of rows with their number.
 *
 * @template T, R
 * @param {readonly T[]} rows
 * @param {{ from?: number, count?: number }} asked
 * @param {(row: T, at: number) => R} shown
 */
export declare function window<T, R>(rows: readonly T[], { from, count }: {
    from?: number;
    count?: number;
}, shown: (row: T, at: number) => R): {
    total: number;
    from: number;
    rows: R[];
};
/**
 * Whether a text holds every word that is looked for.
 *
 * @param {string | undefined} wanted words with blanks between
 * @returns {(text: string) => boolean}
 */
export declare function holding(wanted: string | undefined): (text: string) => boolean;
/** The name of a row of the directory, or its id where the lists have it no more. @param {Map<string, any>} by @param {string | null | undefined} id */
export declare function nameOf(by: Map<string, any>, id: string | null | undefined): any;
/** Units served by need. @param {any} plan @returns {Map<string, number>} */
export declare function servedBy(plan: any): Map<string, number>;
