export type Line = {
    tell: (news: object) => void;
    signal: AbortSignal;
};
/** @type {Record<string, (args: any, line: Line) => Promise<any>>} */
export declare const calls: Record<string, (args: any, line: Line) => Promise<any>>;
