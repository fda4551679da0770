/** Headless Chromium as every test of pages starts it, and what they watch in a page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

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

/** A browser with a profile of its own; `close` takes the profile away too. */
export async function launch(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "sandan-chromium-"));
  const browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS, headless: true, ...options });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A page and what goes wrong in it: errors, refusals of the policy, requests that it makes. */
export async function watched(browser, viewport) {
  const page = await browser.newPage();
  if (viewport) await page.setViewportSize(viewport);
  const seen = { errors: [], requests: [] };
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  // A browser asks for a page's icon by itself.
  const said = (message) => `${message.text()} ${message.location().url}`;
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(said(message)) && seen.errors.push(said(message)));
  browser.on("request", (request) => seen.requests.push(request.url()));
  return { page, seen };
}

/** Listens on a free port of this machine. @returns {Promise<string>} the address */
export async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Waits until something holds; under a strict policy a page may not be polled from inside. */
export async function until(holds, what, seconds = 120) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}
