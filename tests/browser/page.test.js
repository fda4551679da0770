/** The package in a page without a bundler, in headless Chromium: every case file, from a module worker. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { caseFiles, digests, root } from "../node/case_files.js";
import { launch, listen, until } from "./chromium.js";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const files = caseFiles();
const rust = digests();
let server, chromium, answers;

before(async () => {
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/cases.json") {
      const plain = files.map((file) => (file.files ? { ...file, files: [...file.files].map(([n, b]) => [n, [...b]]) } : file));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(plain));
      return;
    }
    try {
      const content = readFileSync(join(root, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  const address = await listen(server);
  chromium = await launch();
  const page = await chromium.browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`${address}tests/browser/page.html`);
  answers = await until(() => page.evaluate("globalThis.answers"), "the answers of the page", 600);
});

after(async () => {
  await chromium?.close();
  server?.close();
});

test("the page ran every case", () => {
  assert.equal(answers.error, undefined);
  assert.deepEqual(Object.keys(answers), Object.keys(rust));
});

for (const file of files) {
  test(file.name, () => {
    const { digest, found } = answers[file.name] ?? { found: ["no answer"] };
    assert.deepEqual(found, [], file.about);
    assert.equal(digest, rust[file.name], "another answer than Rust gives");
  });
}
