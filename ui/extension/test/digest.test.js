import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { load } from "./load.js";

load("digest.js");

test("the digest is the session's", () => {
  const path = new URL("../../../agent/browser/testdata/digest.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(path, "utf8"));
  assert.ok(vectors.length > 10);
  for (const v of vectors) {
    assert.equal(v.text.length, v.length);
    assert.deepEqual(digest(v.text, v.key), v.digest, JSON.stringify(v.text.slice(0, 40)));
  }
});

test("the same bytes need the same length, digest and key", () => {
  /** @type {[number, number]} */
  const key = [7, 9];
  const of = { length: 5, digest: digest("hello", key) };
  assert.equal(sameBytes("hello", of, key), true);
  assert.equal(sameBytes("hellO", of, key), false);
  assert.equal(sameBytes("hello ", of, key), false);
  assert.equal(sameBytes("hello", of, [7, 10]), false);
  assert.equal(sameBytes("hello", null, key), false);
  assert.equal(sameBytes("hello", of, null), false);
});

test("a pass holds once, for 30 seconds, for these bytes", () => {
  const p = passes([3, 4]);
  p.give("secret", 1000);
  assert.equal(p.take("Secret", 1001), false);
  assert.equal(p.take("secret", 1002), true);
  assert.equal(p.take("secret", 1003), false);
  p.give("secret", 1000);
  assert.equal(p.take("secret", 31_000), false);
});
