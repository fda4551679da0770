/**
 * Bundles what is for pages (`npm run build`):
 *
 *     dist/planner.js         the element, for `import "sandan/planner"`; its worker and the .wasm files stay beside it
 *     dist/worker.js          that worker
 *     dist/LICENSES.txt       of the libraries inside
 *     dist/planner.single.js  everything in one classic script, for pages of another origin
 *     site/                   the demo page: static files for any host
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const at = (...parts) => join(here, ...parts);
const shared = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning", absWorkingDir: here };

/** The files of the single-file build, as modules. */
const packed = {
  name: "packed",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(packed|worker):/ }, ({ path }) => ({ path, namespace: "packed" }));
    onLoad({ filter: /^packed:/, namespace: "packed" }, async ({ path }) => {
      const wasm = await readFile(at("pkg", `${path.slice("packed:".length)}_bg.wasm`));
      return { contents: gzipSync(wasm, { level: 9 }).toString("base64"), loader: "text" };
    });
    onLoad({ filter: /^worker:/, namespace: "packed" }, async () => {
      const options = { ...shared, entryPoints: [at("element/single-worker.js")], format: "iife", write: false };
      const { outputFiles } = await build({ ...options, define: { "import.meta.url": "self.location.href" } });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

async function dist() {
  await rm(at("dist"), { recursive: true, force: true });
  const element = { ...shared, tsconfig: at("element/tsconfig.json") };
  const planner = { ...element, entryPoints: [at("element/entry.ts")], format: "esm", outfile: at("dist/planner.js") };
  const { metafile } = await build({ ...planner, metafile: true });
  await writeFile(at("dist/LICENSES.txt"), await licenses(Object.keys(metafile.inputs)));
  await build({ ...shared, entryPoints: [at("js/worker.js")], format: "esm", outfile: at("dist/worker.js") });
  await build({
    ...element,
    entryPoints: [at("element/single.ts")],
    format: "iife",
    globalName: "sandan",
    outfile: at("dist/planner.single.js"),
    plugins: [packed],
    define: { "import.meta.url": "document.baseURI" },
  });
}

/** The licences of the libraries whose sources went in, as they ask for. @param {string[]} sources */
async function licenses(sources) {
  const folder = (source) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(source)?.[0];
  const folders = [...new Set(sources.map(folder).filter(Boolean))].sort();
  const texts = folders.map(async (folder) => {
    const file = (await readdir(at(folder))).find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${folder} has no licence`);
    return `${folder.replace(/^.*node_modules\//, "")}\n\n${await readFile(at(folder, file), "utf8")}`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

/** The demo page with everything that it needs, and the list of it for working offline. */
async function site() {
  await rm(at("site"), { recursive: true, force: true });
  await mkdir(at("site/examples"), { recursive: true });
  await cp(at("demo"), at("site"), { recursive: true });
  for (const name of ["dist/planner.js", "dist/worker.js", "dist/LICENSES.txt", "pkg/engine_bg.wasm", "pkg/sheets_bg.wasm"]) {
    await cp(at(name), at("site", name));
  }
  for (const name of ["dachang", "guigang"]) {
    const tables = {};
    for (const file of (await readdir(join(root, "examples", name))).filter((file) => file.endsWith(".csv")).sort()) {
      tables[file] = await readFile(join(root, "examples", name, file), "utf8");
    }
    await writeFile(at("site/examples", `${name}.json`), JSON.stringify(tables));
  }
  const files = (await readdir(at("site"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== "offline.js")
    .map((entry) => relative(at("site"), join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(at("site", file)));
  const offline = await readFile(at("site/offline.js"), "utf8");
  const named = offline.replace("[/* files */]", JSON.stringify(["./", ...files])).replace("/* version */", hash.digest("hex").slice(0, 16));
  await writeFile(at("site/offline.js"), named);
}

await dist();
await site();
for (const file of ["dist/planner.js", "dist/worker.js", "dist/planner.single.js", "pkg/engine_bg.wasm", "pkg/sheets_bg.wasm"]) {
  const { size } = await stat(at(file));
  const packedSize = gzipSync(await readFile(at(file)), { level: 9 }).length;
  console.log(`${String(size).padStart(9)} bytes, ${String(packedSize).padStart(8)} gzip  ${file}`);
}
