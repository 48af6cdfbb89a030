import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.js";

load("watch.js");

test("hosts and paths", () => {
  const watch = [
    { host: "chatgpt.com", sub: true, name: "ChatGPT" },
    { host: "bing.com", sub: true, path: "/chat", name: "Bing" },
    { host: "docs.google.com", name: "Docs" },
    { host: "docs.google.com", path: "/ai", name: "Docs AI" },
    { host: "*.notebooks.example.com", name: "Any" },
    { host: "*-aiplatform.example.com", name: "Region" },
  ];
  const rows = /** @type {[string, string, string | undefined][]} */ ([
    ["chatgpt.com", "/", "ChatGPT"],
    ["a.chatgpt.com", "/c/1", "ChatGPT"],
    ["notchatgpt.com", "/", undefined],
    ["chatgpt.com.evil.test", "/", undefined],
    ["www.bing.com", "/chat", "Bing"],
    ["www.bing.com", "/Chat/x", "Bing"],
    ["www.bing.com", "/chatter", undefined],
    ["www.bing.com", "/", undefined],
    ["docs.google.com", "/ai/x", "Docs AI"],
    ["docs.google.com", "/d", "Docs"],
    ["x.docs.google.com", "/d", undefined],
    ["n1.notebooks.example.com", "/", "Any"],
    ["a.n1.notebooks.example.com", "/", undefined],
    ["eu-aiplatform.example.com", "/", "Region"],
    ["aiplatform.example.com", "/", undefined],
    ["", "", undefined],
  ]);
  for (const [host, path, want] of rows) assert.equal(watched(watch, host, path)?.name, want, host + path);
});

test("a paste that nobody answers for is kept where a rule blocks, and only there", () => {
  /** @type {Watch[]} */
  const watch = [{ host: "chatgpt.com", sub: true, fail: "closed" }, { host: "claude.ai" }];
  const rows = /** @type {[string[], FailMode, FailMode][]} */ ([
    [["chatgpt.com", ""], "open", "closed"],
    [["a.chatgpt.com", ""], "open", "closed"],
    [["frame.test", "chatgpt.com"], "open", "closed"],
    [["chatgpt.com", "claude.ai"], "open", "closed"],
    [["claude.ai", ""], "open", "open"],
    [["claude.ai", ""], "closed", "closed"],
    [["", ""], "open", "open"],
  ]);
  for (const [hosts, otherwise, want] of rows) assert.equal(failModeOf(watch, hosts, otherwise), want, `${hosts} ${otherwise}`);
  assert.equal(failModeOf([], ["chatgpt.com"], "open"), "open");
});

test("until a session has spoken, only IT's sites are closed", () => {
  const watch = ["https://[*.]chat.example", "https://ai.example"].map(bootstrapWatch);
  for (const [host, want] of [["chat.example", "closed"], ["a.chat.example", "closed"], ["ai.example", "closed"], ["b.ai.example", "open"], ["mail.example", "open"]])
    assert.equal(failModeOf(watch, [host], "open"), want, host);
});

test("only the first segment of a path is told", () => {
  assert.equal(firstSegment("/c/6f1-secret"), "/c");
  assert.equal(firstSegment("/"), "/");
  assert.equal(firstSegment(""), "/");
});

test("an address without a host has no place", () => {
  assert.deepEqual(placeOf("https://a.test/x/y?q=1"), { host: "a.test", path: "/x/y" });
  for (const a of ["about:blank", "null", "", undefined, "about:srcdoc"]) assert.deepEqual(placeOf(a), { host: "", path: "" });
});
