/** @type {Record<string, (on: On, asked: any) => any>} */
export declare const views: Record<string, (on: On, asked: any) => any>;
export type On = {
    directory: any;
    plan: any;
    told: any;
    lang: "zh" | "en";
};
/** @typedef {{ directory: any, plan: any, told: any, lang: "zh" | "en" }} On */
