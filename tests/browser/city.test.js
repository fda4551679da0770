/** A city of 30 communities in a page: the page stays responsive, a cancel is answered, a fault is survived. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../../wasm/serve.js";
import { root } from "../node/case_files.js";
import { longest, traced } from "./tasks.js";
import { launch, listen, until, watched } from "./chromium.js";

/** Made by `tests/run`: the lists, with `max_steps`, and the plan that the command finds for them. */
const CITY = join(root, "target/city30.json");
const NATIVE = join(root, "target/city30.plan.json");

let server, chromium, address;
const served = [];

before(async () => {
  server = serve(join(root, "wasm/site"));
  server.on("request", (request) => served.push(request.url));
  address = await listen(server);
  chromium = await launch({ serviceWorkers: "block" });
});

after(async () => {
  await chromium?.close();
  server?.close();
});

async function fresh() {
  const { page, seen } = await watched(chromium.browser, { width: 1280, height: 900 });
  await page.goto(address);
  await page.locator("#tab-lists").waitFor();
  return { page, seen };
}

const open = (page) => page.locator("sandan-planner").locator("input[type=file]").setInputFiles(CITY);
const idle = (page) => until(() => page.evaluate(() => !document.querySelector("sandan-planner").desk.busy), "the work to end", 300);

/** Matches the city and looks at every view, traced. */
async function walk() {
  const { page, seen } = await fresh();
  const tasks = await traced(page, async () => {
    await open(page);
    await page.locator("#match").click();
    await page.locator("#status").waitFor({ timeout: 300_000 });
    for (const tab of ["sessions", "calendar", "map", "coverage", "unmet", "plan"]) {
      await page.locator(`#tab-${tab}`).click();
      await page.waitForTimeout(400);
    }
  });
  const json = await page.evaluate(() => document.querySelector("sandan-planner").desk.now.plan.blob.text());
  await page.close();
  return { json, errors: seen.errors, ...longest(tasks) };
}

test("30 communities are matched to the native plan, byte for byte, while the page stays responsive", async (t) => {
  // Other programs may hold the processor: of three walks one is enough.
  for (let times = 1; ; times += 1) {
    const { json, errors, wall, cpu } = await walk();
    assert.equal(json, readFileSync(NATIVE, "utf8"), "another plan than the command's");
    assert.deepEqual(errors, []);
    t.diagnostic(`longest task of the main thread: ${cpu} ms of work, ${wall} ms by the clock`);
    if (cpu <= 50 && wall <= 500) break;
    assert.ok(times < 3, `a task of ${cpu} ms, ${wall} ms by the clock`);
  }
});

test("a cancel is answered with the best plan so far", async (t) => {
  const { page } = await fresh();
  await open(page);
  await page.locator("#match").click();
  await until(() => page.evaluate(() => document.querySelector("sandan-planner").desk.busy?.hasPlan), "a first plan");
  const took = await page.evaluate(async () => {
    const planner = document.querySelector("sandan-planner");
    const told = new Promise((resolve) => planner.addEventListener("sandan-plan", (event) => resolve(event.detail), { once: true }));
    const started = performance.now();
    planner.desk.busy.cancel();
    const { cancelled } = await told;
    return { cancelled, ms: Math.round(performance.now() - started) };
  });
  t.diagnostic(`a cancel was answered after ${took.ms} ms`);
  assert.equal(took.cancelled, true);
  assert.ok(took.ms <= 2000, `${took.ms} ms`);
  await idle(page);
  const sound = await page.evaluate(async () => {
    const { desk } = document.querySelector("sandan-planner");
    return JSON.parse(await desk.now.plan.blob.text()).status;
  });
  assert.equal(sound, "stopped");
  // A page pays for workbooks when it wants one, not before.
  assert.deepEqual(served.filter((url) => url.includes("sheets")), []);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-file="plan.xlsx"]').click()]);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
  assert.equal(served.filter((url) => url.includes("sheets_bg.wasm")).length, 1);
  // The page goes on: the plan is seen, and matching again works.
  await page.locator("#tab-sessions").click();
  await until(async () => (await page.locator("sandan-sessions [role=row]").count()) > 1, "the sessions");
  await page.close();
});

test("a cancel hands out what the page said had been reached, if a moment later", async () => {
  const { page } = await fresh();
  // Without the limit of steps: the run goes on until it is cancelled.
  const lists = JSON.parse(readFileSync(CITY, "utf8"));
  const buffer = Buffer.from(JSON.stringify({ ...lists, settings: lists.settings.filter(({ key }) => key !== "max_steps") }));
  await page.locator("sandan-planner").locator("input[type=file]").setInputFiles({ name: "city.json", mimeType: "application/json", buffer });
  await page.locator("#match").click();
  const reached = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const planner = document.querySelector("sandan-planner");
        let first;
        // On the level of coverage, once the plan is better than the first one.
        planner.addEventListener("sandan-progress", ({ detail: { level, value } }) => {
          if (level !== 2 || value === null) return;
          first ??= value;
          if (value <= first || !planner.desk.busy) return;
          planner.desk.busy.cancel();
          resolve(value);
        });
      }),
  );
  const value = () => page.evaluate(async () => JSON.parse((await document.querySelector("sandan-planner").desk.now.plan?.blob.text()) ?? "null")?.levels[2].value ?? -1);
  await until(async () => (await value()) >= reached, "the best plan", 30);
  await idle(page);
  assert.equal(await page.locator("[role=alert] .notice").innerText(), await page.evaluate(() => document.querySelector("sandan-planner").desk.words.cancelled));
  assert.equal(await page.evaluate(() => document.querySelector("sandan-planner").desk.past.length), 1);
  await page.close();
});

test("a fault of the engine replaces the worker; lists, edits and the best plan so far are still there", async () => {
  const { page } = await fresh();
  // The engine runs into a trap, as after a panic: in its first step in the first worker, once it has shown a plan in the second.
  const trap = (worker) => `
    const real = WebAssembly.instantiateStreaming;
    const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11);
    const { t } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    WebAssembly.instantiateStreaming = async (...asked) => {
      const { instance, module } = await real(...asked);
      const { run_step, run_best } = instance.exports;
      let shown = ${worker === 1};
      const broken = {
        run_best: (...given) => { shown = true; return run_best(...given); },
        run_step: (...given) => (shown ? t() : run_step(...given)),
      };
      return { instance: { exports: { ...instance.exports, ...broken } }, module };
    };`;
  let workers = 0;
  await page.route("**/dist/worker.js", async (route) => {
    const response = await route.fetch();
    workers += 1;
    await route.fulfill({ response, body: (workers <= 2 ? trap(workers) : "") + (await response.text()) });
  });
  await page.reload();
  await page.locator("#tab-lists").waitFor();
  await open(page);
  await page.locator("#match").waitFor();
  await page.locator("#tab-change").click();
  await page.locator("#weights input[name=travel]").fill("70");
  await page.locator("#weights button").first().click();
  await page.locator("#pending li").waitFor();
  await idle(page);
  await page.locator("#rematch").click();
  await page.locator("[role=alert] .notice.bad").waitFor();
  await idle(page);
  assert.equal(await page.locator("#pending li").count(), 1);
  await page.locator("#rematch").click();
  await page.locator("[role=alert] .notice.bad", { hasText: "最好方案" }).waitFor();
  await idle(page);
  const settings = await page.evaluate(async () => JSON.parse(await document.querySelector("sandan-planner").desk.now.plan.blob.text()).settings);
  assert.equal(settings["weight.travel"], "70");
  // The third worker is a sound one.
  await page.locator("#tab-sessions").click();
  await until(async () => (await page.locator("sandan-sessions [role=row]").count()) > 1, "the sessions");
  assert.equal(workers, 3);
  await page.close();
});

test("an engine that did not arrive is asked for again", async () => {
  const { page } = await fresh();
  let refused = 0;
  await page.route("**/engine_bg.wasm", (route) => ((refused += 1) === 1 ? route.abort() : route.continue()));
  await page.reload();
  await page.locator("#tab-lists").waitFor();
  await open(page);
  await page.locator("[role=alert] .notice.bad").waitFor();
  await idle(page);
  await open(page);
  await page.locator("#match").waitFor();
  assert.equal(refused, 2);
  await page.close();
});
