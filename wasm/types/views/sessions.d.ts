/**
 * @param {import("./index.js").On} on
 * @param {{ text?: string, place?: string, project?: string, period?: string, need?: string, sort?: string, down?: boolean, from?: number, count?: number }} asked
 */
export declare function sessions({ directory: { by }, plan, lang }: import("./index.js").On, asked: {
    text?: string;
    place?: string;
    project?: string;
    period?: string;
    need?: string;
    sort?: string;
    down?: boolean;
    from?: number;
    count?: number;
}): {
    total: number;
    from: number;
    rows: {
        id: any;
        fact: any;
        period: any;
        dates: any;
        place: any;
        project: any;
        venue: any;
        units: any;
        fen: any;
        needs: any;
        staff: any;
        ids: {
            project: any;
            place: any;
            period: any;
        };
    }[];
};
