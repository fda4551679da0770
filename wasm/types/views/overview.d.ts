/** @param {import("./index.js").On} on */
export declare function overview({ directory, plan, told }: import("./index.js").On): {
    status: any;
    case: any;
    levels: any;
    units: any[];
    sessions: any;
    places: number;
    projects: number;
    people: number;
    fen: number;
    unmet: any;
    shortfalls: any;
};
