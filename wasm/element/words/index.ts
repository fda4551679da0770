import { en } from "./en.js";
import { zh, type Words } from "./zh.js";

export type Lang = "zh" | "en";
export type { Words };
export * from "./numbers.js";

/** The words of a language; Chinese where it is another. */
export function wordsOf(lang: string): Words {
  return lang.toLowerCase().startsWith("en") ? en : zh;
}
