// The guard on a page that is only just enough of one: what is held, and what
// becomes of it. Real pages and real pastes are agent/browsertest's.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";
import { load } from "./load.js";

globalThis.crypto ??= /** @type {any} */ (webcrypto); // Node 18
load("digest.js", "watch.js", "attempts.js", "guard.js");

/**
 * A guard on a page of chatgpt.com that is watched.
 * @param {FailMode} fail
 */
function page(fail) {
  /** @type {Record<string, (e: any) => void>} */
  const listeners = {};
  /** @type {(() => void)[]} What waits for a deadline. */
  const deadlines = [];
  /** @type {{text: string, arrive: (ok: boolean) => void}[]} */
  const insertions = [];
  /** @type {any[]} */
  const sent = [];
  /** @type {string[]} */
  const notes = [];
  let receive = (/** @type {any} */ _) => {};
  const event = { addListener: () => {} };
  const port = {
    onMessage: { addListener: (/** @type {any} */ f) => (receive = f) },
    onDisconnect: event,
    postMessage: (/** @type {any} */ m) => sent.push(m),
    disconnect: () => {},
  };
  const top = {};
  Object.assign(globalThis, {
    top, self: top, location: { href: "https://chatgpt.com/c/1" },
    chrome: { runtime: { id: "x", connect: () => port, onMessage: event } },
    HTMLInputElement: class {},
    addEventListener: (/** @type {string} */ type, /** @type {any} */ f) => (listeners[type] = f),
    removeEventListener: () => {},
    setTimeout: (/** @type {() => void} */ f) => deadlines.push(f),
    clearTimeout: () => {},
    createHint: () => ({ hide() {}, card() {}, handle() {}, note: (/** @type {string} */ word) => notes.push(word) }),
    targetOf: () => ({}),
    isCredentialField: () => false,
    placeIn: () => ({ field: true }),
    insertAt: (/** @type {any} */ _, /** @type {string} */ text) => new Promise((arrive) => insertions.push({ text, arrive })),
  });
  startGuard("guard");
  receive({ type: "standing", standing: { own: [{ host: "chatgpt.com" }], top: false, known: true, fail, deadline: 1500, words: {}, key: null } });
  return {
    sent, insertions, notes, deadlines,
    /** @param {any} m */
    receive: (m) => receive(m),
    /**
     * A person's paste, or a script's.
     * @param {string} text
     * @returns {boolean} whether it was held
     */
    paste(text, isTrusted = true) {
      let held = false;
      const clipboardData = { files: [], getData: (/** @type {string} */ type) => (type === "text/plain" ? text : "") };
      listeners.paste({ isTrusted, clipboardData, preventDefault: () => (held = true), stopImmediatePropagation() {} });
      return held;
    },
    attempts: () => sent.filter((m) => m.type === "attempt").map((m) => m.text),
  };
}

test("a paste while another one is being inserted is held as any other", async () => {
  const p = page("open");
  assert.equal(p.paste("one"), true);
  p.receive({ type: "verdict", n: 1, verdict: { do: "allow" } });
  assert.deepEqual(p.insertions.map((i) => i.text), ["one"]);
  assert.equal(p.paste("two"), true);
  assert.equal(p.paste("of a script", false), false);
  p.insertions[0].arrive(true);
  await new Promise(setImmediate);
  assert.deepEqual(p.attempts(), ["one", "two"]);
});

test("a deadline ends as the page's standing says", () => {
  for (const fail of /** @type {FailMode[]} */ (["open", "closed"])) {
    const p = page(fail);
    assert.equal(p.paste("a list"), true);
    p.deadlines[0]();
    assert.deepEqual(p.insertions.map((i) => i.text), fail === "open" ? ["a list"] : []);
    assert.deepEqual(p.notes, [fail === "open" ? "unchecked" : "kept"]);
  }
});

test("a lost session ends as the page's standing says", () => {
  for (const fail of /** @type {FailMode[]} */ (["open", "closed"])) {
    const p = page(fail);
    assert.equal(p.paste("a list"), true);
    p.receive({ type: "lost", nobody: true });
    assert.deepEqual(p.insertions.map((i) => i.text), fail === "open" ? ["a list"] : []);
  }
});
