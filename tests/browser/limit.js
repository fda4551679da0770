/** `node limit.js CASE.json STEPS` sets `max_steps` in a case, so that two engines stop at the same place. */
import { readFileSync, writeFileSync } from "node:fs";

const [, , path, steps] = process.argv;
const lists = JSON.parse(readFileSync(path, "utf8"));
lists.settings = [...(lists.settings ?? []), { key: "max_steps", value: Number(steps) }];
writeFileSync(path, JSON.stringify(lists));
