// Whose account, on stand-in pages in a real browser's DOM: one headless
// Chromium parses all of them and runs accountOf on each. The pages are ours,
// written after what accounts.yaml says is publicly known: they show that the
// rules work, and nothing of what the live sites look like today.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const pages = join(folder, "testdata/accounts");
const tenants = ["kestrel.example", "Kestrel Freight"];
const gpt = "https://chatgpt.com/c/1";
const claude = "https://claude.ai/new";
const gemini = "https://gemini.google.com/u/1/app";
const m365 = "https://m365.cloud.microsoft/chat";

/** @type {[page: string, resolver: string, url: string, account: string, tenant: string][]} */
const cases = [
  ["chatgpt-workspace", "chatgpt", gpt, "work", "Kestrel Freight"],
  ["chatgpt-business", "chatgpt", gpt, "work", ""],
  ["chatgpt-personal", "chatgpt", gpt, "personal", ""],
  ["chatgpt-signed-out", "chatgpt", "https://chatgpt.com/", "none", ""],
  ["chatgpt-changed", "chatgpt", "https://chatgpt.com/auth/login", "none", ""],
  ["chatgpt-closed", "chatgpt", gpt, "unclear", ""],
  ["chatgpt-changed", "chatgpt", gpt, "unclear", ""],
  ["chatgpt-hostile", "chatgpt", gpt, "personal", ""],
  ["chatgpt-composer", "chatgpt", gpt, "personal", ""],
  ["chatgpt-conflict", "chatgpt", gpt, "unclear", ""],
  ["chatgpt-name", "chatgpt", gpt, "unclear", ""],
  ["claude-organisation", "claude", claude, "work", "Kestrel Freight"],
  ["claude-team", "claude", claude, "work", ""],
  ["claude-personal", "claude", claude, "personal", ""],
  ["claude-own-organisation", "claude", claude, "unclear", ""],
  ["claude-signed-out", "claude", "https://claude.ai/login?returnTo=%2Fnew", "none", ""],
  ["claude-changed", "claude", claude, "unclear", ""],
  ["claude-hostile", "claude", claude, "personal", ""],
  ["gemini-work", "gemini", gemini, "work", "kestrel.example"],
  ["gemini-work-german", "gemini", gemini, "work", "kestrel.example"],
  ["gemini-other-company", "gemini", gemini, "work", "other"],
  ["gemini-personal", "gemini", gemini, "personal", ""],
  ["gemini-signed-out", "gemini", gemini, "none", ""],
  ["gemini-changed", "gemini", gemini, "unclear", ""],
  ["gemini-hostile", "gemini", gemini, "personal", ""],
  ["gemini-conflict", "gemini", gemini, "unclear", ""],
  ["m365-menu-opened", "m365-copilot", m365 + "?auth=2", "work", "kestrel.example"],
  ["m365-menu-opened", "m365-copilot", m365, "work", "kestrel.example"],
  ["m365-menu-opened", "m365-copilot", m365 + "?auth=1", "unclear", ""],
  ["m365-menu-opened-personal", "m365-copilot", m365, "personal", ""],
  ["m365-plain", "m365-copilot", m365 + "?auth=2&home=1", "work", ""],
  ["m365-plain", "m365-copilot", m365 + "?auth=1", "personal", ""],
  ["m365-plain", "m365-copilot", m365 + "?auth=1&auth=2", "unclear", ""],
  ["m365-plain", "m365-copilot", m365, "unclear", ""],
  ["m365-hostile", "m365-copilot", m365, "unclear", ""],
  ["copilot", "copilot", "https://copilot.microsoft.com/", "personal", ""],
  ["copilot", "copilot", "https://www.bing.com/chat", "unclear", ""],
  ["gemini-work", "chatgpt", gpt, "unclear", ""],
  ["gemini-work", "no such resolver", gpt, "unclear", ""],
];

// Runs in the browser, after the two scripts of the extension.
const runner = `
  const parsed = ([html, resolver, url, tenants]) =>
    accountOf(resolver, new DOMParser().parseFromString(html, "text/html"), new URL(url), tenants);
  const clobbered = new DOMParser().parseFromString("<img name=querySelectorAll><form name=createTreeWalker></form>", "text/html");
  const many = new DOMParser().parseFromString("<a data-testid=login-button></a>".repeat(2000), "text/html");
  const angry = new Proxy({}, { get() { throw new Error("no"); } });
  const out = {
    cases: input.map(parsed),
    broken: [
      accountOf("chatgpt", null, new URL("${gpt}"), []),
      accountOf("chatgpt", document, null, []),
      accountOf("chatgpt", clobbered, new URL("${gpt}"), []),
      accountOf("chatgpt", angry, angry, angry),
      accountOf("chatgpt", many, new URL("${gpt}"), []),
      accountOf(),
    ],
  };
  document.body.textContent = "RESULT" + btoa(JSON.stringify(out)) + "END";
`;

/**
 * @param {any[]} input
 * @returns {{cases: any[], broken: any[]} | null} null without Chromium
 */
function inChromium(input) {
  const temp = mkdtempSync(join(tmpdir(), "accounts-"));
  try {
    const json = JSON.stringify(input).replaceAll("<", "\\u003c");
    const script = (/** @type {string} */ s) => "<script>" + s + "</script>";
    writeFileSync(join(temp, "page.html"), "<!doctype html><meta charset=utf-8><body>" +
      script(readFileSync(join(folder, "accounts-data.js"), "utf8")) +
      script(readFileSync(join(folder, "accounts.js"), "utf8")) +
      script("const input = " + json + ";" + runner));
    const args = ["--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--user-data-dir=" + join(temp, "profile"), "--dump-dom", pathToFileURL(join(temp, "page.html")).href];
    if (process.getuid?.() === 0) args.unshift("--no-sandbox");
    const dom = execFileSync("chromium", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 120_000 });
    return JSON.parse(atob(/RESULT(.*)END/.exec(dom)?.[1] ?? ""));
  } catch (e) {
    if (/** @type {any} */ (e).code === "ENOENT" && !process.env.CI) return null;
    throw e;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

test("whose account is in use", (t) => {
  const html = (/** @type {string} */ page) => readFileSync(join(pages, page + ".html"), "utf8");
  const input = cases.map(([page, resolver, url]) => [html(page), resolver, url, tenants]);
  const unnamed = cases.map(([page, resolver, url]) => [html(page), resolver, url]);
  const out = inChromium([...input, ...unnamed]);
  if (!out) return t.skip("no chromium: install it to check the account resolvers");

  cases.forEach(([page, resolver, url, account, tenant], i) => {
    assert.deepEqual(out.cases[i], { account, tenant }, `${page} by ${resolver} at ${url}`);
  });
  // Where the policy names nobody, nobody's name comes out.
  for (const got of out.cases.slice(cases.length)) assert.equal(got.tenant, "");
  for (const got of out.broken) assert.deepEqual(got, { account: "unclear", tenant: "" });
});

test("every stand-in page is used", () => {
  const used = new Set(cases.map(([page]) => page + ".html"));
  assert.deepEqual(readdirSync(pages).filter((f) => !used.has(f)), []);
});
