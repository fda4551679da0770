/** @param {import("./index.js").On} on @param {{ by?: "group" | "service" | "place" }} asked */
export declare function coverage({ directory, plan }: import("./index.js").On, { by }: {
    by?: "group" | "service" | "place";
}): {
    by: "group" | "place" | "service";
    rows: {
        name: string;
        wanted: number;
        served: number;
        share: number;
    }[];
    bins: any[];
    total: {
        wanted: number;
        served: number;
    };
};
