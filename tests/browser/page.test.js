/** The package in a page without a bundler, in headless Chromium: every case file, from a module worker. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { caseFiles, digests, root } from "../node/case_files.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const files = caseFiles();
const rust = digests();
let server, browser, profile, answers;

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
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  profile = mkdtempSync(join(tmpdir(), "sandan-chromium-"));
  browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS, headless: true });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/tests/browser/page.html`);
  for (;;) {
    answers = await page.evaluate("globalThis.answers");
    if (answers) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

after(async () => {
  await browser?.close();
  server?.close();
  if (profile) rmSync(profile, { recursive: true, force: true });
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
