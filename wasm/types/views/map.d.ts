/** @param {import("./index.js").On} on */
export declare function map({ directory, plan }: import("./index.js").On): {
    spots: {
        id: string;
        name: any;
        title: any;
        parent: any;
        latitude: any;
        longitude: any;
        wanted: number;
        served: number;
        sessions: number;
        share: number | null;
        units: {
            unit: string;
            got: number;
            wanted: number;
        }[];
    }[];
    located: boolean;
};
