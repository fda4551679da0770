/** @param {import("./index.js").On} on @param {{ text?: string, from?: number, count?: number }} asked */
export declare function unmet({ directory: { by }, plan, told }: import("./index.js").On, asked: {
    text?: string;
    from?: number;
    count?: number;
}): {
    total: number;
    from: number;
    rows: any[];
};
/** @param {import("./index.js").On} on @param {{ from?: number, count?: number }} asked */
export declare function shortfalls({ plan, told }: import("./index.js").On, asked: {
    from?: number;
    count?: number;
}): {
    total: number;
    from: number;
    rows: any[];
};
