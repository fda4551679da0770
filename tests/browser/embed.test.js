/** The element in pages of others: a Vite page with React, and a plain page that takes the single file from another origin. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as vite from "vite";
import { serve } from "../../wasm/serve.js";
import { root } from "../node/case_files.js";
import { launch, listen, until, watched } from "./chromium.js";

const LISTS = {
  needs: [{ id: "N1", place: "C1", services: ["消防"], quantity: 25 }],
  projects: [{ id: "P1", services: "消防", size: 10, staffing: "社工:1" }],
  resources: [{ id: "R1", roles: "社工", place: "C1", count: 3 }],
};
let chromium, portal;

before(async () => {
  chromium = await launch();
  portal = mkdtempSync(join(tmpdir(), "sandan-portal-"));
  cpSync(join(root, "tests/browser/vite"), portal, { recursive: true });
  const modules = join(portal, "node_modules");
  mkdirSync(join(modules, "sandan"), { recursive: true });
  for (const name of ["react", "react-dom", "scheduler"]) symlinkSync(join(root, "tests/node_modules", name), join(modules, name));
  // The package as a portal installs it: what npm packs, nothing else.
  execFileSync("npm", ["pack", "--loglevel=error", "--pack-destination", portal], { cwd: join(root, "wasm"), stdio: "pipe" });
  const packed = readdirSync(portal).find((name) => name.endsWith(".tgz"));
  execFileSync("tar", ["-xzf", join(portal, packed), "--strip-components=1", "-C", join(modules, "sandan")]);
});

after(async () => {
  await chromium?.close();
  if (portal) rmSync(portal, { recursive: true, force: true });
});

/** Gives lists to the React page, matches, and reads what it was told. */
async function usePortal(address) {
  const { page, seen } = await watched(chromium.browser);
  await page.goto(address);
  await until(() => page.evaluate(() => typeof globalThis.give === "function"), "the portal's page");
  await page.evaluate((lists) => globalThis.give(lists), LISTS);
  await page.locator("#match").click({ timeout: 60_000 });
  await page.locator("#sessions", { hasText: "3" }).waitFor({ timeout: 60_000 });
  const alone = await page.evaluate((lists) => globalThis.alone(lists), LISTS);
  await page.close();
  assert.equal(alone, 3);
  assert.deepEqual(seen.errors, []);
}

test("a Vite page with React, built without configuration", async () => {
  await vite.build({ root: portal, logLevel: "error", configFile: false });
  const server = serve(join(portal, "dist"));
  try {
    await usePortal(await listen(server));
  } finally {
    server.close();
  }
});

test("the same page under Vite's own server", async () => {
  const server = await vite.createServer({ root: portal, logLevel: "error", configFile: false, server: { port: 0, host: "127.0.0.1" } });
  try {
    await server.listen();
    await usePortal(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});

test("a plain page that takes the single file from another origin, and may connect to nothing", async () => {
  const file = readFileSync(join(root, "wasm/dist/planner.single.js"));
  const elsewhere = createServer((_, response) => response.writeHead(200, { "content-type": "text/javascript" }).end(file));
  const other = (await listen(elsewhere)).replace("127.0.0.1", "localhost");
  const html = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>portal</title><script src="${other}planner.single.js"></script>
    <h1>portal</h1><sandan-planner lang="zh"></sandan-planner></html>`;
  const policy = `default-src 'none'; script-src ${other} 'wasm-unsafe-eval'; worker-src blob:; style-src 'self'`;
  const page = createServer((request, response) => {
    if (request.url !== "/") return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(html);
  });
  try {
    const { page: tab, seen } = await watched(chromium.browser);
    const address = await listen(page);
    await tab.goto(address);
    const asked = seen.requests.length;
    await tab.evaluate((lists) => {
      const planner = document.querySelector("sandan-planner");
      planner.addEventListener("sandan-plan", async ({ detail }) => (globalThis.found = JSON.parse(await detail.json.text())));
      planner.source = lists;
    }, LISTS);
    await tab.locator("#match").click({ timeout: 60_000 });
    const plan = await until(() => tab.evaluate(() => globalThis.found), "the plan");
    assert.equal(plan.sessions.length, 3);
    // A workbook too: the part that writes it lies packed in the file.
    const [download] = await Promise.all([tab.waitForEvent("download"), tab.locator('[data-file="plan.xlsx"]').click()]);
    assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
    assert.deepEqual(seen.requests.slice(asked).filter((url) => !url.startsWith("blob:") && !url.endsWith("favicon.ico")), []);
    assert.deepEqual(seen.errors, []);
  } finally {
    page.close();
    elsewhere.close();
  }
});

test("the client in a plain page, with no bundler and under a strict policy", async () => {
  const server = serve(root);
  try {
    const { page, seen } = await watched(chromium.browser);
    await page.goto(`${await listen(server)}tests/browser/plain.html`);
    const found = await page.evaluate(async (lists) => {
      const { Client } = await import("/wasm/js/client.js");
      const client = new Client();
      const reading = await client.read(lists, { lang: "en" });
      const heard = [];
      const { plan } = await client.solve(reading.case, { gap: 0 }, { onProgress: ({ phase }) => heard.push(phase) });
      const before = JSON.parse(await plan.blob.text());
      const next = await client.rematch(reading.case, plan, { events: [{ kind: "dropped_out", resource: "R1", members: 1 }] });
      const faulty = await client.read({ needs: [] });
      const { text } = await client.answer(next.case, "why", next.plan, { asked: { need: "N1" } });
      const wrong = await client.answer(next.case, "guess", next.plan).catch((error) => error.message);
      const { ok } = await client.check(next.case, next.plan);
      client.close();
      const after = JSON.parse(await next.plan.blob.text());
      return { sessions: [before.sessions.length, after.sessions.length], heard: heard.length, faulty: faulty.ok, text, wrong, ok };
    }, LISTS);
    assert.deepEqual([found.sessions, found.faulty, found.ok], [[3, 2], false, true]);
    assert.ok(found.heard > 0 && found.text.includes("N1") && found.wrong.includes("guess"), JSON.stringify(found));
    assert.deepEqual(seen.errors, []);
  } finally {
    server.close();
  }
});
