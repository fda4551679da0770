/** @param {import("./index.js").On} on @param {{ table?: string, kind?: string, text?: string, most?: number }} asked */
export declare function names({ directory }: import("./index.js").On, { table, kind, text, most }: {
    table?: string;
    kind?: string;
    text?: string;
    most?: number;
}): {
    id: any;
    name: any;
    count: any;
}[] | {
    periods: any;
    settings: any;
    pins: any;
    counts: {
        [k: string]: any;
    };
};
