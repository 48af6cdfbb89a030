import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const folder = new URL("../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));

test("the id is fixed", () => {
  const hex = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex").slice(0, 32);
  const id = hex.replace(/./g, (c) => String.fromCharCode(97 + parseInt(c, 16)));
  assert.equal(id, "kiofelpnplndiknmfegahejfnhhpnlmn");
  assert.equal(manifest.browser_specific_settings.gecko.id, "handrail@handrail.dev");
});

test("every script is loaded somewhere, and is there", () => {
  const page = readFileSync(new URL("selftest.html", folder), "utf8");
  const loaded = new Set([...manifest.content_scripts[0].js, ...manifest.background.scripts, ...[...page.matchAll(/src="([^"]+)"/g)].map((m) => m[1])]);
  for (const name of loaded) assert.ok(existsSync(new URL(name, folder)), name);
  for (const name of readdirSync(folder)) if (name.endsWith(".js")) assert.ok(loaded.has(name), name + " is loaded nowhere");
});

test("pages get nothing of the extension, and nothing is logged, or kept on disk but the sites that IT has set", () => {
  assert.equal(manifest.web_accessible_resources, undefined);
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".js")) continue;
    const source = readFileSync(new URL(name, folder), "utf8").replace(/storage\.local\.(get\("sites"\)|set\(\{ sites \}\))/g, "");
    assert.doesNotMatch(source, /console\.|storage\.(local|sync)|localStorage|indexedDB|innerHTML|\bfetch\(|XMLHttpRequest|eval\(/, name);
    if (name !== "background.js") assert.doesNotMatch(source, /^(export|import|const|let|class) /m, name + " may be injected twice");
  }
});
