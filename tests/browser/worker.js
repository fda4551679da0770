/** Runs every case file and posts the digests of the answers. */
import * as sandan from "../../wasm/js/web.js";
import { answer } from "../node/expectation.js";

const answers = {};
for (const file of await (await fetch("/cases.json")).json()) {
  if (file.files) file.files = new Map(file.files.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
  try {
    const { text, found } = await answer(sandan, file);
    answers[file.name] = { digest: await sha256(text), found };
  } catch (error) {
    answers[file.name] = { digest: "", found: [String(error)] };
  }
}
postMessage(answers);

async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
