/**
 * @param {import("./index.js").On} on
 * @param {{ by?: "place" | "project" | "staff", text?: string, from?: number, count?: number }} asked
 */
export declare function calendar({ directory, plan }: import("./index.js").On, asked: {
    by?: "place" | "project" | "staff";
    text?: string;
    from?: number;
    count?: number;
}): {
    total: number;
    from: number;
    rows: {
        id: any;
        name: any;
        counts: number[] | undefined;
    }[];
    by: "place" | "project" | "staff";
    most: number;
    periods: any;
};
