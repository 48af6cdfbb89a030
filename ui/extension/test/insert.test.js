import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.js";

load("insert.js");

test("what arrived", () => {
  const rows = [
    ["", "", "hello\nworld", "hello\nworld", "all"],
    ["ab", "", "a hello b", "hello", "all"],
    ["", "", "hello\u00a0world", "hello world", "all"],
    ["same", "same", "same", "same", "all"],
    ["hello ", "", "hello hello ", "hello", "all"],
    ["hello", "", "hello", "hello", "none"],
    ["", "", "", "hello", "none"],
    ["", "", "• one\n• two", "- one\n- two", "all"],
    ["", "", "first", "first line and much more than that", "part"],
    ["old text", "old text", "", "hello", "part"],
  ];
  for (const [before, selected, after, text, want] of rows) assert.equal(arrived(before, selected, after, text), want, JSON.stringify([before, selected, after, text]));
});
