/** The case files, and the digests of Rust's answers. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every case file by name; a folder's files are read along. */
export function caseFiles() {
  const top = join(root, "tests/cases");
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const file = JSON.parse(readFileSync(path, "utf8"));
      const files = file.folder && folder(join(root, file.folder));
      return { name: relative(top, path).replace(/\.json$/, ""), ...file, ...(files && { files }) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns {Record<string, string>} SHA-256 of each answer, as Rust gives it */
export function digests() {
  return JSON.parse(readFileSync(join(root, "target/digests.json"), "utf8"));
}

function folder(path) {
  const names = readdirSync(path).filter((name) => /\.(csv|json)$/.test(name));
  return new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(path, name)))]));
}
