/** @param {import("./index.js").On} on @param {{ rows: any[] }} asked lines as in the answers `rematch` and `compare` */
export declare function changes({ directory: { by } }: import("./index.js").On, { rows }: {
    rows: any[];
}): any[];
