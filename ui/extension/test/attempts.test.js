import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.js";

load("attempts.js");

/** @type {Card} */
const card = { title: "t", body: "b", because: "", instead: "Copilot", answers: ["open_approved", "safe_paste", "not_sensitive", "paste_anyway", "dismiss"] };
/** @type {Card} */
const blocked = { ...card, answers: ["open_approved", "safe_paste", "not_sensitive", "dismiss"] };

/**
 * Runs events and tells the effects in short.
 * @param {AttemptEvent[]} events
 */
function run(...events) {
  let s = noAttempts();
  /** @type {string[]} */
  const told = [];
  for (const e of events) {
    const [next, effects] = stepAttempts(s, e);
    s = next;
    for (const f of effects)
      told.push(
        f.do === "insert" ? `insert ${f.id}${f.text === undefined ? "" : " " + f.text}`
        : f.do === "send" ? `send ${f.message.type} ${f.message.n} ${f.message.outcome ?? f.message.answer ?? f.message.account}`
        : f.do === "note" ? `note ${f.word}`
        : f.do === "show" ? `show ${f.attempt.id}${f.attempt.alone ? " alone" : ""}`
        : f.do === "hide" ? "hide"
        : `${f.do} ${f.id}`,
      );
  }
  return { told, s };
}

/** @type {AttemptEvent} */
const paste = { on: "attempt", id: 1 };
/** @type {AttemptEvent} */
const allow = { on: "verdict", id: 1, do: "allow" };
/** @type {AttemptEvent} */
const hold = { on: "verdict", id: 1, do: "hold", card };
/** @type {AttemptEvent} */
const inserted = { on: "ended", id: 1, outcome: "inserted" };
const asked = ["arm 1", "ask 1"];
const ended = ["send done 1 inserted", "forget 1"];

test("allowed", () => {
  const { told, s } = run(paste, allow, inserted);
  assert.deepEqual(told, [...asked, "hide", "insert 1", ...ended]);
  assert.deepEqual(s, noAttempts());
});

test("held, and finished by whoever answered", () => {
  assert.deepEqual(run(paste, hold, { on: "finish", id: 1, do: "insert_text", text: "safe" }, inserted).told, [...asked, "show 1", "hide", "insert 1 safe", ...ended]);
  assert.deepEqual(run(paste, hold, { on: "answer", id: 1, answer: "paste_anyway" }, { on: "finish", id: 1, do: "insert_original" }, inserted).told, [
    ...asked, "show 1", "hide", "send answer 1 paste_anyway", "arm 1", "hide", "insert 1", ...ended,
  ]);
  assert.deepEqual(run(paste, hold, { on: "finish", id: 1, do: "drop" }).told, [...asked, "show 1", "hide", "forget 1"]);
});

test("an empty redaction is still a redaction", () => {
  assert.deepEqual(run(paste, hold, { on: "finish", id: 1, do: "insert_text" }).told.at(-1), "insert 1 ");
});

test("the deadline ends only what nobody decided on", () => {
  assert.deepEqual(run(paste, { on: "deadline", id: 1, fail: "open" }, inserted).told, [...asked, "hide", "note unchecked", "insert 1", ...ended]);
  assert.deepEqual(run(paste, { on: "deadline", id: 1, fail: "closed" }).told, [...asked, "hide", "forget 1", "note kept", "send done 1 gone"]);
  assert.deepEqual(run(paste, hold, { on: "deadline", id: 1, fail: "open" }).told, [...asked, "show 1"]);
});

test("what comes late is ignored", () => {
  const { told } = run(paste, { on: "deadline", id: 1, fail: "open" }, hold, { on: "finish", id: 1, do: "drop" }, inserted, hold, allow, inserted);
  assert.deepEqual(told, [...asked, "hide", "note unchecked", "insert 1", ...ended]);
});

test("a second paste waits, a third is refused", () => {
  const { told } = run(paste, hold, { on: "attempt", id: 2 }, { on: "attempt", id: 3 }, { on: "finish", id: 1, do: "drop" }, { on: "verdict", id: 2, do: "allow" });
  assert.deepEqual(told, [...asked, "show 1", "forget 3", "note waiting", "hide", "forget 1", "arm 2", "ask 2", "hide", "insert 2"]);
});

test("a restarted relay is asked once more, a dead one is not waited for", () => {
  /** @type {AttemptEvent} */
  const lost = { on: "lost", fail: "open", nobody: false };
  assert.deepEqual(run(paste, lost, allow, inserted).told, [...asked, "ask 1", "hide", "insert 1", ...ended]);
  assert.deepEqual(run(paste, lost, lost, inserted).told, [...asked, "ask 1", "hide", "note unchecked", "insert 1", ...ended]);
  assert.deepEqual(run(paste, { ...lost, nobody: true, fail: "closed" }).told, [...asked, "hide", "forget 1", "note kept", "send done 1 gone"]);
});

test("a held paste stays the person's when the session dies", () => {
  /** @type {AttemptEvent} */
  const lost = { on: "lost", fail: "open", nobody: true };
  /** @type {(a: Answer) => AttemptEvent} */
  const answer = (a) => ({ on: "answer", id: 1, answer: a });
  assert.deepEqual(run(paste, hold, lost, answer("paste_anyway"), inserted).told, [...asked, "show 1", "show 1 alone", "hide", "insert 1", ...ended]);
  assert.deepEqual(run(paste, hold, lost, answer("dismiss")).told, [...asked, "show 1", "show 1 alone", "hide", "forget 1"]);
  const block = /** @type {AttemptEvent} */ ({ ...hold, card: blocked });
  assert.deepEqual(run(paste, block, lost, answer("paste_anyway")).told.includes("insert 1"), false);
  // Answered, and nobody finished it.
  assert.deepEqual(run(paste, hold, answer("safe_paste"), { on: "deadline", id: 1, fail: "open" }).told.slice(-4), ["hide", "forget 1", "note kept", "send done 1 gone"]);
});

test("the account is asked once, and a second verdict follows", () => {
  const ask = /** @type {AttemptEvent} */ ({ ...hold, ask_account: true });
  const { told } = run(paste, ask, { on: "account", id: 1, account: "work" }, { on: "account", id: 1, account: "personal" }, allow);
  assert.deepEqual(told, [...asked, "show 1", "send account 1 work", "show 1", "hide", "insert 1"]);
});

test("whatever happens, a paste ends at most once and nothing is asked twice at a time", () => {
  let seed = 1;
  const random = (/** @type {number} */ n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
  for (let round = 0; round < 3000; round++) {
    let s = noAttempts();
    let id = 0;
    /** @type {Map<number, number>} */
    const forgotten = new Map();
    for (let i = 0; i < 25; i++) {
      const some = Math.max(1, id - random(3));
      /** @type {AttemptEvent[]} */
      const events = [
        { on: "attempt", id: id + 1 }, { on: "verdict", id: some, do: "allow" }, { on: "verdict", id: some, do: "hold", card: random(2) ? card : blocked },
        { on: "finish", id: some, do: random(2) ? "drop" : "insert_original" }, { on: "deadline", id: some, fail: random(2) ? "open" : "closed" },
        { on: "answer", id: some, answer: "paste_anyway" }, { on: "lost", fail: "open", nobody: !!random(2) }, { on: "ended", id: some, outcome: "inserted" },
      ];
      const e = events[random(events.length)];
      if (e.on === "attempt") id++;
      const [next, effects] = stepAttempts(s, e);
      for (const f of effects) if (f.do === "forget") forgotten.set(f.id, (forgotten.get(f.id) ?? 0) + 1);
      s = next;
    }
    for (const n of forgotten.values()) assert.equal(n, 1);
    const open = (s.now ? 1 : 0) + (s.waiting ? 1 : 0);
    assert.equal(forgotten.size + open, id);
  }
});
