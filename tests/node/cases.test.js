/** Every case file has the answer that it expects, and the very bytes that Rust gives. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as sandan from "../../wasm/js/node.js";
import { caseFiles, digests } from "./case_files.js";
import { answer } from "./expectation.js";

const files = caseFiles();
const rust = digests();

test("Rust ran the same cases", () => {
  assert.deepEqual(files.map((file) => file.name), Object.keys(rust));
  assert.notEqual(files.length, 0);
});

for (const file of files) {
  test(file.name, async () => {
    const { text, found } = await answer(sandan, file);
    if (createHash("sha256").update(text).digest("hex") !== rust[file.name]) found.push("another answer than Rust gives");
    assert.deepEqual(found, [], file.about);
  });
}
