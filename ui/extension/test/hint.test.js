// The hint without a browser: when a button believes a press. How it looks, and
// that a page can't press it, is agent/browsertest's.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.js";

load("hint.js");

/** As much of an element as a hint needs. */
class FakeElement {
  /** @type {FakeElement[]} */
  children = [];
  className = "";
  textContent = "";
  isConnected = true;
  activeElement = null;
  style = { setProperty() {} };
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
  setAttribute() {}
  showPopover() {}
  remove() {}
  /** @param {FakeElement[]} children */
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren() {
    this.children = [];
  }
  /** @returns {FakeElement[]} */
  all() {
    return this.children.flatMap((c) => [c, ...c.all()]);
  }
  /** @param {string} what */
  querySelector(what) {
    return this.all().find((c) => "." + c.className === what || c.name === what) ?? null;
  }
}

test("a button believes no press in its first moment, whatever stood there before", () => {
  let now = 1000;
  const root = new FakeElement("root");
  const host = new FakeElement("host");
  class Click {
    isTrusted = true;
    type = "click";
    detail = 1;
    target = host;
    preventDefault() {}
    stopImmediatePropagation() {}
  }
  /** @type {FakeElement | null} */
  let under = null;
  Object.assign(root, { elementFromPoint: () => ({ closest: () => under }) });
  Object.assign(host, { attachShadow: () => root });
  let made = 0;
  Object.assign(globalThis, {
    document: {
      documentElement: new FakeElement("html"),
      createElement: (/** @type {string} */ name) => (made++ ? new FakeElement(name) : host),
      querySelectorAll: () => [],
      elementFromPoint: () => host,
    },
    MutationObserver: class { observe() {} disconnect() {} },
    KeyboardEvent: class {},
    HTMLElement: FakeElement,
    MouseEvent: Click,
    setTimeout: () => 0,
    clearTimeout() {},
  });
  Object.defineProperty(globalThis, "performance", { value: { now: () => now } });
  /** @type {Answer[]} */
  const answers = [];
  const hint = createHint({ answer: (_, answer) => answers.push(answer), account() {} });
  const press = (/** @type {string} */ words) => {
    under = root.all().find((c) => c.name === "button" && c.textContent === words) ?? null;
    assert.ok(under, words);
    hint.handle(/** @type {any} */ (new Click()));
  };
  /** @type {Card} */
  const card = { title: "t", body: "b", because: "", instead: "", answers: ["paste_anyway", "dismiss"] };

  hint.note("not_inspected", {});
  now += 1000;
  hint.card({ id: 1, phase: "held", retried: false, card, window: true }, {});
  press("Answer here"); // was for the note's Close
  now += 300;
  press("Answer here");
  press("Paste anyway"); // the second half of a double click
  assert.deepEqual(answers, []);
  now += 300;
  press("Paste anyway");
  assert.deepEqual(answers, ["paste_anyway"]);
});
